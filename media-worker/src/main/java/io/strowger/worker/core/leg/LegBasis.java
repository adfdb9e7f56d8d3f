package io.strowger.worker.core.leg;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.worker.core.sip.Directory;

/// What any leg needs, whoever called whom.
///
/// @param rtpPort local port of its RTP; 0: no media yet
/// @param directory whom a transfer may go to, beside numbers
/// @param srtp whether its media is protected, and with which keys of ours
public record LegBasis(
        ServerCallId call,
        LegId leg,
        int rtpPort,
        LocalParty local,
        LegTimings timings,
        Directory directory,
        LocalSrtp srtp) {
    /// One in plain RTP.
    public LegBasis(
            ServerCallId call,
            LegId leg,
            int rtpPort,
            LocalParty local,
            LegTimings timings,
            Directory directory) {
        this(call, leg, rtpPort, local, timings, directory, LocalSrtp.OFF);
    }

    LegBasis withPort(int port) {
        return new LegBasis(call, leg, port, local, timings, directory, srtp);
    }

    /// The same with its media protected so.
    public LegBasis withSrtp(LocalSrtp wanted) {
        return new LegBasis(call, leg, rtpPort, local, timings, directory, wanted);
    }
}

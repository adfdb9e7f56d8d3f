package io.strowger.worker.core.leg;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.worker.core.sip.Directory;

/// What an outgoing leg is for, and what this worker lends to it.
///
/// @param dial a caller who is a user stands in it by the name of their SIP address
/// @param rtpPort local port of its RTP
/// @param directory whom a transfer may go to, beside numbers
/// @param srtp as the trunk has it that is tried now
public record LegPlan(
        ServerCallId call,
        MediaCommand.Dial dial,
        int rtpPort,
        LocalParty local,
        LegTimings timings,
        Directory directory,
        LocalSrtp srtp) {
    /// One without a trunk yet.
    public LegPlan(
            ServerCallId call,
            MediaCommand.Dial dial,
            int rtpPort,
            LocalParty local,
            LegTimings timings,
            Directory directory) {
        this(call, dial, rtpPort, local, timings, directory, LocalSrtp.OFF);
    }

    /// One whose peer transfers to numbers only.
    public LegPlan(
            ServerCallId call,
            MediaCommand.Dial dial,
            int rtpPort,
            LocalParty local,
            LegTimings timings) {
        this(call, dial, rtpPort, local, timings, Directory.EMPTY);
    }

    /// What is left of the plan once the target has answered.
    LegBasis basis() {
        return new LegBasis(call, dial.leg(), rtpPort, local, timings, directory, srtp);
    }

    LegPlan withSrtp(LocalSrtp wanted) {
        return new LegPlan(call, dial, rtpPort, local, timings, directory, wanted);
    }
}

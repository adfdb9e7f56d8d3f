package io.strowger.worker.core.leg;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.worker.core.sip.Directory;

/// What any leg needs, whoever called whom.
///
/// @param rtpPort local port of its RTP; 0: no media yet
/// @param directory whom a transfer may go to, beside numbers
public record LegBasis(
        ServerCallId call,
        LegId leg,
        int rtpPort,
        LocalParty local,
        LegTimings timings,
        Directory directory) {
    LegBasis withPort(int port) {
        return new LegBasis(call, leg, port, local, timings, directory);
    }
}

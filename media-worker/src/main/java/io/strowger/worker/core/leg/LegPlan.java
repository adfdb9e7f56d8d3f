package io.strowger.worker.core.leg;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;

/// What a leg is for, and what this worker lends to it.
///
/// @param dial a caller who is a user stands in it by the name of their SIP address
/// @param rtpPort local port of its RTP
public record LegPlan(
        ServerCallId call,
        MediaCommand.Dial dial,
        int rtpPort,
        LocalParty local,
        LegTimings timings) {}

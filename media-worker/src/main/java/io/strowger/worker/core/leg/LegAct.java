package io.strowger.worker.core.leg;

import io.strowger.contracts.api.Identifier;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import java.time.Duration;
import java.util.Set;

/// What a leg wants done, in the order given, before its facts are reported.
public sealed interface LegAct {
    /// Take a channel of a trunk; answered by [LegInput.TrunkGranted] or [LegInput.TrunkRefused].
    ///
    /// @param tried names of trunks that are not to be taken again
    record SeekTrunk(Identifier target, Set<String> tried) implements LegAct {
        public SeekTrunk {
            tried = Set.copyOf(tried);
        }
    }

    /// Give the channel back.
    record ReleaseTrunk(String trunk) implements LegAct {}

    /// Send in a new client transaction.
    record Send(SipRequest request) implements LegAct {}

    /// Send outside transactions: the ACK of a 2xx.
    record SendAck(SipRequest ack) implements LegAct {}

    /// CANCEL the INVITE with this Call-ID (RFC 3261 9.1).
    record Cancel(String sipCallId) implements LegAct {}

    /// Answer a request of the peer.
    record Reply(SipReply reply) implements LegAct {}

    /// Send the 2xx of this exchange once more: it was not acknowledged.
    record ReplyAgain(long exchange) implements LegAct {}

    /// Open a port for the leg's media; answered by [LegInput.Media].
    record OpenMedia(ToneReports reports) implements LegAct {}

    /// Start the leg's media, or change it.
    record Connect(NegotiatedAudio audio) implements LegAct {}

    /// Close the leg's media.
    record CloseMedia() implements LegAct {}

    /// Start a timer, or start it anew.
    record Schedule(LegTimer timer, Duration after) implements LegAct {}

    /// Stop a timer, if it runs.
    record Unschedule(LegTimer timer) implements LegAct {}

    /// Drop the leg's state: nothing more will come that needs it.
    record Forget() implements LegAct {}
}

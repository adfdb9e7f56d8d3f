package io.strowger.worker.core.leg;

import io.strowger.worker.core.leg.LegState.Adopting;
import io.strowger.worker.core.leg.LegState.Answering;
import io.strowger.worker.core.leg.LegState.Calling;
import io.strowger.worker.core.leg.LegState.Idle;
import io.strowger.worker.core.leg.LegState.Offered;
import io.strowger.worker.core.leg.LegState.Over;
import io.strowger.worker.core.leg.LegState.Released;
import io.strowger.worker.core.leg.LegState.Seeking;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.Dialogs;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;

/// Messages that belong to no dialog the leg wants: answers of forks and of trunks that were given
/// up, answers that crossed our CANCEL, requests in dialogs that are gone.
final class Strays {
    private Strays() {}

    static LegDecision heard(LegState state, Trail trail, SipSignal signal) {
        return switch (signal) {
            case SipSignal.ResponseArrived(var response) when response.method().equals("INVITE") ->
                    answer(state, trail, response);
            case SipSignal.RequestArrived(var request) -> request(state, request);
            case SipSignal.InviteRepeated(var invite) -> merged(state, invite);
            case SipSignal.ResponseArrived _, SipSignal.RequestFailed _ -> LegDecision.to(state);
        };
    }

    /// A 2xx makes a dialog whether we want it or not: it is acknowledged each time and ended once
    /// (RFC 3261 13.2.2.4). A provisional one means that there is something to cancel (9.1).
    static LegDecision answer(LegState state, Trail trail, IncomingResponse response) {
        if (response.isProvisional()) {
            return trail.settled().contains(response.sipCallId())
                    ? LegDecision.to(state)
                    : LegDecision.to(
                            withTrail(state, trail.withSettled(response.sipCallId())),
                            new LegAct.Cancel(response.sipCallId()));
        }
        if (!response.isSuccess()) {
            return LegDecision.to(state);
        }
        LegAct ack = new LegAct.SendAck(Dialogs.ack(response, trail.authorization(), null));
        return trail.knows(response)
                ? LegDecision.to(state, ack)
                : LegDecision.to(
                        withTrail(state, trail.withEnded(Trail.dialogKey(response))),
                        ack,
                        new LegAct.Send(Dialogs.byeFor(response, trail.authorization())));
    }

    static LegDecision request(LegState state, IncomingRequest request) {
        return switch (request.method()) {
            case "ACK" -> LegDecision.to(state);
            // What it wants to cancel was answered already (RFC 3261 9.2).
            case "CANCEL" -> reply(state, request.exchange(), 200, "OK");
            case String _ -> unknown(state, request);
        };
    }

    static LegDecision unknown(LegState state, IncomingRequest request) {
        return request.method().equals("ACK")
                ? LegDecision.to(state)
                : reply(state, request.exchange(), 481, "Call/Transaction Does Not Exist");
    }

    /// The same call came over two ways (RFC 3261 8.2.2.2).
    static LegDecision merged(LegState state, IncomingInvite invite) {
        return reply(state, invite.request().exchange(), 482, "Loop Detected");
    }

    private static LegDecision reply(LegState state, long exchange, int status, String reason) {
        return LegDecision.to(state, new LegAct.Reply(SipReply.of(exchange, status, reason)));
    }

    private static LegState withTrail(LegState state, Trail trail) {
        return switch (state) {
            case Idle idle -> idle;
            case Offered offered -> offered;
            case Seeking(var plan, var tried, var failure, _) ->
                    new Seeking(plan, tried, failure, trail);
            case Calling calling -> calling.with(trail);
            case Talking talking -> talking.with(trail);
            case Answering answering -> answering.with(answering.talking().with(trail));
            case Adopting adopting -> adopting.with(adopting.talking().with(trail));
            case Released(var basis, _) -> new Released(basis, trail);
            case Over(var basis, var signing, var bye, _) -> new Over(basis, signing, bye, trail);
        };
    }
}

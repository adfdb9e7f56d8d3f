package io.strowger.phone;

import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.OfferAnswer.Agreed;
import io.strowger.phone.PhoneCall.State;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls that come in, from the INVITE on (RFC 3261 13.3), and re-INVITEs of either direction. Runs
/// on the transport's thread.
final class IncomingCalls {
    private final UserAgent agent;
    private final PhoneCall.Actions actions;

    IncomingCalls(UserAgent agent, PhoneCall.Actions actions) {
        this.agent = agent;
        this.actions = actions;
    }

    void incoming(SipMessage invite, InetSocketAddress from) {
        if (agent.isFull()) {
            agent.send(agent.respond(invite, 486, "Busy Here", null, ""), from);
            return;
        }
        Dialog dialog = new Dialog(invite.required("Call-ID"), agent.token(), true);
        dialog.invite = invite;
        dialog.peer = from;
        dialog.local = invite.required("To");
        dialog.remote = invite.required("From").replaceAll(";tag=[^;]*", "");
        dialog.remoteTag = invite.tag("From");
        dialog.remoteTarget =
                SipMessage.uri(invite.header("Contact").orElse(invite.required("From")));
        dialog.routes = invite.all("Record-Route");
        PhoneCall call = new PhoneCall(actions, dialog, State.RINGING);
        agent.remember(call);
        agent.listener.incoming(call);
        if (agent.settings.rejectStatus() != 0) {
            reject(call, agent.settings.rejectStatus());
            return;
        }
        agent.send(agent.respond(invite, 180, "Ringing", dialog, ""), from);
        Duration answerAfter = agent.settings.answerAfter();
        if (answerAfter != null) {
            if (answerAfter.isZero()) {
                answer(call);
            } else {
                agent.transport.after(answerAfter, () -> answer(call));
            }
        }
    }

    void answer(PhoneCall call) {
        SipMessage invite = call.dialog.invite;
        InetSocketAddress peer = call.dialog.peer;
        if (call.state() != State.RINGING || invite == null || peer == null) {
            return;
        }
        MediaStream stream = agent.open(call);
        LocalAudio local = agent.local(call, stream);
        if (invite.body().isEmpty()) {
            reject(call, 488);
        } else if (OfferAnswer.answer(local, invite.body())
                instanceof Agreed(String sdp, var audio)) {
            call.dialog.localSdp = sdp;
            byte[] ok = agent.respond(invite, 200, "OK", call.dialog, sdp).toBytes();
            call.dialog.finalResponse = ok;
            stream.connect(audio);
            agent.transport.repeatUntil(
                    ok, peer, () -> call.dialog.acknowledged || call.state() == State.ENDED);
            agent.answered(call);
        } else {
            reject(call, 488);
        }
    }

    void reject(PhoneCall call, int status) {
        SipMessage invite = call.dialog.invite;
        InetSocketAddress peer = call.dialog.peer;
        if (call.state() == State.RINGING && invite != null && peer != null) {
            byte[] no = agent.respond(invite, status, reason(status), call.dialog, "").toBytes();
            call.dialog.finalResponse = no;
            agent.transport.repeatUntil(no, peer, () -> call.dialog.acknowledged);
            agent.ended(call, status, "rejected here with " + status);
        }
    }

    /// An INVITE in a known dialog: the first one repeated, or a re-INVITE.
    void again(PhoneCall call, SipMessage invite, InetSocketAddress from) {
        SipMessage first = call.dialog.invite;
        boolean repeated =
                first != null && call.dialog.incoming && first.cseqNumber() == invite.cseqNumber();
        byte[] last = call.dialog.finalResponse;
        if (repeated) {
            agent.transport.send(
                    last != null
                            ? last
                            : agent.respond(invite, 180, "Ringing", call.dialog, "").toBytes(),
                    from);
            return;
        }
        MediaStream stream = call.media();
        if (call.state() != State.ANSWERED || stream == null) {
            agent.send(agent.respond(invite, 481, "No Such Call", null, ""), from);
            return;
        }
        call.dialog.sdpVersion++;
        LocalAudio local = agent.local(call, stream);
        call.dialog.remoteTarget =
                SipMessage.uri(invite.header("Contact").orElse(call.dialog.remoteTarget));
        if (!invite.body().isEmpty()
                && OfferAnswer.answer(local, invite.body())
                        instanceof Agreed(String sdp, var audio)) {
            stream.connect(audio);
            call.dialog.acknowledged = false;
            agent.transport.repeatUntil(
                    agent.respond(invite, 200, "OK", call.dialog, sdp).toBytes(),
                    from,
                    () -> call.dialog.acknowledged);
        } else {
            agent.send(agent.respond(invite, 488, "Not Acceptable Here", call.dialog, ""), from);
        }
    }

    void cancelled(@Nullable PhoneCall call, SipMessage cancel, InetSocketAddress from) {
        agent.send(
                agent.respond(
                        cancel,
                        call == null ? 481 : 200,
                        call == null ? "No Such Call" : "OK",
                        null,
                        ""),
                from);
        SipMessage invite = call == null ? null : call.dialog.invite;
        if (call != null && invite != null && call.state() == State.RINGING) {
            byte[] terminated =
                    agent.respond(invite, 487, "Request Terminated", call.dialog, "").toBytes();
            call.dialog.finalResponse = terminated;
            agent.transport.repeatUntil(terminated, from, () -> call.dialog.acknowledged);
            agent.ended(call, 487, "cancelled by the far end");
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 480 -> "Temporarily Unavailable";
            case 486 -> "Busy Here";
            case 487 -> "Request Terminated";
            case 488 -> "Not Acceptable Here";
            case 603 -> "Decline";
            default -> "Rejected";
        };
    }
}

package io.strowger.phone;

import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.OfferAnswer.Agreed;
import io.strowger.phone.PhoneCall.State;
import java.util.ArrayList;
import java.util.List;

/// Calls that the phone places (RFC 3261 13.2), and its own re-INVITEs. Runs on the transport's
/// thread, except where said.
final class OutgoingCalls {
    private final UserAgent agent;
    private final PhoneCall.Actions actions;

    OutgoingCalls(UserAgent agent, PhoneCall.Actions actions) {
        this.agent = agent;
        this.actions = actions;
    }

    /// Places a call. Any thread.
    PhoneCall call(String uri) {
        Dialog dialog = new Dialog(agent.token() + "@strowger-phone", agent.token(), false);
        dialog.local = "<" + agent.localUri() + ">";
        dialog.remote = "<" + uri + ">";
        dialog.remoteTarget = uri;
        PhoneCall call = new PhoneCall(actions, dialog, State.CALLING);
        agent.transport.submit(() -> invite(call, uri));
        return call;
    }

    void hold(PhoneCall call, boolean on) {
        MediaStream stream = call.media();
        if (call.state() != State.ANSWERED || stream == null) {
            return;
        }
        call.dialog.sdpVersion++;
        Direction wanted = on ? Direction.SENDONLY : Direction.SENDRECV;
        String offer = OfferAnswer.offer(agent.local(call, stream).withDirection(wanted));
        agent.inDialog(
                call,
                "INVITE",
                offer,
                response -> {
                    if (response.status() >= 200 && response.status() < 300) {
                        agent.acknowledge(call, response.cseqNumber());
                        if (OfferAnswer.read(offer, response.body())
                                instanceof Agreed(String sdp, var audio)) {
                            call.dialog.localSdp = sdp;
                            stream.connect(audio);
                        }
                    } else if (response.status() >= 300) {
                        agent.acknowledge(call, response.cseqNumber());
                    }
                });
    }

    void cancel(PhoneCall call) {
        call.dialog.cancelled = true;
        SipMessage invite = call.dialog.invite;
        if (call.state() == State.RINGING && invite != null) {
            sendCancel(call.dialog, invite);
        }
    }

    private void invite(PhoneCall call, String uri) {
        agent.remember(call);
        MediaStream stream = agent.open(call);
        call.dialog.localSdp = OfferAnswer.offer(agent.local(call, stream));
        call.dialog.peer = UserAgent.peer(uri);
        sendInvite(call, List.of(), true);
    }

    private void sendInvite(
            PhoneCall call, List<SipMessage.Header> credentials, boolean mayAuthenticate) {
        Dialog dialog = call.dialog;
        List<SipMessage.Header> headers = new ArrayList<>(credentials);
        headers.add(new SipMessage.Header("Contact", agent.contact()));
        headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        SipMessage invite =
                dialog.request(
                        "INVITE",
                        dialog.localCseq,
                        agent.transport.via(),
                        headers,
                        dialog.localSdp);
        dialog.invite = invite;
        agent.transport.request(
                invite,
                UserAgent.requirePeer(dialog),
                response -> inviteAnswered(call, invite, response, mayAuthenticate));
    }

    private void inviteAnswered(
            PhoneCall call, SipMessage invite, SipMessage response, boolean mayAuthenticate) {
        Dialog dialog = call.dialog;
        int status = response.status();
        if (status < 200) {
            if (status > 100 && call.state() == State.CALLING) {
                call.state(State.RINGING);
                agent.listener.ringing(call);
            }
            if (dialog.cancelled) {
                sendCancel(dialog, invite);
            }
            return;
        }
        if (status >= 300) {
            acknowledgeRefusal(dialog, invite, response);
            var challenge =
                    Digest.best(
                            response.all(
                                    status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"));
            PhoneSettings.Account account = agent.settings.account();
            if ((status == 401 || status == 407)
                    && mayAuthenticate
                    && challenge.isPresent()
                    && account != null) {
                dialog.localCseq++;
                String answer =
                        Digest.answer(
                                challenge.get(),
                                "INVITE",
                                dialog.remoteTarget,
                                account,
                                agent.token());
                sendInvite(
                        call,
                        List.of(
                                new SipMessage.Header(
                                        status == 401 ? "Authorization" : "Proxy-Authorization",
                                        answer)),
                        false);
            } else {
                agent.ended(call, status, "refused: " + status);
            }
            return;
        }
        established(call, response);
    }

    private void established(PhoneCall call, SipMessage response) {
        Dialog dialog = call.dialog;
        dialog.remoteTag = response.tag("To");
        response.header("Contact")
                .ifPresent(contact -> dialog.remoteTarget = SipMessage.uri(contact));
        dialog.routes = response.all("Record-Route").reversed();
        agent.acknowledge(call, response.cseqNumber());
        if (call.state() == State.ANSWERED) {
            return; // a repeated 200: the ACK above is all it wants
        }
        MediaStream stream = call.media();
        boolean agreed = false;
        if (stream != null
                && OfferAnswer.read(dialog.localSdp, response.body())
                        instanceof Agreed(String _, var audio)) {
            stream.connect(audio);
            agreed = true;
        }
        if (dialog.cancelled || !agreed) {
            agent.inDialog(call, "BYE", "", bye -> {});
            agent.ended(call, 487, dialog.cancelled ? "cancelled here" : "no audio in common");
        } else {
            agent.answered(call);
        }
    }

    private void sendCancel(Dialog dialog, SipMessage invite) {
        List<SipMessage.Header> headers =
                List.of(
                        new SipMessage.Header("Via", invite.required("Via")),
                        new SipMessage.Header("Max-Forwards", "70"),
                        new SipMessage.Header("From", invite.required("From")),
                        new SipMessage.Header("To", invite.required("To")),
                        new SipMessage.Header("Call-ID", dialog.callId),
                        new SipMessage.Header("CSeq", invite.cseqNumber() + " CANCEL"));
        String target = invite.startLine().split(" ")[1];
        agent.transport.request(
                new SipMessage("CANCEL " + target + " SIP/2.0", headers, ""),
                UserAgent.requirePeer(dialog),
                response -> {});
    }

    private void acknowledgeRefusal(Dialog dialog, SipMessage invite, SipMessage response) {
        List<SipMessage.Header> headers =
                List.of(
                        new SipMessage.Header("Via", invite.required("Via")),
                        new SipMessage.Header("Max-Forwards", "70"),
                        new SipMessage.Header("From", invite.required("From")),
                        new SipMessage.Header("To", response.required("To")),
                        new SipMessage.Header("Call-ID", dialog.callId),
                        new SipMessage.Header("CSeq", invite.cseqNumber() + " ACK"));
        String target = invite.startLine().split(" ")[1];
        agent.transport.send(
                new SipMessage("ACK " + target + " SIP/2.0", headers, "").toBytes(),
                UserAgent.requirePeer(dialog));
    }
}

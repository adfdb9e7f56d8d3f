package io.strowger.phone;

import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.media.sdp.OfferAnswer.Agreed;
import io.strowger.phone.PhoneCall.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The user agent: what a phone does about each message. Runs on the transport's thread, except
/// where said.
final class SignallingLoop {
    private final PhoneSettings settings;
    private final PhoneListener listener;
    private final MediaLoop media;
    private final SipTransport transport;
    private final Map<String, PhoneCall> byCallId = new HashMap<>();
    private final List<PhoneCall> calls = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private long live;

    SignallingLoop(PhoneSettings settings, PhoneListener listener, MediaLoop media)
            throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.media = media;
        this.transport = new SipTransport(settings.host(), settings.port(), this::request);
    }

    void start() {
        transport.start();
        PhoneSettings.Account account = settings.account();
        if (account != null) {
            Registration registration =
                    new Registration(
                            transport, account, localUri(), contact(), listener, this::token);
            transport.submit(registration::register);
        }
    }

    String address() {
        return transport.address();
    }

    String localUri() {
        PhoneSettings.Account account = settings.account();
        return "sip:"
                + settings.user()
                + "@"
                + (account == null ? transport.address() : account.registrar());
    }

    void submit(Runnable task) {
        transport.submit(task);
    }

    /// Any thread.
    List<PhoneCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /// Any thread.
    PhoneCall awaitCall(Predicate<PhoneCall> condition, Duration deadline)
            throws InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        synchronized (calls) {
            while (true) {
                for (PhoneCall call : calls) {
                    if (condition.test(call)) {
                        return call;
                    }
                }
                if (System.nanoTime() - end >= 0) {
                    throw new IllegalStateException(
                            "no such call in "
                                    + deadline
                                    + "; calls so far: "
                                    + calls.stream().map(PhoneCall::state).toList());
                }
                calls.wait(20);
            }
        }
    }

    /// Any thread.
    PhoneCall call(String uri) {
        Dialog dialog = new Dialog(token() + "@strowger-phone", token(), false);
        dialog.local = "<" + localUri() + ">";
        dialog.remote = "<" + uri + ">";
        dialog.remoteTarget = uri;
        PhoneCall call = new PhoneCall(this, dialog, State.CALLING);
        transport.submit(() -> invite(call, uri));
        return call;
    }

    void answer(PhoneCall call) {
        SipMessage invite = call.dialog.invite;
        InetSocketAddress peer = call.dialog.peer;
        if (call.state() != State.RINGING || invite == null || peer == null) {
            return;
        }
        MediaStream stream = open(call);
        LocalAudio local = local(call, stream);
        if (invite.body().isEmpty()) {
            reject(call, 488);
        } else if (OfferAnswer.answer(local, invite.body())
                instanceof Agreed(String sdp, var audio)) {
            call.dialog.localSdp = sdp;
            byte[] ok = respond(invite, 200, "OK", call.dialog, sdp).toBytes();
            call.dialog.finalResponse = ok;
            stream.connect(audio);
            transport.repeatUntil(
                    ok, peer, () -> call.dialog.acknowledged || call.state() == State.ENDED);
            answered(call);
        } else {
            reject(call, 488);
        }
    }

    void reject(PhoneCall call, int status) {
        SipMessage invite = call.dialog.invite;
        InetSocketAddress peer = call.dialog.peer;
        if (call.state() == State.RINGING && invite != null && peer != null) {
            byte[] no = respond(invite, status, reason(status), call.dialog, "").toBytes();
            call.dialog.finalResponse = no;
            transport.repeatUntil(no, peer, () -> call.dialog.acknowledged);
            ended(call, status, "rejected here with " + status);
        }
    }

    void hangUp(PhoneCall call) {
        switch (call.state()) {
            case ANSWERED -> {
                inDialog(call, "BYE", "", response -> {});
                ended(call, 200, "hung up here");
            }
            case RINGING, CALLING -> {
                if (call.dialog.incoming) {
                    reject(call, 603);
                } else {
                    cancel(call);
                }
            }
            case ENDED -> {
                // Nothing is left to hang up.
            }
        }
    }

    void hold(PhoneCall call, boolean on) {
        MediaStream stream = call.media();
        if (call.state() != State.ANSWERED || stream == null) {
            return;
        }
        call.dialog.sdpVersion++;
        Direction wanted = on ? Direction.SENDONLY : Direction.SENDRECV;
        String offer = OfferAnswer.offer(local(call, stream).withDirection(wanted));
        inDialog(
                call,
                "INVITE",
                offer,
                response -> {
                    if (response.status() >= 200 && response.status() < 300) {
                        acknowledge(call, response.cseqNumber());
                        if (OfferAnswer.read(offer, response.body())
                                instanceof Agreed(String sdp, var audio)) {
                            call.dialog.localSdp = sdp;
                            stream.connect(audio);
                        }
                    } else if (response.status() >= 300) {
                        acknowledge(call, response.cseqNumber());
                    }
                });
    }

    private void invite(PhoneCall call, String uri) {
        remember(call);
        MediaStream stream = open(call);
        call.dialog.localSdp = OfferAnswer.offer(local(call, stream));
        call.dialog.peer = peer(uri);
        sendInvite(call, List.of(), true);
    }

    private void sendInvite(
            PhoneCall call, List<SipMessage.Header> credentials, boolean mayAuthenticate) {
        Dialog dialog = call.dialog;
        List<SipMessage.Header> headers = new ArrayList<>(credentials);
        headers.add(new SipMessage.Header("Contact", contact()));
        headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        SipMessage invite =
                dialog.request(
                        "INVITE", dialog.localCseq, transport.via(), headers, dialog.localSdp);
        dialog.invite = invite;
        transport.request(
                invite,
                requirePeer(dialog),
                response -> inviteAnswered(call, invite, response, mayAuthenticate));
    }

    private void inviteAnswered(
            PhoneCall call, SipMessage invite, SipMessage response, boolean mayAuthenticate) {
        Dialog dialog = call.dialog;
        int status = response.status();
        if (status < 200) {
            if (status > 100 && call.state() == State.CALLING) {
                call.state(State.RINGING);
                listener.ringing(call);
            }
            if (dialog.cancelled) {
                sendCancel(dialog, invite);
            }
            return;
        }
        if (status >= 300) {
            acknowledgeRefusal(dialog, invite, response);
            var challenge =
                    response.header(status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate");
            PhoneSettings.Account account = settings.account();
            if ((status == 401 || status == 407)
                    && mayAuthenticate
                    && challenge.isPresent()
                    && account != null) {
                dialog.localCseq++;
                String answer =
                        Digest.answer(
                                challenge.get(), "INVITE", dialog.remoteTarget, account, token());
                sendInvite(
                        call,
                        List.of(
                                new SipMessage.Header(
                                        status == 401 ? "Authorization" : "Proxy-Authorization",
                                        answer)),
                        false);
            } else {
                ended(call, status, "refused: " + status);
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
        acknowledge(call, response.cseqNumber());
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
            inDialog(call, "BYE", "", bye -> {});
            ended(call, 487, dialog.cancelled ? "cancelled here" : "no audio in common");
        } else {
            answered(call);
        }
    }

    private void cancel(PhoneCall call) {
        call.dialog.cancelled = true;
        SipMessage invite = call.dialog.invite;
        if (call.state() == State.RINGING && invite != null) {
            sendCancel(call.dialog, invite);
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
        transport.request(
                new SipMessage("CANCEL " + target + " SIP/2.0", headers, ""),
                requirePeer(dialog),
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
        transport.send(
                new SipMessage("ACK " + target + " SIP/2.0", headers, "").toBytes(),
                requirePeer(dialog));
    }

    private void acknowledge(PhoneCall call, long cseq) {
        SipMessage ack = call.dialog.request("ACK", cseq, transport.via(), List.of(), "");
        transport.send(ack.toBytes(), requirePeer(call.dialog));
    }

    private void inDialog(
            PhoneCall call,
            String method,
            String sdp,
            java.util.function.Consumer<SipMessage> responses) {
        Dialog dialog = call.dialog;
        dialog.localCseq++;
        List<SipMessage.Header> headers = new ArrayList<>();
        headers.add(new SipMessage.Header("Contact", contact()));
        if (!sdp.isEmpty()) {
            headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        }
        transport.request(
                dialog.request(method, dialog.localCseq, transport.via(), headers, sdp),
                requirePeer(dialog),
                responses);
    }

    private void request(SipMessage request, InetSocketAddress from) {
        PhoneCall call = byCallId.get(request.required("Call-ID"));
        switch (request.method()) {
            case "INVITE" -> {
                if (call == null) {
                    incoming(request, from);
                } else {
                    again(call, request, from);
                }
            }
            case "ACK" -> {
                if (call != null) {
                    call.dialog.acknowledged = true;
                }
            }
            case "BYE" -> {
                send(
                        respond(
                                request,
                                call == null ? 481 : 200,
                                call == null ? "No Such Call" : "OK",
                                null,
                                ""),
                        from);
                if (call != null) {
                    ended(call, 200, "hung up by the far end");
                }
            }
            case "CANCEL" -> cancelled(call, request, from);
            case "OPTIONS" -> send(respond(request, 200, "OK", null, ""), from);
            case "INFO", "UPDATE", "MESSAGE", "NOTIFY" ->
                    send(respond(request, call == null ? 481 : 200, "OK", null, ""), from);
            default -> send(respond(request, 405, "Method Not Allowed", null, ""), from);
        }
    }

    private void cancelled(
            @org.jspecify.annotations.Nullable PhoneCall call,
            SipMessage cancel,
            InetSocketAddress from) {
        send(
                respond(
                        cancel,
                        call == null ? 481 : 200,
                        call == null ? "No Such Call" : "OK",
                        null,
                        ""),
                from);
        SipMessage invite = call == null ? null : call.dialog.invite;
        if (call != null && invite != null && call.state() == State.RINGING) {
            byte[] terminated =
                    respond(invite, 487, "Request Terminated", call.dialog, "").toBytes();
            call.dialog.finalResponse = terminated;
            transport.repeatUntil(terminated, from, () -> call.dialog.acknowledged);
            ended(call, 487, "cancelled by the far end");
        }
    }

    private void incoming(SipMessage invite, InetSocketAddress from) {
        if (live >= settings.maxCalls()) {
            send(respond(invite, 486, "Busy Here", null, ""), from);
            return;
        }
        Dialog dialog = new Dialog(invite.required("Call-ID"), token(), true);
        dialog.invite = invite;
        dialog.peer = from;
        dialog.local = invite.required("To");
        dialog.remote = invite.required("From").replaceAll(";tag=[^;]*", "");
        dialog.remoteTag = invite.tag("From");
        dialog.remoteTarget =
                SipMessage.uri(invite.header("Contact").orElse(invite.required("From")));
        dialog.routes = invite.all("Record-Route");
        PhoneCall call = new PhoneCall(this, dialog, State.RINGING);
        remember(call);
        listener.incoming(call);
        if (settings.rejectStatus() != 0) {
            reject(call, settings.rejectStatus());
            return;
        }
        send(respond(invite, 180, "Ringing", dialog, ""), from);
        Duration answerAfter = settings.answerAfter();
        if (answerAfter != null) {
            if (answerAfter.isZero()) {
                answer(call);
            } else {
                transport.after(answerAfter, () -> answer(call));
            }
        }
    }

    /// An INVITE in a known dialog: the first one repeated, or a re-INVITE.
    private void again(PhoneCall call, SipMessage invite, InetSocketAddress from) {
        SipMessage first = call.dialog.invite;
        boolean repeated =
                first != null && call.dialog.incoming && first.cseqNumber() == invite.cseqNumber();
        byte[] last = call.dialog.finalResponse;
        if (repeated) {
            transport.send(
                    last != null
                            ? last
                            : respond(invite, 180, "Ringing", call.dialog, "").toBytes(),
                    from);
            return;
        }
        MediaStream stream = call.media();
        if (call.state() != State.ANSWERED || stream == null) {
            send(respond(invite, 481, "No Such Call", null, ""), from);
            return;
        }
        call.dialog.sdpVersion++;
        LocalAudio local = local(call, stream);
        call.dialog.remoteTarget =
                SipMessage.uri(invite.header("Contact").orElse(call.dialog.remoteTarget));
        if (!invite.body().isEmpty()
                && OfferAnswer.answer(local, invite.body())
                        instanceof Agreed(String sdp, var audio)) {
            stream.connect(audio);
            call.dialog.acknowledged = false;
            transport.repeatUntil(
                    respond(invite, 200, "OK", call.dialog, sdp).toBytes(),
                    from,
                    () -> call.dialog.acknowledged);
        } else {
            send(respond(invite, 488, "Not Acceptable Here", call.dialog, ""), from);
        }
    }

    private MediaStream open(PhoneCall call) {
        MediaStream stream = media.open(call);
        call.media(stream);
        return stream;
    }

    private LocalAudio local(PhoneCall call, MediaStream stream) {
        return new LocalAudio(
                settings.host(),
                stream.port(),
                settings.codecs(),
                true,
                call.dialog.callId.hashCode() & 0x7FFF_FFFFL,
                call.dialog.sdpVersion,
                Direction.SENDRECV);
    }

    private void answered(PhoneCall call) {
        call.state(State.ANSWERED);
        listener.answered(call);
        if (!settings.press().isEmpty()) {
            transport.after(settings.pressAfter(), () -> call.press(settings.press()));
        }
        Duration hangUpAfter = settings.hangUpAfter();
        if (hangUpAfter != null) {
            transport.after(hangUpAfter, () -> hangUp(call));
        }
    }

    private void ended(PhoneCall call, int status, String reason) {
        if (call.state() == State.ENDED) {
            return;
        }
        live--;
        media.close(call);
        call.ended(status, reason);
        listener.ended(call, reason);
        transport.after(Duration.ofSeconds(32), () -> byCallId.remove(call.sipCallId(), call));
        synchronized (calls) {
            calls.notifyAll();
        }
    }

    private void remember(PhoneCall call) {
        live++;
        byCallId.put(call.sipCallId(), call);
        synchronized (calls) {
            calls.add(call);
            if (calls.size() > 100_000) {
                calls.removeFirst();
            }
            calls.notifyAll();
        }
    }

    private SipMessage respond(
            SipMessage request,
            int status,
            String reason,
            @org.jspecify.annotations.Nullable Dialog dialog,
            String sdp) {
        List<SipMessage.Header> headers = new ArrayList<>();
        headers.add(new SipMessage.Header("Contact", contact()));
        headers.add(
                new SipMessage.Header("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE"));
        if (!sdp.isEmpty()) {
            headers.add(new SipMessage.Header("Content-Type", "application/sdp"));
        }
        return SipMessage.response(
                request, status, reason, dialog == null ? "phone" : dialog.localTag, headers, sdp);
    }

    private void send(SipMessage message, InetSocketAddress to) {
        transport.send(message.toBytes(), to);
    }

    private String contact() {
        return "<sip:" + settings.user() + "@" + transport.address() + ">";
    }

    private String token() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static InetSocketAddress requirePeer(Dialog dialog) {
        return java.util.Objects.requireNonNull(
                dialog.peer, "a dialog knows its peer once its INVITE went out or came in");
    }

    /// host:port of a SIP URI.
    static InetSocketAddress peer(String uri) {
        String hostPort =
                uri.replaceFirst("^sip:", "").replaceFirst("^[^@]*@", "").split("[;?>]")[0];
        int colon = hostPort.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(hostPort, 5060)
                : new InetSocketAddress(
                        hostPort.substring(0, colon),
                        Integer.parseInt(hostPort.substring(colon + 1)));
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

    void close() {
        CountDownLatch done = new CountDownLatch(1);
        transport.submit(() -> {
            calls().forEach(this::hangUp);
            done.countDown();
        });
        try {
            done.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.close();
    }
}

package io.strowger.phone;

import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.LocalSrtp;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.phone.PhoneCall.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What calls in both directions need of the phone: its calls, its media, requests inside dialogs,
/// responses. Runs on the transport's thread, except where said.
final class UserAgent {
    private static final Duration FORGET_AFTER = Duration.ofSeconds(32);
    private static final int MOST_REMEMBERED = 10_000;
    final PhoneSettings settings;
    final PhoneListener listener;
    final SipTransport transport;
    private final MediaLoop media;
    private final Map<String, PhoneCall> byCallId = new HashMap<>();
    private final Deque<PhoneCall> calls = new ArrayDeque<>();
    private final SecureRandom random = new SecureRandom();
    private int live;
    private long ended;

    UserAgent(
            PhoneSettings settings,
            PhoneListener listener,
            MediaLoop media,
            BiConsumer<SipMessage, InetSocketAddress> requests)
            throws IOException {
        this.settings = settings;
        this.listener = listener;
        this.media = media;
        this.transport = new SipTransport(settings, requests);
    }

    /// The call with this Call-ID; null: none, or long over.
    @Nullable PhoneCall find(String sipCallId) {
        return byCallId.get(sipCallId);
    }

    /// Whether one more call would be one too many.
    boolean isFull() {
        return live >= settings.maxCalls();
    }

    /// Waits until so many calls have ended since the start. Any thread.
    void awaitEnded(long count) throws InterruptedException {
        synchronized (calls) {
            while (ended < count) {
                calls.wait();
            }
        }
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

    String localUri() {
        PhoneSettings.Account account = settings.account();
        return "sip:"
                + settings.user()
                + "@"
                + (account == null
                        ? transport.address() + transport.parameter()
                        : account.registrar());
    }

    void inDialog(PhoneCall call, String method, String sdp, Consumer<SipMessage> responses) {
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

    void acknowledge(PhoneCall call, long cseq) {
        SipMessage ack = call.dialog.request("ACK", cseq, transport.via(), List.of(), "");
        transport.send(ack.toBytes(), requirePeer(call.dialog));
    }

    MediaStream open(PhoneCall call) {
        MediaStream stream = media.open(call);
        call.media(stream);
        return stream;
    }

    LocalAudio local(PhoneCall call, MediaStream stream) {
        return new LocalAudio(
                settings.host(),
                stream.port(),
                settings.codecs(),
                true,
                call.dialog.callId.hashCode() & 0x7FFF_FFFFL,
                call.dialog.sdpVersion,
                Direction.SENDRECV,
                call.dialog.srtp);
    }

    private LocalSrtp newKeys() {
        return settings.srtp() == SrtpPolicy.OFF
                ? LocalSrtp.OFF
                : new LocalSrtp(
                        settings.srtp(),
                        Arrays.stream(CryptoSuite.values())
                                .map(suite -> SrtpKeys.of(suite, random(SrtpKeys.BYTES)))
                                .toList());
    }

    void answered(PhoneCall call) {
        call.state(State.ANSWERED);
        listener.answered(call);
        if (!settings.press().isEmpty()) {
            transport.after(settings.pressAfter(), () -> call.press(settings.press()));
        }
        Duration hangUpAfter = settings.hangUpAfter();
        if (hangUpAfter != null) {
            transport.after(hangUpAfter, call::hangUp);
        }
    }

    void ended(PhoneCall call, int status, String reason) {
        if (call.state() == State.ENDED) {
            return;
        }
        live--;
        media.close(call);
        call.ended(status, reason);
        listener.ended(call, reason);
        transport.after(FORGET_AFTER, () -> byCallId.remove(call.sipCallId(), call));
        synchronized (calls) {
            ended++;
            calls.notifyAll();
        }
    }

    void remember(PhoneCall call) {
        live++;
        call.dialog.srtp = newKeys();
        byCallId.put(call.sipCallId(), call);
        synchronized (calls) {
            calls.add(call);
            if (calls.size() > MOST_REMEMBERED) {
                calls.removeFirst();
            }
            calls.notifyAll();
        }
    }

    SipMessage respond(
            SipMessage request, int status, String reason, @Nullable Dialog dialog, String sdp) {
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

    void send(SipMessage message, InetSocketAddress to) {
        transport.send(message.toBytes(), to);
    }

    String contact() {
        return "<sip:" + settings.user() + "@" + transport.address() + transport.parameter() + ">";
    }

    String token() {
        return HexFormat.of().formatHex(random(8));
    }

    private byte[] random(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    static InetSocketAddress requirePeer(Dialog dialog) {
        return java.util.Objects.requireNonNull(
                dialog.peer, "a dialog knows its peer once its INVITE went out or came in");
    }

    /// host:port of a SIP URI.
    static InetSocketAddress peer(String uri) {
        String hostPort =
                uri.replaceFirst("^sips?:", "").replaceFirst("^[^@]*@", "").split("[;?>]")[0];
        int colon = hostPort.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(
                        hostPort,
                        uri.startsWith("sips:") || uri.contains("transport=tls") ? 5061 : 5060)
                : new InetSocketAddress(
                        hostPort.substring(0, colon),
                        Integer.parseInt(hostPort.substring(colon + 1)));
    }
}

package io.strowger.simulation;

import io.strowger.contracts.api.Tone;
import io.strowger.worker.core.sip.SipRequest;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One dialog of a phone, from its INVITE on: rings, answers or not, presses keys, hangs up, and
/// follows re-INVITEs to whatever worker sends them.
final class Phone {
    private static final Pattern MEDIA = Pattern.compile("m=audio (\\d+) ");
    private static final Pattern TAG = Pattern.compile(";tag=([^;>]+)");
    private static final long TIMEOUT_MS = 32_000;

    /// Longer than anybody lets it ring.
    private static final long PATIENCE_MS = 25_000;

    private final Phones phones;
    private final World world;
    final String number;
    final int port;
    private final SipRequest invite;
    private final SplittableRandom random;
    private State state = State.RINGING;
    private boolean acknowledged;
    private String host = "";
    private long rangAtMs;
    private int speaksTo;
    private long peerCSeq;
    private long ownCSeq;

    enum State {
        RINGING,
        UP,
        OVER
    }

    Phone(
            Phones phones,
            World world,
            String number,
            SipRequest invite,
            int port,
            SplittableRandom random) {
        this.phones = phones;
        this.world = world;
        this.number = number;
        this.invite = invite;
        this.port = port;
        this.random = random;
        this.peerCSeq = invite.cseq();
    }

    boolean isUp() {
        return state == State.UP;
    }

    boolean isRinging() {
        return state == State.RINGING;
    }

    /// Whom its RTP goes to.
    int speaksTo() {
        return speaksTo;
    }

    /// When its INVITE came.
    long rangAtMs() {
        return rangAtMs;
    }

    /// Where its requests go.
    String host() {
        return host;
    }

    String sipCallId() {
        return invite.sipCallId();
    }

    String tag() {
        return "p" + port;
    }

    String peerTag() {
        Matcher tag = TAG.matcher(invite.from());
        return tag.find() ? Objects.requireNonNull(tag.group(1)) : "";
    }

    long nextCSeq() {
        return ++ownCSeq;
    }

    void ring(String from) {
        world.trace(number, () -> "rings");
        host = from;
        rangAtMs = world.time.nowMs();
        speaksTo = media(invite.sdp());
        phones.answer(from, invite, 180, this, null);
        long waitMs = 200L + random.nextInt(12_000);
        switch (random.nextInt(10)) {
            case 0 -> world.time.after(waitMs, () -> refuse(486));
            case 1 -> world.time.after(waitMs, () -> refuse(603));
            case 2 -> world.time.after(PATIENCE_MS, () -> refuse(480)); // nobody is at home
            default -> world.time.after(waitMs, this::answer);
        }
    }

    private void refuse(int status) {
        if (state == State.RINGING) {
            over("refuses");
            phones.answer(host, invite, status, this, null);
        }
    }

    private void answer() {
        if (state != State.RINGING) {
            return;
        }
        world.trace(number, () -> "answers");
        state = State.UP;
        sayYes(world.time.nowMs() + TIMEOUT_MS);
        if (random.nextInt(3) == 0) {
            world.time.after(1_000 + random.nextInt(50_000), this::hangUp);
        }
        for (int keys = random.nextInt(6); keys > 0; keys--) {
            Tone tone = Tone.values()[random.nextInt(10)];
            world.time.after(500 + random.nextInt(30_000), () -> press(tone));
        }
    }

    /// The 200 is sent until it is acknowledged (RFC 3261 13.3.1.4).
    private void sayYes(long untilMs) {
        if (state != State.UP || acknowledged) {
            return;
        }
        if (world.time.nowMs() >= untilMs) {
            hangUp(); // nobody is there
            return;
        }
        phones.answer(host, invite, 200, this, sdp());
        world.time.after(2_000, () -> sayYes(untilMs));
    }

    private void press(Tone tone) {
        if (state == State.UP) {
            phones.press(this, tone);
        }
    }

    void hangUp() {
        if (state == State.UP) {
            over("hangs up");
            phones.bye(this);
        }
    }

    private void over(String how) {
        world.trace(number, () -> how);
        state = State.OVER;
    }

    void acknowledged() {
        acknowledged = true;
    }

    void cancelled() {
        if (state == State.RINGING) {
            over("is cancelled");
            phones.answer(host, invite, 487, this, null);
        }
    }

    /// A request inside the dialog. An old one is refused (RFC 3261 12.2.2).
    void asked(String from, SipRequest request) {
        if (state != State.UP) {
            phones.answer(from, request, 481, this, null);
            return;
        }
        if (request.cseq() <= peerCSeq) {
            phones.answer(from, request, 500, this, null);
            return;
        }
        peerCSeq = request.cseq();
        switch (request.method()) {
            case "INVITE" -> {
                world.trace(number, () -> "turns to " + from);
                host = from;
                speaksTo = media(request.sdp());
                phones.answer(from, request, 200, this, sdp());
            }
            case "BYE" -> {
                over("is hung up");
                world.judge.hungUp(this, from);
                phones.answer(from, request, 200, this, null);
            }
            default -> phones.answer(from, request, 200, this, null);
        }
    }

    private static int media(@Nullable String sdp) {
        Matcher media = MEDIA.matcher(sdp == null ? "" : sdp);
        return media.find() ? Integer.parseInt(Objects.requireNonNull(media.group(1))) : 0;
    }

    private String sdp() {
        return "v=0\r\no=p 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio "
                + port
                + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    @Override
    public String toString() {
        return number + " " + state + " at " + host + " port " + port;
    }
}

package io.strowger.simulation;

import io.strowger.contracts.api.Tone;
import io.strowger.worker.core.sip.SipRequest;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One dialog of a phone, from its INVITE on: presses keys, hangs up, and follows re-INVITEs to
/// whatever worker sends them.
abstract sealed class Phone permits Rung, Caller {
    private static final Pattern MEDIA = Pattern.compile("m=audio (\\d+) ");
    final Phones phones;
    final World world;
    final SplittableRandom random;
    final String number;
    final int port;
    private final String sipCallId;
    private State state = State.RINGING;
    private String host = "";
    private String peerTag = "";
    private long rangAtMs;
    private int speaksTo;
    private long peerCSeq;
    private long ownCSeq;

    enum State {
        RINGING,
        UP,
        OVER
    }

    Phone(Phones phones, World world, String number, String sipCallId, SplittableRandom random) {
        this.phones = phones;
        this.world = world;
        this.number = number;
        this.sipCallId = sipCallId;
        this.port = phones.newPort();
        this.random = random;
    }

    final boolean isUp() {
        return state == State.UP;
    }

    final boolean isRinging() {
        return state == State.RINGING;
    }

    /// Whom its RTP goes to.
    final int speaksTo() {
        return speaksTo;
    }

    /// When its INVITE came.
    final long rangAtMs() {
        return rangAtMs;
    }

    /// Where its requests go; empty: nowhere yet.
    final String host() {
        return host;
    }

    final String sipCallId() {
        return sipCallId;
    }

    final String tag() {
        return "p" + port;
    }

    /// Empty: not known yet.
    final String peerTag() {
        return peerTag;
    }

    final long nextCSeq() {
        return ++ownCSeq;
    }

    final void begin() {
        rangAtMs = world.time.nowMs();
    }

    final void meet(String tag) {
        peerTag = tag;
    }

    /// What the peer has asked so far.
    final void heard(long cseq) {
        peerCSeq = cseq;
    }

    /// What it has asked itself so far.
    final void own(long cseq) {
        ownCSeq = cseq;
    }

    final void speakTo(String worker, @Nullable String sdp) {
        host = worker;
        Matcher media = MEDIA.matcher(sdp == null ? "" : sdp);
        speaksTo = media.find() ? Integer.parseInt(Objects.requireNonNull(media.group(1))) : 0;
    }

    final void up(String how) {
        world.trace(number, () -> how);
        state = State.UP;
    }

    final void talk() {
        if (random.nextInt(3) == 0) {
            world.time.after(1_000 + random.nextInt(50_000), this::hangUp);
        }
        for (int keys = random.nextInt(6); keys > 0; keys--) {
            Tone tone = Tone.values()[random.nextInt(10)];
            world.time.after(500 + random.nextInt(30_000), () -> press(tone));
        }
    }

    private void press(Tone tone) {
        if (state == State.UP) {
            phones.press(this, tone);
        }
    }

    final void hangUp() {
        if (state == State.UP) {
            over("hangs up");
            phones.bye(this);
        }
    }

    final void over(String how) {
        world.trace(number, () -> how);
        state = State.OVER;
    }

    /// A request inside the dialog. An old one is refused (RFC 3261 12.2.2).
    final void asked(String from, SipRequest request) {
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
                speakTo(from, request.sdp());
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

    final String sdp() {
        return "v=0\r\no=p 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio "
                + port
                + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    @Override
    public final String toString() {
        return number + " " + state + " at " + host + " port " + port;
    }
}

package io.strowger.simulation;

import io.strowger.worker.core.sip.SipRequest;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A phone that is rung: it answers, or does not.
final class Rung extends Phone {
    private static final Pattern TAG = Pattern.compile(";tag=([^;>]+)");
    private static final long TIMEOUT_MS = 32_000;

    /// Longer than anybody lets it ring.
    private static final long PATIENCE_MS = 25_000;

    private final SipRequest invite;
    private boolean acknowledged;

    Rung(Phones phones, World world, String number, SipRequest invite, SplittableRandom random) {
        super(phones, world, number, invite.sipCallId(), random);
        this.invite = invite;
        heard(invite.cseq());
        Matcher tag = TAG.matcher(invite.from());
        if (tag.find()) {
            meet(tag.group(1));
        }
    }

    void ring(String from) {
        world.trace(number, () -> "rings");
        speakTo(from, invite.sdp());
        begin();
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
        if (isRinging()) {
            over("refuses");
            phones.answer(host(), invite, status, this, null);
        }
    }

    private void answer() {
        if (isRinging()) {
            up("answers");
            sayYes(world.time.nowMs() + TIMEOUT_MS);
            talk();
        }
    }

    /// The 200 is sent until it is acknowledged (RFC 3261 13.3.1.4).
    private void sayYes(long untilMs) {
        if (!isUp() || acknowledged) {
            return;
        }
        if (world.time.nowMs() >= untilMs) {
            hangUp(); // nobody is there
            return;
        }
        phones.answer(host(), invite, 200, this, sdp());
        world.time.after(2_000, () -> sayYes(untilMs));
    }

    void acknowledged() {
        acknowledged = true;
    }

    void cancelled() {
        if (isRinging()) {
            over("is cancelled");
            phones.answer(host(), invite, 487, this, null);
        }
    }
}

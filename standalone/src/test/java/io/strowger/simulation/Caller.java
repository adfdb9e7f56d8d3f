package io.strowger.simulation;

import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipReply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// A phone that calls in: it hears whether it is taken, and gives up at some time.
final class Caller extends Phone {
    static final String CALLED = "+15550777777";
    private static final long INVITE = 1;
    private static final long AGAIN_MS = 1_000;
    private static final long GIVING_UP_MS = 8_000;
    private final Plan.Coming plan;
    private boolean gaveUp;

    Caller(Phones phones, World world, Plan.Coming plan, SplittableRandom random) {
        super(
                phones,
                world,
                Questions.numberOf(plan.number()).value(),
                "coming-" + plan.number(),
                random);
        this.plan = plan;
        own(INVITE);
    }

    void call() {
        phones.call(this);
        world.time.after(plan.patienceMs(), this::giveUp);
    }

    /// Nobody was there.
    void tryAgain() {
        world.time.after(
                AGAIN_MS,
                () -> {
                    if (isRinging() && !gaveUp) {
                        phones.call(this);
                    }
                });
    }

    /// The INVITE reaches a worker.
    void rings(String at) {
        world.trace(number, () -> "calls " + at);
        speakTo(at, null);
        begin();
    }

    IncomingInvite invite(long exchange) {
        return new IncomingInvite(
                phones.request(this, exchange, "INVITE", INVITE, sdp()),
                "sip:" + CALLED + "@strowger.example",
                "<sip:" + number + "@trunk.example>;tag=" + tag(),
                "<sip:" + CALLED + "@strowger.example>",
                List.of(),
                false,
                List.of(),
                "udp",
                "z9hG4bK" + exchange,
                null,
                Map.of(),
                false);
    }

    private void giveUp() {
        if (!isRinging()) {
            return;
        }
        gaveUp = true;
        if (host().isEmpty()) {
            over("reached nobody");
            return;
        }
        world.trace(number, () -> "gives up");
        phones.say(this, "CANCEL", INVITE);
        world.time.after(
                GIVING_UP_MS,
                () -> {
                    if (isRinging()) {
                        over("is answered by nobody");
                    }
                });
    }

    /// An answer to its INVITE. One that takes the call is acknowledged whenever it comes; a caller
    /// who had given up then hangs up (RFC 3261 15).
    void replied(String from, SipReply reply) {
        if (reply.status() >= 300) {
            if (isRinging()) {
                over("is refused with " + reply.status());
            }
            return;
        }
        if (reply.status() < 200) {
            return;
        }
        boolean first = peerTag().isEmpty();
        if (first) {
            meet(Objects.requireNonNull(reply.toTag()));
            speakTo(from, reply.sdp());
            up("is taken");
        }
        phones.say(this, "ACK", INVITE);
        if (first && gaveUp) {
            hangUp();
        } else if (first) {
            talk();
        }
    }
}

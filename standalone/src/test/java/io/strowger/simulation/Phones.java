package io.strowger.simulation;

import io.strowger.contracts.api.Tone;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipUri;
import io.strowger.worker.core.sip.SipWire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// All phones behind the one trunk, and the network between them and the workers. What is lost is
/// sent again, as the transactions of SIP do it (RFC 3261 17): so losses are delays, and what does
/// not arrive within 32 s has failed. Each message may overtake another.
final class Phones {
    static final Trunk TRUNK =
            new Trunk(
                    "trunk",
                    SipUri.parse("sip:trunk.example:5060").orElseThrow(),
                    List.of(""),
                    List.of(),
                    null,
                    0,
                    0,
                    false);
    static final String PEER = "192.0.2.9:5060";
    private static final long T1_MS = 500;
    private static final long TIMEOUT_MS = 32_000;
    private final World world;
    private final SplittableRandom random;
    private final Map<String, Phone> bySipCallId = new LinkedHashMap<>();
    private final Map<Integer, Phone> byPort = new LinkedHashMap<>();
    private final Map<String, Integer> rings = new LinkedHashMap<>();
    private int lastPort = 10_000;
    private long lastExchange;
    private long presses;
    private final Map<Long, Caller> calling = new LinkedHashMap<>();
    private final Map<Long, SipReply> replies = new LinkedHashMap<>();

    Phones(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /// How often each number was rung.
    Map<String, Integer> rings() {
        return rings;
    }

    Collection<Phone> all() {
        return bySipCallId.values();
    }

    /// Whoever still talks has talked enough: in calls that no application is in any more.
    void hangUpAll() {
        List.copyOf(bySipCallId.values()).forEach(Phone::hangUp);
    }

    int newPort() {
        return ++lastPort;
    }

    /// Whether the phone behind `phonePort` sends to `workerPort`.
    boolean isHeard(int phonePort, int workerPort) {
        Phone phone = byPort.get(phonePort);
        return phone != null && phone.isUp() && phone.speaksTo() == workerPort;
    }

    @Nullable Phone at(int phonePort) {
        return byPort.get(phonePort);
    }

    /// From a message that is sent until it arrives; more than [#TIMEOUT_MS]: never.
    private long transit() {
        long delayMs = 1L + random.nextInt(40);
        long againMs = T1_MS;
        while (random.nextInt(100) < world.plan.lossPercent() && delayMs < TIMEOUT_MS) {
            delayMs += againMs;
            againMs = Math.min(2 * againMs, 4_000);
        }
        return delayMs;
    }

    /// What nobody sends again when it is lost.
    private void once(Runnable arrival) {
        if (random.nextInt(100) >= world.plan.lossPercent()) {
            world.time.after(1 + random.nextInt(40), arrival);
        }
    }

    /// A phone calls a worker that seems to be there.
    void call(Caller caller) {
        List<SimWorker> there = world.workers().stream().filter(SimProcess::isRunning).toList();
        if (there.isEmpty()) {
            caller.tryAgain();
            return;
        }
        String host = there.get(random.nextInt(there.size())).host;
        world.time.after(
                transit(),
                () -> {
                    SimWorker worker = world.workerAt(host);
                    if (worker == null || !worker.isRunning()) {
                        caller.tryAgain();
                    } else if (caller.isRinging()) {
                        long exchange = ++lastExchange;
                        calling.put(exchange, caller);
                        bySipCallId.put(caller.sipCallId(), caller);
                        byPort.put(caller.port, caller);
                        caller.rings(host);
                        worker.run(() -> worker.called(caller.invite(exchange)));
                    }
                });
    }

    /// A caller's CANCEL, which is sent again until it arrives, or its ACK, which is not.
    void say(Caller caller, String method, long cseq) {
        IncomingRequest request = request(caller, ++lastExchange, method, cseq, null);
        Runnable arrival =
                () ->
                        deliver(
                                caller.host(),
                                caller.sipCallId(),
                                new SipSignal.RequestArrived(request));
        if (method.equals("ACK")) {
            once(arrival);
        } else {
            world.time.after(transit(), arrival);
        }
    }

    IncomingRequest request(
            Phone phone, long exchange, String method, long cseq, @Nullable String sdp) {
        return new IncomingRequest(
                exchange,
                phone.sipCallId(),
                method,
                cseq,
                phone.tag(),
                phone.peerTag(),
                "sip:phone@" + PEER,
                Set.of(),
                Set.of(),
                null,
                sdp,
                PEER);
    }

    /// The way out of one worker.
    SipWire wireOf(SimWorker worker) {
        return new SipWire() {
            @Override
            public void send(SipRequest request) {
                world.trace(
                        worker.name, () -> "sends " + request.method() + " " + request.sipCallId());
                long delayMs = transit();
                if (delayMs >= TIMEOUT_MS) {
                    worker.later(
                            TIMEOUT_MS,
                            () ->
                                    worker.heard(
                                            request.sipCallId(),
                                            new SipSignal.RequestFailed(
                                                    request.sipCallId(),
                                                    request.method(),
                                                    request.cseq(),
                                                    "no answer")));
                } else {
                    world.time.after(delayMs, () -> arrived(worker, request));
                }
            }

            @Override
            public void sendAck(SipRequest ack) {
                once(() -> acknowledged(ack));
            }

            @Override
            public void cancel(String sipCallId) {
                world.trace(worker.name, () -> "cancels " + sipCallId);
                world.time.after(
                        transit(),
                        () -> {
                            if (bySipCallId.get(sipCallId) instanceof Rung rung) {
                                rung.cancelled();
                            }
                        });
            }

            @Override
            public void reply(SipReply reply) {
                Caller caller = calling.get(reply.exchange());
                if (caller == null) {
                    return; // nothing else that they ask has an answer that matters
                }
                world.trace(worker.name, () -> "says " + reply.status() + " to " + caller.number);
                replies.put(reply.exchange(), reply);
                if (reply.status() >= 300) {
                    world.time.after(transit(), () -> caller.replied(worker.host, reply));
                } else {
                    once(() -> caller.replied(worker.host, reply));
                }
            }

            @Override
            public void replyAgain(long exchange) {
                Caller caller = calling.get(exchange);
                SipReply reply = replies.get(exchange);
                if (caller != null && reply != null) {
                    once(() -> caller.replied(worker.host, reply));
                }
            }
        };
    }

    private void arrived(SimWorker worker, SipRequest request) {
        Phone phone = bySipCallId.get(request.sipCallId());
        if (phone == null) {
            if (!request.method().equals("INVITE") || request.to().contains(";tag=")) {
                answer(worker.host, request, 481, null, null);
                return;
            }
            String number = number(request.requestUri());
            rings.merge(number, 1, Integer::sum);
            Rung rung = new Rung(this, world, number, request, random.split());
            bySipCallId.put(request.sipCallId(), rung);
            byPort.put(rung.port, rung);
            rung.ring(worker.host);
        } else {
            phone.asked(worker.host, request);
        }
    }

    private static String number(String uri) {
        return uri.substring(uri.indexOf(':') + 1, uri.indexOf('@'));
    }

    private void acknowledged(SipRequest ack) {
        if (bySipCallId.get(ack.sipCallId()) instanceof Rung rung) {
            rung.acknowledged();
        }
    }

    /// A phone answers a request.
    void answer(
            String host, SipRequest request, int status, @Nullable Phone by, @Nullable String sdp) {
        IncomingResponse response =
                new IncomingResponse(
                        request.sipCallId(),
                        request.method(),
                        request.cseq(),
                        status,
                        "reason",
                        request.from(),
                        request.to().contains(";tag=") || by == null
                                ? request.to()
                                : request.to() + ";tag=" + by.tag(),
                        by == null ? null : by.tag(),
                        by == null ? null : "sip:phone@" + PEER,
                        List.of(),
                        List.of(),
                        null,
                        sdp,
                        PEER);
        long delayMs = transit();
        int copies = status >= 200 && random.nextInt(world.plan.duplicateOneIn()) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            world.time.after(
                    delayMs + i * T1_MS,
                    () ->
                            deliver(
                                    host,
                                    request.sipCallId(),
                                    new SipSignal.ResponseArrived(response)));
        }
    }

    /// A phone ends its dialog: whoever is at its target now hears it; nobody may be.
    void bye(Phone phone) {
        List<Long> tries = new ArrayList<>(List.of(0L, 500L, 1_500L, 3_500L, 7_500L));
        IncomingRequest bye = request(phone, ++lastExchange, "BYE", phone.nextCSeq(), null);
        tryBye(phone, bye, tries);
    }

    private void tryBye(Phone phone, IncomingRequest bye, List<Long> tries) {
        if (tries.isEmpty()) {
            return;
        }
        long waitMs = tries.removeFirst();
        world.time.after(
                waitMs + 1 + random.nextInt(40),
                () -> {
                    SimWorker worker = world.workerAt(phone.host());
                    if (worker != null && worker.isRunning()) {
                        worker.run(() ->
                                worker.heard(bye.sipCallId(), new SipSignal.RequestArrived(bye)));
                    } else {
                        tryBye(phone, bye, tries);
                    }
                });
    }

    /// A key, as RTP brings it.
    void press(Phone phone, Tone tone) {
        SimWorker worker = world.workerAt(phone.host());
        long press = ++presses;
        if (worker != null && worker.isRunning()) {
            worker.run(() -> worker.engine.pressed(phone.speaksTo(), tone, press));
        }
    }

    private void deliver(String host, String sipCallId, SipSignal signal) {
        SimWorker worker = world.workerAt(host);
        if (worker != null) {
            worker.run(() -> worker.heard(sipCallId, signal));
        }
    }
}

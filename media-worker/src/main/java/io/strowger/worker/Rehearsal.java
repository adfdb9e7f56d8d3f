package io.strowger.worker;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipInbox;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.shell.call.CallHost;
import io.strowger.worker.shell.call.CallSettings;
import io.strowger.worker.shell.rehearsal.RehearsalPhone;
import io.strowger.worker.shell.sip.SipEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Calls of a worker with itself, so that the first ones that it takes over from another worker,
/// all at once, find classes loaded and code compiled: orders, dialogs, messages, media, as they
/// will be, but nothing of it reaches Kafka. The start waits for the first of them; the others go
/// on beside it, one at a time, until there is a real call. Whatever becomes of it, the worker
/// starts.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofMillis(1_000);
    private static final Duration SOUND = Duration.ofMillis(25);
    private static final Placement STAGE = new Placement(new WorkerId(0), 1, 1);
    private static final int ROUNDS = 200;
    private static final int ROUNDS_AT_START = 4;
    private static final int LEGS = 2;
    private static final int PORTS_TO_SPARE = 100;
    private static final int CAPACITY = 1_000;
    private final ServiceContext context;
    private final LocalParty local;
    private final CallHost host;
    private final SipEndpoint endpoint;
    private final Semaphore answered = new Semaphore(0);
    private final CountDownLatch started = new CountDownLatch(ROUNDS_AT_START);
    private final CountDownLatch over = new CountDownLatch(1);
    private final long deadlineNs = System.nanoTime() + AT_MOST.toNanos();
    private volatile @Nullable CallHost real;
    private volatile boolean stopped;

    private Rehearsal(
            SipEndpoint endpoint, MediaEngine engine, LocalParty local, ServiceContext context)
            throws IOException {
        this.context = context;
        this.endpoint = endpoint;
        this.local = local;
        this.host =
                new CallHost(
                        new CallSettings(
                                local,
                                List.of(),
                                LegTimings.standard(),
                                CAPACITY,
                                CAPACITY,
                                Level.DEBUG),
                        new CallHost.Outside(
                                endpoint.wire(),
                                engine,
                                this::heard,
                                context.clock(),
                                System::nanoTime,
                                context.random()));
        endpoint.start(host);
    }

    /// Starts the endpoint and begins.
    static Rehearsal begin(
            SipEndpoint endpoint, MediaEngine engine, LocalParty local, ServiceContext context)
            throws IOException {
        Rehearsal rehearsal = new Rehearsal(endpoint, engine, local, context);
        Thread.ofPlatform().daemon().name("rehearsal").start(rehearsal::run);
        return rehearsal;
    }

    /// Lets real calls in, once the first rounds are over or have taken too long.
    void admit(CallHost calls) throws InterruptedException {
        boolean inTime = started.await(START.toMillis(), TimeUnit.MILLISECONDS);
        real = calls;
        endpoint.handTo(new Both(host, calls));
        if (over.getCount() == 0) {
            endpoint.handTo(calls);
        }
        LOG.atDebug().addKeyValue("inTime", inTime).log("calls are let in");
    }

    /// Ends it, if it still goes on.
    void stop() throws InterruptedException {
        stopped = true;
        if (!over.await(START.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.atDebug().log("the rehearsal goes on");
        }
    }

    /// Messages of the rehearsal are its own, all others real.
    private record Both(CallHost rehearsal, CallHost calls) implements SipInbox {
        @Override
        public boolean signal(String sipCallId, SipSignal signal) {
            return rehearsal.signal(sipCallId, signal) || calls.signal(sipCallId, signal);
        }

        @Override
        public boolean knows(String sipCallId) {
            return rehearsal.knows(sipCallId) || calls.knows(sipCallId);
        }

        @Override
        public Arrival weigh(IncomingInvite invite) {
            return calls.weigh(invite);
        }

        @Override
        public void arrived(IncomingInvite invite, Arrival.Welcome welcome) {
            calls.arrived(invite, welcome);
        }
    }

    private long leftNs() {
        return deadlineNs - System.nanoTime();
    }

    /// @param report through its codec, as to Kafka
    private void heard(MediaReport report) {
        if (Topics.MEDIA_EVENTS.codec().encode(report).length > 0
                && (report.event() instanceof MediaEvent.LegAnswered
                        || report.event() instanceof MediaEvent.LegEnded)) {
            answered.release();
        }
    }

    private void run() {
        try {
            rehearse();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the rehearsal failed");
        } finally {
            end();
        }
    }

    private void rehearse() {
        long beganNs = System.nanoTime();
        CallIds ids = new CallIds(context.secrets().idKey());
        int rounds = 0;
        try (RehearsalPhone phone = RehearsalPhone.open(context.settings().sip().host())) {
            while (rounds < ROUNDS && isAlone() && call(ids.newCall(context.random()), phone)) {
                rounds++;
                started.countDown();
            }
        } catch (IOException | UndecodableException e) {
            LOG.atWarn().setCause(e).log("the rehearsal failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.atDebug()
                .addKeyValue("rounds", rounds)
                .addKeyValue("took", Duration.ofNanos(System.nanoTime() - beganNs))
                .log("rehearsed");
    }

    private void end() {
        while (started.getCount() > 0) {
            started.countDown();
        }
        over.countDown();
        CallHost calls = real;
        if (calls != null) {
            endpoint.handTo(calls);
        }
        host.close();
    }

    private boolean isAlone() {
        CallHost calls = real;
        return !stopped && hasPortsToSpare() && (calls == null || calls.callCount() == 0);
    }

    private boolean hasPortsToSpare() {
        Settings.Rtp rtp = context.settings().rtp();
        return rtp.portMin() == 0 || rtp.portMax() - rtp.portMin() >= PORTS_TO_SPARE;
    }

    /// @return whether all went well, and there is time for another
    private boolean call(ServerCallId call, RehearsalPhone phone)
            throws UndecodableException, InterruptedException {
        int orders = 0;
        for (int leg = 1; leg <= LEGS; leg++) {
            order(call, ++orders, adoption(new LegId(leg), phone));
        }
        boolean up = answered.tryAcquire(LEGS, leftNs(), TimeUnit.NANOSECONDS);
        LockSupport.parkNanos(SOUND.toNanos());
        for (int leg = 1; leg <= LEGS; leg++) {
            order(call, ++orders, new MediaCommand.HangUpLeg(new LegId(leg)));
        }
        boolean down = answered.tryAcquire(LEGS, leftNs(), TimeUnit.NANOSECONDS);
        order(call, ++orders, new MediaCommand.ReleaseCall());
        return up && down && phone.awaitByes(LEGS, leftNs()) && leftNs() > 0;
    }

    private void order(ServerCallId call, long sequence, MediaCommand command)
            throws UndecodableException {
        byte[] order =
                Topics.MEDIA_COMMANDS
                        .codec()
                        .encode(new MediaOrder(call, STAGE, sequence, command));
        host.order(Topics.MEDIA_COMMANDS.codec().decode(order));
    }

    private MediaCommand adoption(LegId leg, RehearsalPhone phone) {
        String sipCallId = Long.toHexString(context.random().nextLong()) + "@" + local.host();
        DialogRecord dialog =
                new DialogRecord(
                        sipCallId,
                        "us",
                        "phone",
                        "<sip:strowger@" + phone.address() + ">",
                        "<sip:rehearsal@" + phone.address() + ">",
                        "sip:rehearsal@" + phone.address(),
                        List.of(),
                        1,
                        -1,
                        "udp",
                        phone.address(),
                        OfferAnswer.offer(LocalAudio.of(local.host(), local.sipPort(), 1)),
                        phone.sdp());
        return new MediaCommand.AdoptLeg(
                leg, new Identifier.PhoneNumber("+15550100000"), dialog, true);
    }
}

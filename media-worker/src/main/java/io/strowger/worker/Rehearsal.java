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
import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.shell.call.CallHost;
import io.strowger.worker.shell.call.CallSettings;
import io.strowger.worker.shell.rehearsal.RehearsalPhone;
import io.strowger.worker.shell.sip.SipEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls of a worker with itself before it takes any, so that the first one that it takes over from
/// another worker does not wait for classes to be loaded: orders, dialogs, messages, media, as they
/// will be, but nothing of it reaches Kafka. Whatever becomes of it, the worker starts.
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration AT_MOST = Duration.ofMillis(1_500);
    private static final Duration SOUND = Duration.ofMillis(25);
    private static final Placement STAGE = new Placement(new WorkerId(0), 1, 1);
    private static final int ROUNDS = 12;
    private static final int LEGS = 2;
    private static final int CAPACITY = 1_000;
    private final ServiceContext context;
    private final LocalParty local;
    private final CallHost host;
    private final Semaphore answered = new Semaphore(0);
    private final long deadlineNs = System.nanoTime() + AT_MOST.toNanos();
    private final Thread thread;

    private Rehearsal(
            SipEndpoint endpoint, MediaEngine engine, LocalParty local, ServiceContext context)
            throws IOException {
        this.context = context;
        this.local = local;
        this.host =
                new CallHost(
                        new CallSettings(
                                local, List.of(), LegTimings.standard(), CAPACITY, CAPACITY),
                        new CallHost.Outside(
                                endpoint.wire(),
                                engine,
                                this::heard,
                                context.clock(),
                                System::nanoTime,
                                context.random()));
        endpoint.start(host);
        this.thread = Thread.ofPlatform().daemon().name("rehearsal").unstarted(this::run);
    }

    /// Starts the endpoint and begins.
    static Rehearsal begin(
            SipEndpoint endpoint, MediaEngine engine, LocalParty local, ServiceContext context)
            throws IOException {
        Rehearsal rehearsal = new Rehearsal(endpoint, engine, local, context);
        rehearsal.thread.start();
        return rehearsal;
    }

    /// Returns when it is over, at the latest 1.5 s after it began.
    void end() throws InterruptedException {
        thread.join(Duration.ofNanos(Math.max(1, leftNs())));
        host.close();
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
        long beganNs = System.nanoTime();
        CallIds ids = new CallIds(context.secrets().idKey());
        int rounds = 0;
        try (RehearsalPhone phone = RehearsalPhone.open(context.settings().sip().host())) {
            while (rounds < ROUNDS && call(ids.newCall(context.random()), phone)) {
                rounds++;
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

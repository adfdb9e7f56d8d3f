package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.worker.core.lease.Lease.Right;
import io.strowger.worker.core.leg.LegInput;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.registration.UserRoutes;
import io.strowger.worker.core.route.CallAdmission;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.route.TrunkLoad;
import io.strowger.worker.core.route.TrunkRouting;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.Directory;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipInbox;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipWire;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All calls of this worker. Takes orders, signals and media facts from any thread, and passes each
/// to the mailbox of its call.
public final class CallHost implements SipInbox, MediaFacts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CallHost.class);

    /// SIP messages that wait in one call's mailbox; a running dialog has two or three.
    private static final int MOST_SIGNALS = 1_000;

    private final Map<ServerCallId, Call> calls = new ConcurrentHashMap<>();
    private final Map<String, LegAddress> legs = new ConcurrentHashMap<>();
    private final CallThreads threads;
    private final CallSettings settings;
    private final CallAdmission admission;
    private final TrunkLoad trunkLoad = new TrunkLoad();
    private final TrunkRouting routing;
    private final UserRoutes users;
    private final CallPorts ports;
    private final AtomicInteger recordings = new AtomicInteger();
    private volatile @Nullable Reception reception;
    private volatile boolean adrift;
    private volatile Runnable lease = () -> {};

    /// Which leg a SIP Call-ID belongs to.
    record LegAddress(Call call, LegId leg) {}

    /// What a worker's calls need of the outside.
    ///
    /// @param random hard to guess, safe for use by many threads
    public record Outside(
            SipWire wire,
            MediaEngine engine,
            ReportSink reports,
            InstantSource clock,
            LongSupplier steadyNs,
            RandomGenerator random) {}

    /// For a worker without users.
    public CallHost(CallSettings settings, Outside outside) {
        this(settings, outside, UserRoutes.none());
    }

    /// For a worker that traces nothing.
    public CallHost(CallSettings settings, Outside outside, UserRoutes users) {
        this(settings, outside, users, Spans.OFF);
    }

    public CallHost(CallSettings settings, Outside outside, UserRoutes users, Spans spans) {
        this(settings, outside, users, spans, CallThreads.standard());
    }

    /// On threads of somebody else, which are closed with it.
    public CallHost(
            CallSettings settings,
            Outside outside,
            UserRoutes users,
            Spans spans,
            CallThreads threads) {
        this.settings = settings;
        this.users = users;
        this.threads = threads;
        this.routing = new TrunkRouting(settings.trunks());
        this.admission =
                new CallAdmission(
                        settings.maxCalls(),
                        settings.maxNewCallsPerSecond(),
                        outside.steadyNs().getAsLong());
        this.ports =
                new CallPorts(
                        outside.wire(),
                        outside.engine(),
                        outside.reports(),
                        threads,
                        outside.clock(),
                        outside.steadyNs(),
                        outside.random(),
                        spans);
    }

    /// Takes an order for this process; a repeated one is dropped by its call.
    public void order(MediaOrder order) {
        order(order, null);
    }

    /// Likewise.
    ///
    /// @param cause where in a trace; null: in none
    public void order(MediaOrder order, @Nullable TraceContext cause) {
        calls.compute(
                order.call(),
                (id, known) -> {
                    Call call = known == null ? new Call(id, this) : known;
                    call.order(order, cause);
                    return call;
                });
    }

    /// Whatever peers say is listened to with the lease in mind: when the process was stopped for
    /// long, what waits in its sockets is older than what others did since.
    ///
    /// @param look brings [#entitled] up to date; any thread
    public void watch(Runnable look) {
        lease = look;
    }

    @Override
    public boolean signal(String sipCallId, SipSignal signal) {
        lease.run();
        LegAddress address = legs.get(sipCallId);
        if (address == null) {
            return false;
        }
        address.call().heard(address.leg(), signal);
        return true;
    }

    @Override
    public boolean knows(String sipCallId) {
        return legs.containsKey(sipCallId);
    }

    /// Takes calls that come in, from now on.
    ///
    /// @param desk what it needs to know of this worker and its peers
    public void receive(Reception.Desk desk) {
        reception = new Reception(this, desk);
    }

    @Override
    public Arrival weigh(IncomingInvite invite) {
        Reception present = reception;
        return present == null ? new Arrival.Closed() : present.weigh(invite);
    }

    @Override
    public void arrived(IncomingInvite invite, Arrival.Welcome welcome) {
        Reception present = reception;
        if (present != null) {
            present.arrived(invite, welcome);
        }
    }

    @Override
    public void happened(ServerCallId call, MediaEvent event) {
        Call known = calls.get(call);
        if (known != null) {
            known.happened(event);
        }
    }

    @Override
    public void legSilent(ServerCallId call, LegId leg) {
        Call known = calls.get(call);
        if (known == null) {
            return;
        }
        if (adrift) {
            known.lose(leg);
        } else {
            known.input(leg, new LegInput.HangUp(LegEnd.Cause.MEDIA_LOST, "no RTP came"));
        }
    }

    /// Kafka cannot be reached, so that nobody knows whether a successor carries our calls: a peer
    /// that is not heard any more is taken for one that it has, and left without a word.
    public void drift(boolean nobodyHearsUs) {
        if (adrift != nobodyHearsUs) {
            adrift = nobodyHearsUs;
            ports.engine().listenClosely(nobodyHearsUs);
        }
    }

    /// Takes new calls or not.
    public void setOpen(boolean open) {
        admission.setOpen(open);
    }

    /// Does what the lease still allows. After [Right#NONE] the calls that were are forgotten, and
    /// the worker needs a new epoch.
    ///
    /// @param draining takes no new calls in any case
    public void entitled(Right right, boolean draining) {
        setOpen(right == Right.FULL && !draining);
        drift(right == Right.ADRIFT);
        if (right == Right.NONE) {
            silence();
        }
    }

    /// Calls carried now.
    public int callCount() {
        return admission.calls();
    }

    /// Hangs up everything that is still up, unless nobody knows whose it is: then it is left
    /// without a word, for whoever has it or will.
    public void hangUpAll(String reason) {
        if (adrift) {
            silence();
            return;
        }
        calls.values().forEach(call -> call.hangUpAll(LegEnd.Cause.WORKER_FAILURE, reason));
    }

    /// Recordings that have not been reported as stopped.
    public int recordingCount() {
        return recordings.get();
    }

    /// Stops all recordings; each is reported when its audio is in Kafka.
    public void stopRecordings() {
        calls.values().forEach(Call::stopRecordings);
    }

    /// Stops the media of all calls without a word to the peers: another worker may carry them by
    /// now.
    public void silence() {
        List.copyOf(calls.values()).forEach(this::abandon);
    }

    /// Stops one call the same way.
    void abandon(Call call) {
        calls.remove(call.id(), call);
        call.silence();
    }

    /// Stops the threads; calls that are still up are left as they are.
    @Override
    public void close() {
        threads.close();
    }

    CallRecordings newRecordings(ServerCallId call) {
        return new CallRecordings(call, ports.engine(), recordings);
    }

    CallSettings settings() {
        return settings;
    }

    CallAdmission admission() {
        return admission;
    }

    TrunkLoad trunkLoad() {
        return trunkLoad;
    }

    TrunkRouting routing() {
        return routing;
    }

    UserRoutes users() {
        return users;
    }

    CallPorts ports() {
        return ports;
    }

    Mailbox newMailbox(Consumer<Throwable> failed) {
        return new Mailbox(threads.executor(), MOST_SIGNALS, failed);
    }

    /// Runs what may take a while beside the mailboxes; dropped once the worker has closed.
    void aside(Runnable task) {
        try {
            threads.executor().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("task dropped: the worker has closed");
        }
    }

    void listen(String sipCallId, Call call, LegId leg) {
        legs.put(sipCallId, new LegAddress(call, leg));
    }

    /// Listens to a Call-ID that the peer has chosen.
    ///
    /// @return false when a leg has it already
    boolean listenToNew(String sipCallId, Call call, LegId leg) {
        return legs.putIfAbsent(sipCallId, new LegAddress(call, leg)) == null;
    }

    /// The dialog may be with another call by now.
    void forget(String sipCallId, Call call) {
        legs.computeIfPresent(sipCallId, (_, address) -> address.call() == call ? null : address);
    }

    /// Knows a call that came in.
    void add(Call call) {
        calls.put(call.id(), call);
    }

    /// Whom a leg can be transferred to.
    Directory directory() {
        Reception present = reception;
        return present == null ? Directory.EMPTY : present.directory();
    }

    /// The trunk that speaks from this host:port; null: none.
    @Nullable Trunk trunkAt(String peerAddress) {
        Reception present = reception;
        return present == null ? null : present.trunkAt(peerAddress);
    }

    /// Drops the call unless an order waits for it.
    ///
    /// @return whether it was dropped
    boolean forget(Call call) {
        return calls.computeIfPresent(
                        call.id(), (_, known) -> known == call && !call.isWanted() ? null : known)
                == null;
    }
}

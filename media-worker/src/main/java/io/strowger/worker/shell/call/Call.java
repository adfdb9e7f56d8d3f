package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.Placement;
import io.strowger.worker.core.leg.LegInput;
import io.strowger.worker.core.leg.LegPlan;
import io.strowger.worker.core.media.MediaEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One call: its legs, its place in the sequence of orders. Public methods only post to the
/// mailbox; everything else runs inside it.
final class Call {
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private final ServerCallId id;
    private final CallHost host;
    private final Mailbox mailbox;
    private final Map<LegId, LegRunner> legs = new LinkedHashMap<>();
    private @Nullable Placement placement;
    private long lastOrder;
    private boolean counted;
    private boolean released;
    private boolean silenced;
    private boolean leaving;
    private final AtomicInteger ordersWaiting = new AtomicInteger();

    Call(ServerCallId id, CallHost host) {
        this.id = id;
        this.host = host;
        this.mailbox = host.newMailbox();
    }

    ServerCallId id() {
        return id;
    }

    /// Whether an order waits in the mailbox.
    boolean isWanted() {
        return ordersWaiting.get() > 0;
    }

    void order(MediaOrder order) {
        ordersWaiting.incrementAndGet();
        mailbox.post(() -> {
            ordersWaiting.decrementAndGet();
            take(order);
        });
    }

    void input(LegId leg, LegInput input) {
        mailbox.post(() -> {
            LegRunner runner = legs.get(leg);
            if (runner != null && !silenced) {
                runner.input(input);
                settle();
            }
        });
    }

    void happened(MediaEvent event) {
        mailbox.post(() -> report(event));
    }

    void hangUpAll(LegEnd.Cause cause, String reason) {
        mailbox.post(() -> hangUp(cause, reason));
    }

    void silence() {
        mailbox.post(() -> {
            silenced = true;
            host.ports().engine().release(id);
            legs.clear();
            settle();
        });
    }

    void post(Runnable task) {
        mailbox.post(() -> {
            if (!silenced) {
                task.run();
                settle();
            }
        });
    }

    private void take(MediaOrder order) {
        Placement known = placement;
        if (known != null && known.placementEpoch() > order.placement().placementEpoch()) {
            return;
        }
        if (known == null || known.placementEpoch() < order.placement().placementEpoch()) {
            placement = order.placement();
            lastOrder = 0;
            released = false;
        }
        if (order.orderSequence() <= lastOrder || silenced) {
            return;
        }
        lastOrder = order.orderSequence();
        obey(order.command());
        settle();
    }

    private void obey(MediaCommand command) {
        MediaEngine engine = host.ports().engine();
        switch (command) {
            case MediaCommand.Dial dial -> dial(dial);
            case MediaCommand.HangUpLeg(var leg) -> {
                LegRunner runner = legs.get(leg);
                if (runner != null) {
                    runner.input(new LegInput.HangUp(LegEnd.Cause.LOCAL_HANG_UP, "hung up"));
                }
            }
            case MediaCommand.StartPlay play -> engine.startPlay(id, play);
            case MediaCommand.StopPlay(var operation) -> engine.stopPlay(id, operation);
            case MediaCommand.StartRecognize recognize -> engine.startRecognize(id, recognize);
            case MediaCommand.StopRecognize(var operation) -> engine.stopRecognize(id, operation);
            case MediaCommand.ReleaseCall() -> {
                released = true;
                hangUp(LegEnd.Cause.LOCAL_HANG_UP, "released");
                engine.release(id);
            }
        }
    }

    private void dial(MediaCommand.Dial dial) {
        if (legs.containsKey(dial.leg())) {
            return;
        }
        if (!counted && !host.admission().admit(host.ports().steadyNs().getAsLong())) {
            refuse(dial, LegEnd.Cause.NO_CAPACITY, "this worker takes no more calls now");
            return;
        }
        counted = true;
        if (host.routing().candidates(dial.target()).isEmpty()) {
            refuse(dial, LegEnd.Cause.NO_ROUTE, "no trunk for this target");
            return;
        }
        OptionalInt port = host.ports().engine().openLeg(id, dial.leg(), dial.reportTones());
        if (port.isEmpty()) {
            refuse(dial, LegEnd.Cause.NO_CAPACITY, "no RTP port is free");
            return;
        }
        LegRunner runner = new LegRunner(this, host, dial.leg());
        legs.put(dial.leg(), runner);
        log(dial.leg()).addKeyValue("target", masked(dial.target())).log("leg rings");
        runner.input(
                new LegInput.Ring(
                        new LegPlan(
                                id,
                                dial,
                                port.getAsInt(),
                                host.settings().local(),
                                host.settings().timings())));
    }

    private void refuse(MediaCommand.Dial dial, LegEnd.Cause cause, String reason) {
        report(new MediaEvent.LegEnded(dial.leg(), new LegEnd(cause, 0, reason)));
    }

    private void hangUp(LegEnd.Cause cause, String reason) {
        List<LegRunner> all = new ArrayList<>(legs.values());
        all.forEach(runner -> runner.input(new LegInput.HangUp(cause, reason)));
        settle();
    }

    /// Reports a fact of this call, unless nobody wants to know any more.
    void report(MediaEvent event) {
        Placement present = placement;
        if (present == null || silenced) {
            return;
        }
        describe(event);
        if (!released) {
            host.ports()
                    .reports()
                    .report(new MediaReport(id, present, host.ports().clock().instant(), event));
        }
    }

    private void describe(MediaEvent event) {
        switch (event) {
            case MediaEvent.LegProgressed(var leg, int status) ->
                    log(leg).addKeyValue("sipStatus", status).log("leg makes progress");
            case MediaEvent.LegAnswered(var leg, var dialog) ->
                    log(leg).addKeyValue("sipCallId", dialog.sipCallId()).log("leg answered");
            case MediaEvent.LegUpdated(var leg, _, boolean onHold) ->
                    log(leg).addKeyValue("onHold", onHold).log("leg changed");
            case MediaEvent.LegEnded(var leg, var end) ->
                    log(leg).addKeyValue("cause", end.cause())
                            .addKeyValue("sipStatus", end.sipStatus())
                            .addKeyValue("reason", end.reason())
                            .log("leg ended");
            case MediaEvent.PlayStarted _,
                    MediaEvent.PlayEnded _,
                    MediaEvent.RecognizeEnded _,
                    MediaEvent.ToneReceived _ -> {
                // The orchestrator tells the life of operations.
            }
        }
    }

    void attempting(LegId leg, String trunk, String sipCallId) {
        log(leg).addKeyValue("trunk", trunk).addKeyValue("sipCallId", sipCallId).log("leg dials");
    }

    private LoggingEventBuilder log(LegId leg) {
        return LOG.atInfo().addKeyValue("serverCallId", id).addKeyValue("legId", leg);
    }

    private static String masked(Identifier target) {
        String raw = target.rawId();
        return "***" + raw.substring(Math.max(0, raw.length() - 4));
    }

    private void settle() {
        legs.values().removeIf(LegRunner::isForgotten);
        if (counted && legs.values().stream().allMatch(LegRunner::isOver)) {
            counted = false;
            host.admission().left();
        }
        if (legs.isEmpty() && !leaving) {
            leaving = true;
            var _ =
                    host.ports()
                            .timers()
                            .schedule(
                                    () -> mailbox.post(this::leave),
                                    host.settings().timings().linger().toMillis(),
                                    TimeUnit.MILLISECONDS);
        }
    }

    /// A call without legs is kept for a while: for late orders, and for the last facts of its
    /// operations.
    private void leave() {
        leaving = false;
        if (!legs.isEmpty()) {
            return;
        }
        if (host.forget(this)) {
            host.ports().engine().release(id);
        } else {
            settle();
        }
    }
}

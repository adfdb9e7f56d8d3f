package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.trace.TraceContext;
import io.strowger.runtime.log.Masked;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.TraceSpan;
import io.strowger.worker.core.leg.LegBasis;
import io.strowger.worker.core.leg.LegInput;
import io.strowger.worker.core.leg.LegPlan;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.stream.StreamRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call: its legs, its place in the sequence of orders. Public methods only post to the
/// mailbox; everything else runs inside it.
final class Call {
    static final String FAILURE = "the worker failed";
    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    private final ServerCallId id;
    private final CallHost host;
    private final Mailbox mailbox;
    private final CallLog log;
    private final Map<LegId, RunningLeg> legs = new LinkedHashMap<>();
    private final CallRecordings recordings;
    private final CallTrace trace = new CallTrace();
    private @Nullable Placement placement;
    private long lastOrder;
    private boolean counted;
    private boolean released;
    private volatile boolean silenced;
    private boolean left;
    private boolean leaving;
    private boolean handedOver;
    private final AtomicInteger ordersWaiting = new AtomicInteger();

    Call(ServerCallId id, CallHost host) {
        this.id = id;
        this.host = host;
        this.log = new CallLog(id, host.settings().life());
        this.recordings = host.newRecordings(id);
        this.mailbox = host.newMailbox(this::failed);
    }

    ServerCallId id() {
        return id;
    }

    /// Whether an order waits in the mailbox.
    boolean isWanted() {
        return ordersWaiting.get() > 0;
    }

    /// Where facts about the legs belong. Only inside the mailbox.
    CallTrace trace() {
        return trace;
    }

    void order(MediaOrder order, @Nullable TraceContext cause) {
        ordersWaiting.incrementAndGet();
        TraceSpan span = obeying(order, cause);
        mailbox.post(() -> {
            ordersWaiting.decrementAndGet();
            try (TraceSpan.LogScope _ = span.inLogs()) {
                take(order, span.context());
            } catch (RuntimeException | Error e) {
                span.fail(e.getClass().getSimpleName());
                if (order.command() instanceof MediaCommand.Dial dial
                        && !legs.containsKey(dial.leg())) {
                    refuse(dial, LegEnd.Cause.WORKER_FAILURE, FAILURE);
                }
                throw e;
            } finally {
                span.end();
            }
        });
    }

    private TraceSpan obeying(MediaOrder order, @Nullable TraceContext cause) {
        Spans spans = host.ports().spans();
        return spans.isOn()
                ? spans.consumer("order " + order.command().getClass().getSimpleName(), cause)
                        .set("strowger.server_call_id", id.toString())
                : TraceSpan.passing(cause);
    }

    /// Begins with a leg that came in and was admitted.
    void arrive(Placement here, LegBasis basis, Consumer<LegRunner> start) {
        mailbox.post(() -> {
            placement = here;
            counted = true;
            LegRunner runner = new LegRunner(this, host, basis.leg());
            legs.put(basis.leg(), runner);
            start.accept(runner);
            settle();
        });
    }

    /// What a peer sent, or what became of what we sent it.
    void heard(LegId leg, SipSignal signal) {
        Runnable task =
                () -> {
                    letGo();
                    RunningLeg runner = legs.get(leg);
                    if (runner == null) {
                        if (!silenced) {
                            refuse(signal, 481, "Call/Transaction Does Not Exist");
                        }
                        return;
                    }
                    runner.input(new LegInput.Heard(signal));
                    settle();
                };
        switch (signal) {
            case SipSignal.RequestArrived _, SipSignal.InviteRepeated _ -> {
                if (!mailbox.offer(task)) {
                    refuse(signal, 503, "Service Unavailable");
                }
            }
            case SipSignal.ResponseArrived(var response) when response.isProvisional() -> {
                var _ = mailbox.offer(task);
            }
            case SipSignal.ResponseArrived _, SipSignal.RequestFailed _ -> mailbox.post(task);
        }
    }

    private void refuse(SipSignal signal, int status, String reason) {
        long exchange =
                switch (signal) {
                    case SipSignal.RequestArrived(var request) ->
                            request.method().equals("ACK") ? 0 : request.exchange();
                    case SipSignal.InviteRepeated(var invite) -> invite.request().exchange();
                    case SipSignal.ResponseArrived _, SipSignal.RequestFailed _ -> 0;
                };
        if (exchange != 0) {
            host.ports().wire().reply(SipReply.of(exchange, status, reason));
        }
    }

    void input(LegId leg, LegInput input) {
        mailbox.post(() -> {
            RunningLeg runner = legs.get(leg);
            if (runner != null && !silenced) {
                runner.input(input);
                settle();
            }
        });
    }

    /// A leg that may be another worker's by now: its end is reported, should that not be so, and
    /// its peer told nothing.
    void lose(LegId leg) {
        mailbox.post(() -> {
            RunningLeg runner = legs.get(leg);
            if (runner != null && !silenced) {
                runner.lose();
                settle();
            }
        });
    }

    void happened(MediaEvent event) {
        mailbox.post(() -> {
            report(event);
            settle();
        });
    }

    /// Whoever is another worker's by now is told nothing.
    void hangUpAll(LegEnd.Cause cause, String reason) {
        mailbox.post(() -> {
            if (handedOver) {
                host.abandon(this);
            } else {
                hangUp(cause, reason);
            }
        });
    }

    void stopRecordings() {
        post(recordings::stopAll);
    }

    /// Stops at once, from whatever thread: no more media, no report, and no message but to peers
    /// that nobody else can have, which are told that it is over. What its mailbox still holds has
    /// no other effect.
    void silence() {
        silenced = true;
        host.ports().engine().release(id);
        mailbox.post(() -> {
            letGo();
            if (!recordings.isEmpty()) {
                recordings.abandon();
                host.ports().engine().release(id); // one may have begun meanwhile
            }
            settle();
        });
    }

    private void letGo() {
        if (silenced && !left) {
            left = true;
            legs.values().forEach(RunningLeg::abandon);
            legs.values().removeIf(RunningLeg::isForgotten);
        }
    }

    /// What a leg owes its peer, also when the call was silenced.
    void keepUp(Runnable task) {
        mailbox.post(() -> {
            letGo();
            task.run();
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

    /// A bug or a broken part: this call ends, and says so; the others do not notice.
    private void failed(Throwable failure) {
        LOG.atError()
                .addKeyValue("serverCallId", id)
                .setCause(failure)
                .log("a call failed in this worker and is ended");
        List.copyOf(legs.values()).forEach(RunningLeg::fail);
        settle();
    }

    private void take(MediaOrder order, @Nullable TraceContext cause) {
        Placement known = placement;
        if (known != null && known.placementEpoch() > order.placement().placementEpoch()) {
            return;
        }
        if (known == null || known.placementEpoch() < order.placement().placementEpoch()) {
            placement = order.placement();
            lastOrder = 0;
            released = false;
            handedOver = false;
            recordings.placed();
        }
        if (order.orderSequence() <= lastOrder || silenced) {
            return;
        }
        lastOrder = order.orderSequence();
        trace.ordered(order.command(), cause);
        obey(order.command(), order.placement());
        settle();
    }

    private void obey(MediaCommand command, Placement here) {
        MediaEngine engine = host.ports().engine();
        switch (command) {
            case MediaCommand.Dial dial -> dial(dial);
            case MediaCommand.HangUpLeg(var leg) ->
                    tell(leg, new LegInput.HangUp(LegEnd.Cause.LOCAL_HANG_UP, "hung up"));
            case MediaCommand.RingLeg(var leg) -> tell(leg, new LegInput.SayRinging());
            case MediaCommand.AnswerLeg(var leg, boolean reportTones) ->
                    tell(leg, new LegInput.Answer(reportTones));
            case MediaCommand.RejectLeg(var leg, int status, var reason) ->
                    tell(leg, new LegInput.Reject(status, reason));
            case MediaCommand.NotifyReferrer(var leg, int status, var reason) ->
                    tell(leg, new LegInput.Notify(status, reason));
            case MediaCommand.ReleaseLeg(var leg) -> tell(leg, new LegInput.Release());
            case MediaCommand.AdoptLeg adoption -> adopt(adoption);
            case MediaCommand.StartPlay play -> engine.startPlay(id, play);
            case MediaCommand.StopPlay(var operation) -> engine.stopPlay(id, operation);
            case MediaCommand.StartRecognize recognize -> engine.startRecognize(id, recognize);
            case MediaCommand.StopRecognize(var operation) -> engine.stopRecognize(id, operation);
            case MediaCommand.MuteLeg(var leg, boolean muted) -> engine.muteLeg(id, leg, muted);
            case MediaCommand.HoldLeg hold -> engine.holdLeg(id, hold);
            case MediaCommand.UnholdLeg(var leg) -> engine.unholdLeg(id, leg);
            case MediaCommand.ReportTones(var leg, boolean on) -> engine.reportTones(id, leg, on);
            case MediaCommand.PressTone key -> engine.pressTone(id, key);
            case MediaCommand.SendTones tones -> engine.sendTones(id, tones);
            case MediaCommand.HandOverCall() -> handedOver = true;
            case MediaCommand.AbandonCall(var ended) -> {
                recordings.stopAll(); // what was recorded so far goes to Kafka
                host.abandon(this);
                if (ended != null) {
                    LegInput over = new LegInput.HangUp(LegEnd.Cause.WORKER_FAILURE, FAILURE);
                    ended.forEach(leg -> tell(leg, over));
                }
            }
            case MediaCommand.ReleaseCall() -> {
                released = true;
                hangUp(LegEnd.Cause.LOCAL_HANG_UP, "released");
                recordings.stopAll();
                engine.release(id);
            }
            case MediaCommand.StartStream stream ->
                    engine.startStream(id, StreamRequest.of(stream));
            case MediaCommand.StartTranscription words ->
                    engine.startStream(id, StreamRequest.of(words));
            case MediaCommand.UpdateTranscription update -> engine.updateTranscription(id, update);
            case MediaCommand.StreamLeg leg -> engine.streamLeg(id, leg);
            case MediaCommand.StopStream(var stream) -> engine.stopStream(id, stream);
            case MediaCommand.StartRecording start -> recordings.start(start, here);
            case MediaCommand.RecordLeg leg -> engine.recordLeg(id, leg);
            case MediaCommand.PauseRecording(var recording) -> engine.pauseRecording(id, recording);
            case MediaCommand.ResumeRecording(var recording) ->
                    engine.resumeRecording(id, recording);
            case MediaCommand.StopRecording(var recording) -> {
                if (recordings.stop(recording)) {
                    report(new MediaEvent.RecordingStopped(recording, 0));
                }
            }
        }
    }

    private void tell(LegId leg, LegInput input) {
        RunningLeg runner = legs.get(leg);
        if (runner != null) {
            runner.input(input);
        }
    }

    private void adopt(MediaCommand.AdoptLeg adoption) {
        if (legs.containsKey(adoption.leg())) {
            return;
        }
        if (!counted) {
            host.admission().join();
            counted = true;
        }
        LegRunner runner = new LegRunner(this, host, adoption.leg());
        legs.put(adoption.leg(), runner);
        log.of(adoption.leg())
                .addKeyValue("sipCallId", adoption.dialog().sipCallId())
                .log("leg is taken over");
        runner.adopt(
                new LegBasis(
                        id,
                        adoption.leg(),
                        0,
                        host.settings().local(),
                        host.settings().timings(),
                        host.directory()),
                adoption);
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
        List<Trunk> contacts = host.users().contacts(dial.target());
        if (contacts.isEmpty() && host.routing().candidates(dial.target()).isEmpty()) {
            refuse(
                    dial,
                    LegEnd.Cause.NO_ROUTE,
                    dial.target() instanceof Identifier.CommunicationUser
                            ? "no phone of this user is registered"
                            : "no trunk for this target");
            return;
        }
        OptionalInt port =
                host.ports().engine().openLeg(id, dial.leg(), ToneReports.of(dial.reportTones()));
        if (port.isEmpty()) {
            refuse(dial, LegEnd.Cause.NO_CAPACITY, "no RTP port is free");
            return;
        }
        RunningLeg runner =
                contacts.isEmpty()
                        ? new LegRunner(this, host, dial.leg())
                        : new ForkRunner(this, host, dial.leg(), contacts);
        legs.put(dial.leg(), runner);
        log.of(dial.leg())
                .addKeyValue("target", Masked.number(dial.target().rawId()))
                .log("leg rings");
        runner.input(
                new LegInput.Ring(
                        new LegPlan(
                                id,
                                shown(dial),
                                port.getAsInt(),
                                host.settings().local(),
                                host.settings().timings(),
                                host.directory())));
    }

    /// The order with its caller as the far end is told.
    private MediaCommand.Dial shown(MediaCommand.Dial dial) {
        return new MediaCommand.Dial(
                dial.leg(),
                dial.target(),
                host.users().shown(dial.caller()),
                dial.callerDisplayName(),
                dial.ringTimeout(),
                dial.reportTones(),
                dial.sipHeaders());
    }

    private void refuse(MediaCommand.Dial dial, LegEnd.Cause cause, String reason) {
        report(new MediaEvent.LegEnded(dial.leg(), new LegEnd(cause, 0, reason)));
    }

    private void hangUp(LegEnd.Cause cause, String reason) {
        List<RunningLeg> all = new ArrayList<>(legs.values());
        all.forEach(runner -> runner.input(new LegInput.HangUp(cause, reason)));
        settle();
    }

    /// Reports a fact of this call, unless nobody wants to know any more.
    void report(MediaEvent event) {
        Placement present = placement;
        if (present == null || silenced) {
            return;
        }
        log.describe(event);
        TraceContext cause = trace.of(event);
        Placement begun = recordings.placementOf(event);
        boolean wanted = begun != null || !released || event instanceof MediaEvent.RecordingStopped;
        if (wanted && (!handedOver || isOfThePeer(event))) {
            host.ports()
                    .reports()
                    .report(
                            new MediaReport(
                                    id,
                                    begun == null ? present : begun,
                                    host.ports().clock().instant(),
                                    event),
                            cause);
        }
        recordings.reported(event);
    }

    /// What only who serves a phone can hear, also when another worker has the call by now.
    private static boolean isOfThePeer(MediaEvent event) {
        return event instanceof MediaEvent.ToneReceived
                || event instanceof MediaEvent.ToneCollected
                || event instanceof MediaEvent.RecognizeEnded;
    }

    void attempting(LegId leg, String trunk, String sipCallId) {
        log.attempting(leg, trunk, sipCallId);
    }

    private void settle() {
        legs.values().removeIf(RunningLeg::isForgotten);
        if (counted && legs.values().stream().allMatch(RunningLeg::isOver)) {
            counted = false;
            host.admission().left();
        }
        if (legs.isEmpty() && !leaving && !silenced) {
            leaving = true;
            var _ =
                    host.ports()
                            .threads()
                            .schedule(
                                    () -> mailbox.post(this::leave),
                                    host.settings().timings().linger());
        }
    }

    /// A call without legs is kept for a while: for late orders, and for the last facts of its
    /// operations; and as long as it is recorded.
    private void leave() {
        leaving = false;
        if (!legs.isEmpty() || !recordings.isEmpty()) {
            return;
        }
        if (host.forget(this)) {
            host.ports().engine().release(id);
        } else {
            settle();
        }
    }
}

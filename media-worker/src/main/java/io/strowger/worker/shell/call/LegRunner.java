package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.SrtpKeys;
import io.strowger.worker.core.leg.AttemptIds;
import io.strowger.worker.core.leg.LegAct;
import io.strowger.worker.core.leg.LegBasis;
import io.strowger.worker.core.leg.LegDecision;
import io.strowger.worker.core.leg.LegInput;
import io.strowger.worker.core.leg.LegMachine;
import io.strowger.worker.core.leg.LegState;
import io.strowger.worker.core.leg.LegTimer;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.route.TrunkLoad.Grant;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One leg at work: keeps its state, does its acts. Used only inside the mailbox of its call.
final class LegRunner implements RunningLeg {
    private static final Logger LOG = LoggerFactory.getLogger(LegRunner.class);
    private final Call call;
    private final CallHost host;
    private final LegId leg;
    private final LegOutlet outlet;
    private final @Nullable Trunk only;
    private final List<String> sipCallIds = new ArrayList<>();
    private final SipSpans sip;
    private final Map<LegTimer, Running> timers = new EnumMap<>(LegTimer.class);
    private LegState state = LegMachine.initial();
    private long timerNumber;
    private boolean forgotten;
    private boolean endReported;
    private @Nullable Identifier adoptedOverConnection;
    private @Nullable String heldTrunk;

    private record Running(long number, CallThreads.Pending task) {}

    LegRunner(Call call, CallHost host, LegId leg) {
        this(call, host, leg, LegOutlet.of(call, host, leg), null);
    }

    /// @param only the one way there is, which has no caps; null: trunks by the target's number
    LegRunner(Call call, CallHost host, LegId leg, LegOutlet outlet, @Nullable Trunk only) {
        this.call = call;
        this.host = host;
        this.leg = leg;
        this.outlet = outlet;
        this.only = only;
        this.sip = new SipSpans(host.ports().spans());
    }

    boolean hasSipCallId(String sipCallId) {
        return sipCallIds.contains(sipCallId);
    }

    @Override
    public boolean isOver() {
        return LegMachine.isOver(state) || forgotten;
    }

    @Override
    public boolean isForgotten() {
        return forgotten;
    }

    /// Starts with a call that came in, whose Call-ID is listened to already.
    ///
    /// @param trunk whose channel is held; null: none
    /// @param srtp of its media
    void arrive(
            LegBasis basis,
            IncomingInvite invite,
            Arrival.Welcome welcome,
            @Nullable Trunk trunk,
            SrtpPolicy srtp) {
        heldTrunk = trunk == null ? null : trunk.name();
        String sipCallId = invite.request().sipCallId();
        sipCallIds.add(sipCallId);
        call.trace().began(leg, sip.arrived(invite));
        input(new LegInput.Arrive(basis, invite, welcome, trunk, srtp, attemptIds(sipCallId)));
    }

    /// Starts with a dialog that was given away elsewhere.
    void adopt(LegBasis basis, MediaCommand.AdoptLeg adoption) {
        DialogRecord dialog = adoption.dialog();
        adoptedOverConnection = dialog.transport().equals("udp") ? null : adoption.participant();
        listen(dialog.sipCallId());
        input(
                new LegInput.Adopt(
                        basis,
                        dialog,
                        new ToneReports(
                                adoption.reportTones(),
                                adoption.tonesReported(),
                                adoption.lastPress()),
                        adoption.stillServed(),
                        host.trunkAt(dialog.peerAddress()),
                        attemptIds(dialog.sipCallId())));
    }

    private void listen(String sipCallId) {
        sipCallIds.add(sipCallId);
        host.listen(sipCallId, call, leg);
    }

    @Override
    public void input(LegInput input) {
        if (input instanceof LegInput.Ring(var plan)) {
            sip.mediaAt(plan.rtpPort());
        }
        LegDecision decision = LegMachine.decide(state, input);
        state = decision.state();
        decision.acts().forEach(this::act);
        if (input instanceof LegInput.Heard(var signal)) {
            sip.heard(signal);
        }
        decision.facts().forEach(this::report);
    }

    private void report(MediaEvent fact) {
        endReported |=
                fact instanceof MediaEvent.LegEnded || fact instanceof MediaEvent.LegReleased;
        outlet.report(fact);
    }

    @Override
    public void fail() {
        boolean broken = isOver();
        if (!broken) {
            try {
                input(new LegInput.HangUp(LegEnd.Cause.WORKER_FAILURE, Call.FAILURE));
                broken = isOver();
            } catch (RuntimeException | Error e) {
                LOG.atWarn().addKeyValue("legId", leg).setCause(e).log("leg ended without a word");
                broken = true;
            }
        }
        if (broken && !endReported) {
            drop();
            report(
                    new MediaEvent.LegEnded(
                            leg, new LegEnd(LegEnd.Cause.WORKER_FAILURE, 0, Call.FAILURE)));
            outlet.closeMedia();
        }
    }

    private void act(LegAct act) {
        switch (act) {
            case LegAct.SeekTrunk(var target, var tried) ->
                    seek(host.routing().candidates(target), tried);
            case LegAct.ReleaseTrunk(var trunk) -> {
                if (only == null) {
                    host.trunkLoad().release(trunk);
                    heldTrunk = null;
                }
            }
            case LegAct.Send(var request) -> {
                sip.sent(request, call.trace().of(leg));
                SipRequest routed = routed(request);
                if (opensConnection(request)) {
                    host.aside(() -> sendAside(routed));
                } else {
                    host.ports().wire().send(routed);
                }
            }
            case LegAct.SendAck(var ack) -> host.ports().wire().sendAck(routed(ack));
            case LegAct.Cancel(var sipCallId) -> host.ports().wire().cancel(sipCallId);
            case LegAct.Reply(var reply) -> {
                host.ports().wire().reply(reply);
                sip.replied(reply);
            }
            case LegAct.ReplyAgain(long exchange) -> host.ports().wire().replyAgain(exchange);
            case LegAct.OpenMedia(var reports) -> {
                OptionalInt port = host.ports().engine().openLeg(call.id(), leg, reports);
                sip.mediaAt(port.orElse(0));
                input(
                        port.isPresent()
                                ? new LegInput.MediaOpened(port.getAsInt())
                                : new LegInput.MediaRefused());
            }
            case LegAct.Connect(var audio) -> {
                sip.connected(audio);
                outlet.connect(audio);
            }
            case LegAct.CloseMedia() -> outlet.closeMedia();
            case LegAct.Schedule(var timer, var after) -> schedule(timer, after);
            case LegAct.Unschedule(var timer) -> unschedule(timer);
            case LegAct.Forget() -> forget();
        }
    }

    private SipRequest routed(SipRequest request) {
        Identifier user = adoptedOverConnection;
        return user == null ? request : host.users().toNow(user, request);
    }

    /// The connection of a phone may be gone, and to find that out may take seconds, in which the
    /// user's other phones must be heard. Whatever follows an INVITE waits for its first answer, so
    /// nothing can overtake it.
    private boolean opensConnection(SipRequest request) {
        return request.method().equals("INVITE")
                && (adoptedOverConnection != null
                        || only != null && only.uri().transport().equals("tcp"));
    }

    private void sendAside(SipRequest request) {
        try {
            host.ports().wire().send(request);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("legId", leg).setCause(e).log("an INVITE was not sent");
            call.heard(
                    leg,
                    new SipSignal.RequestFailed(
                            request.sipCallId(), request.method(), request.cseq(), "not sent"));
        }
    }

    private void seek(List<Trunk> candidates, java.util.Set<String> tried) {
        if (only != null) {
            if (tried.isEmpty()) {
                attempt(only);
            } else {
                input(new LegInput.TrunkRefused(LegEnd.Cause.NO_ROUTE, "no other way"));
            }
            return;
        }
        switch (host.trunkLoad().take(candidates, tried, host.ports().steadyNs().getAsLong())) {
            case Grant.Granted(var trunk) -> {
                heldTrunk = trunk.name();
                attempt(trunk);
            }
            case Grant.Busy() ->
                    input(
                            new LegInput.TrunkRefused(
                                    LegEnd.Cause.NO_CAPACITY, "all trunks are full"));
            case Grant.None() ->
                    input(
                            new LegInput.TrunkRefused(
                                    LegEnd.Cause.NO_ROUTE, "no trunk for this target"));
        }
    }

    private AttemptIds attemptIds(String sipCallId) {
        return new AttemptIds(
                sipCallId,
                hex(8),
                hex(8),
                Arrays.stream(CryptoSuite.values())
                        .map(suite -> SrtpKeys.of(suite, random(SrtpKeys.BYTES)))
                        .toList());
    }

    private void attempt(Trunk trunk) {
        AttemptIds ids = attemptIds(hex(16) + "@" + host.settings().local().host());
        listen(ids.sipCallId());
        call.attempting(leg, trunk.name(), ids.sipCallId());
        input(new LegInput.TrunkGranted(trunk, ids));
    }

    private String hex(int bytes) {
        return HexFormat.of().formatHex(random(bytes));
    }

    private byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        host.ports().random().nextBytes(random);
        return random;
    }

    private void schedule(LegTimer timer, Duration after) {
        unschedule(timer);
        long number = ++timerNumber;
        Runnable due = () -> call.keepUp(() -> fired(timer, number));
        timers.put(timer, new Running(number, host.ports().threads().schedule(due, after)));
    }

    /// A timer that was stopped or started anew while its task waited in the mailbox is not due.
    private void fired(LegTimer timer, long number) {
        Running running = timers.get(timer);
        if (running != null && running.number() == number) {
            timers.remove(timer);
            input(new LegInput.Fired(timer));
        }
    }

    private void unschedule(LegTimer timer) {
        Running running = timers.remove(timer);
        if (running != null) {
            running.task().cancel();
        }
    }

    @Override
    public void abandon() {
        if (LegMachine.isOurs(state)) {
            input(new LegInput.HangUp(LegEnd.Cause.WORKER_FAILURE, Call.FAILURE));
            return;
        }
        drop();
    }

    private void drop() {
        if (heldTrunk != null) {
            host.trunkLoad().release(heldTrunk);
            heldTrunk = null;
        }
        forget();
    }

    @Override
    public void lose() {
        boolean ours = LegMachine.isOurs(state);
        abandon();
        if (!ours && !endReported) {
            report(
                    new MediaEvent.LegEnded(
                            leg,
                            new LegEnd(
                                    LegEnd.Cause.MEDIA_LOST,
                                    0,
                                    "no RTP came while Kafka could not be reached")));
        }
        outlet.closeMedia();
    }

    private void forget() {
        if (forgotten) {
            return;
        }
        forgotten = true;
        sip.over();
        sipCallIds.forEach(sipCallId -> host.forget(sipCallId, call));
        List.copyOf(timers.keySet()).forEach(this::unschedule);
    }
}

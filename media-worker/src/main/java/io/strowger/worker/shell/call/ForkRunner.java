package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.fork.Fork;
import io.strowger.worker.core.fork.ForkAct;
import io.strowger.worker.core.fork.ForkInput;
import io.strowger.worker.core.fork.ForkState;
import io.strowger.worker.core.leg.LegInput;
import io.strowger.worker.core.route.Callee;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.SipSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leg that rings at all phones of a user: each branch is a [LegRunner] of its own, with its own
/// Call-ID and the same port and offer; [Fork] decides which of them is the leg. Used only inside
/// the mailbox of its call.
final class ForkRunner implements RunningLeg {
    private final LegOutlet outlet;
    private final List<Branch> branches = new ArrayList<>();
    private ForkState state;

    /// @param contacts one way for each branch, at least one
    ForkRunner(Call call, CallHost host, LegId leg, List<Trunk> contacts) {
        this.outlet = LegOutlet.of(call, host, leg);
        this.state = Fork.of(contacts.size());
        for (Trunk contact : contacts) {
            int number = branches.size();
            branches.add(
                    new Branch(
                            new LegRunner(call, host, leg, new BranchOutlet(number), contact),
                            contact.callee()));
        }
    }

    private record Branch(LegRunner runner, @Nullable Callee callee) {
        /// The phone's answer, with the way that reaches it in front of those it named.
        SipSignal reached(SipSignal signal) {
            return callee != null && signal instanceof SipSignal.ResponseArrived(var response)
                    ? new SipSignal.ResponseArrived(response.reachedBy(callee.routes()))
                    : signal;
        }
    }

    private final class BranchOutlet implements LegOutlet {
        private final int number;

        private BranchOutlet(int number) {
            this.number = number;
        }

        @Override
        public void report(MediaEvent fact) {
            decide(new ForkInput.Told(number, fact));
        }

        @Override
        public void connect(NegotiatedAudio audio) {
            if (Fork.mayConnect(state, number)) {
                outlet.connect(audio);
            }
        }

        @Override
        public void closeMedia() {
            // The leg's media end with the leg: see `act`.
        }
    }

    @Override
    public void input(LegInput input) {
        switch (input) {
            case LegInput.Ring ring -> branches.forEach(branch -> branch.runner().input(ring));
            case LegInput.HangUp(var cause, var reason) ->
                    decide(new ForkInput.HangUp(cause, reason));
            case LegInput.Release() when Fork.winner(state) < 0 ->
                    decide(
                            new ForkInput.HangUp(
                                    LegEnd.Cause.LOCAL_HANG_UP, "given away too early"));
            case LegInput.Heard(var signal) -> heard(signal);
            case LegInput ofTheLeg -> {
                if (Fork.winner(state) >= 0) {
                    branches.get(Fork.winner(state)).runner().input(ofTheLeg);
                }
            }
        }
    }

    private void heard(SipSignal signal) {
        String sipCallId =
                switch (signal) {
                    case SipSignal.ResponseArrived(var response) -> response.sipCallId();
                    case SipSignal.RequestArrived(var request) -> request.sipCallId();
                    case SipSignal.RequestFailed(var id, _, _, _) -> id;
                    case SipSignal.InviteRepeated(var invite) -> invite.request().sipCallId();
                };
        for (Branch branch : branches) {
            if (branch.runner().hasSipCallId(sipCallId)) {
                branch.runner().input(new LegInput.Heard(branch.reached(signal)));
                return;
            }
        }
    }

    private void decide(ForkInput input) {
        Fork.Decision decision = Fork.decide(state, input);
        state = decision.state();
        decision.acts().forEach(this::act);
    }

    private void act(ForkAct act) {
        switch (act) {
            case ForkAct.Report(var fact) -> {
                if (fact instanceof MediaEvent.LegEnded || fact instanceof MediaEvent.LegReleased) {
                    outlet.closeMedia();
                }
                outlet.report(fact);
            }
            case ForkAct.HangUp(int branch, var cause, var reason) ->
                    branches.get(branch).runner().input(new LegInput.HangUp(cause, reason));
        }
    }

    @Override
    public boolean isOver() {
        return branches.stream().allMatch(branch -> branch.runner().isOver());
    }

    @Override
    public boolean isForgotten() {
        return branches.stream().allMatch(branch -> branch.runner().isForgotten());
    }

    @Override
    public void fail() {
        branches.forEach(branch -> branch.runner().fail());
    }

    @Override
    public void abandon() {
        branches.forEach(branch -> branch.runner().abandon());
    }

    @Override
    public void lose() {
        branches.forEach(branch -> branch.runner().lose());
    }
}

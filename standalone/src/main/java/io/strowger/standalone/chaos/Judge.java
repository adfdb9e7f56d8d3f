package io.strowger.standalone.chaos;

import io.strowger.phone.PhoneCall;
import io.strowger.standalone.chaos.Row.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Finds out what became of a call, and ends it. For many threads.
final class Judge {
    private static final Duration GOODBYE = Duration.ofSeconds(20);
    private static final int LOOK_MS = 100;
    private final PrintWriter out;
    private final Application application;
    private final Caller caller;

    /// @param out is told why a call is not as it was
    Judge(PrintWriter out, Application application, Caller caller) {
        this.out = out;
        this.application = application;
        this.caller = caller;
    }

    Row judge(int round, Fault fault, Situation one) throws InterruptedException {
        boolean survived = survived(one);
        List<Long> gapsMs =
                one.ears().stream().map(ear -> ear.call().takeLongestGap().toMillis()).toList();
        boolean told = application.has(one.path(), one.over());
        boolean ended = end(one);
        Outcome outcome =
                survived && ended
                        ? Outcome.SURVIVED
                        : told && ended ? Outcome.ENDED_WITH_EVENT : Outcome.LOST;
        if (outcome != Outcome.SURVIVED) {
            explain(one, survived, ended);
        }
        return new Row(
                round,
                new Row.Cell(fault, one.state(), one.leg()),
                outcome,
                gapsMs,
                application.lost(one.path()),
                application.doubled(one.path()));
    }

    private boolean survived(Situation one) throws InterruptedException {
        try {
            return one.proof().holds();
        } catch (IOException e) {
            say(one, e.toString());
            return false;
        }
    }

    private void explain(Situation one, boolean survived, boolean ended) {
        List<String> events =
                application.at(one.path()).stream()
                        .map(event -> event.sequence() + " " + event.type())
                        .toList();
        List<String> phones =
                one.ears().stream()
                        .map(ear -> ear.call().state() + " " + ear.call().endReason())
                        .toList();
        say(
                one,
                (survived ? "did" : "did not do")
                        + " what comes next, "
                        + (ended ? "ended" : "did not end")
                        + " when told to; connection "
                        + one.connection()
                        + ", events "
                        + events
                        + ", phones "
                        + phones);
    }

    private void say(Situation one, String what) {
        synchronized (out) {
            out.println("# " + one.path() + ": " + what);
            out.flush();
        }
    }

    /// The last event shows whether any before it is missing, and the phones whether any was
    /// forgotten.
    ///
    /// @return whether the application was told, and no phone is in the call any more
    private boolean end(Situation one) throws InterruptedException {
        try {
            var _ =
                    caller.ask(
                            "POST",
                            "/calling/callConnections/" + one.connection() + ":terminate",
                            "");
        } catch (Caller.RefusedException overAlready) {
            if (one.state() != CallState.TRANSFERRING) {
                say(one, overAlready.toString());
            }
        } catch (IOException e) {
            say(one, e.toString());
        }
        return within(() ->
                application.has(one.path(), Judge::isTheEnd)
                        && one.ears().stream()
                                .allMatch(ear -> ear.call().state() == PhoneCall.State.ENDED));
    }

    private static boolean isTheEnd(Application.Event event) {
        return event.type().equals("CallDisconnected") || event.type().equals("CreateCallFailed");
    }

    private static boolean within(BooleanSupplier condition) throws InterruptedException {
        long endNs = System.nanoTime() + GOODBYE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
        return true;
    }
}

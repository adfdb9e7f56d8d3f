package io.strowger.worker.core.leg;

import io.strowger.worker.core.leg.LegState.Refreshing;
import io.strowger.worker.core.leg.LegState.Talking;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Session timers (RFC 4028): answered when asked, never asked for.
final class SessionTimer {
    static final int SMALLEST_SECONDS = 90;
    private static final int LONGEST_SECONDS = 86_400;

    private SessionTimer() {}

    /// @param seconds of the Session-Expires header
    /// @param refresher `uac` or `uas`; empty: not said
    record Asked(int seconds, String refresher) {}

    /// Null: no (readable) header.
    static @Nullable Asked read(@Nullable String sessionExpires) {
        if (sessionExpires == null) {
            return null;
        }
        String[] parts = sessionExpires.toLowerCase(Locale.ROOT).split(";");
        String number = parts[0].strip();
        if (!number.matches("[0-9]{1,9}")) {
            return null;
        }
        String refresher = "";
        for (String part : parts) {
            if (part.strip().startsWith("refresher=")) {
                refresher = part.strip().substring("refresher=".length()).strip();
            }
        }
        return new Asked(Math.min(LONGEST_SECONDS, Integer.parseInt(number)), refresher);
    }

    /// Whether the peer asks for more refreshes than we stand (RFC 4028 5, answered with 422).
    static boolean isTooShort(@Nullable Asked asked) {
        return asked != null && asked.seconds() < SMALLEST_SECONDS;
    }

    /// After a 2xx to a (re-)INVITE of ours: `uac` are we (RFC 4028 7.2).
    static LegDecision started(Talking state, @Nullable String sessionExpires) {
        Asked asked = read(sessionExpires);
        return asked == null || asked.seconds() == 0
                ? set(state, Refreshing.NONE)
                : set(
                        state,
                        new Refreshing(
                                Math.max(SMALLEST_SECONDS, asked.seconds()),
                                !asked.refresher().equals("uas")));
    }

    /// After a request of the peer was answered with [#answer]: `uac` is the peer.
    static LegDecision refreshed(Talking state, @Nullable Asked asked) {
        if (asked != null) {
            return set(state, new Refreshing(asked.seconds(), asked.refresher().equals("uas")));
        }
        return set(state, state.refreshing());
    }

    /// The headers of our 2xx to the peer's refresh (RFC 4028 9).
    static List<HeaderLine> answer(IncomingRequest request, @Nullable Asked asked) {
        List<HeaderLine> lines = new ArrayList<>();
        if (asked != null) {
            String refresher = asked.refresher().equals("uas") ? "uas" : "uac";
            lines.add(
                    new HeaderLine("Session-Expires", asked.seconds() + ";refresher=" + refresher));
            if (request.supported().contains("timer")) {
                lines.add(new HeaderLine("Require", "timer"));
            }
        }
        return lines;
    }

    private static LegDecision set(Talking state, Refreshing refreshing) {
        Talking next = state.with(refreshing);
        LegAct noRefresh = new LegAct.Unschedule(LegTimer.SESSION_REFRESH);
        LegAct noExpiry = new LegAct.Unschedule(LegTimer.SESSION_EXPIRY);
        if (refreshing.seconds() == 0) {
            return LegDecision.to(next, noRefresh, noExpiry);
        }
        long seconds = refreshing.seconds();
        return refreshing.byUs()
                ? LegDecision.to(
                        next,
                        noExpiry,
                        new LegAct.Schedule(
                                LegTimer.SESSION_REFRESH, Duration.ofSeconds(seconds / 2)))
                : LegDecision.to(
                        next,
                        noRefresh,
                        new LegAct.Schedule(
                                LegTimer.SESSION_EXPIRY,
                                Duration.ofSeconds(seconds - Math.min(32, seconds / 3))));
    }
}

package io.strowger.dispatcher.core.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How long to wait after each failed attempt.
///
/// @param steps the wait after the first, second... failure; after the last one the event is given
///   up
public record RetrySchedule(List<Duration> steps) {
    private static final double JITTER = 0.1;

    public RetrySchedule {
        steps = List.copyOf(steps);
    }

    /// Quick at first, as most outages are short, then the tail of the Standard Webhooks
    /// recommendation: 75.6 hours in all.
    public static RetrySchedule standard() {
        return new RetrySchedule(
                List.of(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)));
    }

    /// From the first attempt to the last.
    public Duration whole() {
        return steps.stream().reduce(Duration.ZERO, Duration::plus);
    }

    /// When to try next; empty: give up. An event that waited behind another one for the whole
    /// schedule gets a single attempt of its own: a receiver dead for days does not get days for
    /// each event.
    ///
    /// @param failures so far, at least 1
    /// @param since when the event was first taken up
    /// @param atLeast asked for by the receiver
    /// @param chance 0..1, of the jitter
    public Optional<Instant> next(
            int failures, Instant since, Instant now, Duration atLeast, double chance) {
        boolean tooOld = Duration.between(since, now).compareTo(whole()) >= 0;
        if (failures > steps.size() || tooOld) {
            return Optional.empty();
        }
        Duration step = steps.get(failures - 1);
        Duration wait = step.compareTo(atLeast) < 0 ? atLeast : step;
        return Optional.of(now.plus(wait).plusMillis((long) (wait.toMillis() * JITTER * chance)));
    }
}

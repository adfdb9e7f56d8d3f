package io.strowger.worker.core.route;

import java.time.Duration;

/// When a source that only scans is not listened to any more.
///
/// @param offences that make a ban; 0: nobody is ever banned
/// @param within which they must happen
/// @param time of a ban; each further one of the same source lasts twice as long, up to a day
public record BanRules(int offences, Duration within, Duration time) {
    public static BanRules standard() {
        return new BanRules(20, Duration.ofMinutes(1), Duration.ofMinutes(10));
    }
}

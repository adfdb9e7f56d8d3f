package io.strowger.deploy.scale;

/// What an installation is to carry.
///
/// @param calls under way at once
/// @param meanCallSeconds how long one lasts
/// @param commandsPerCall what applications ask for in a call's life: create, play, hang up ...
/// @param eventsPerCall what they are told, each by a webhook
/// @param recordedShare of the calls that are recorded, 0..1
public record Load(
        long calls,
        double meanCallSeconds,
        double commandsPerCall,
        double eventsPerCall,
        double recordedShare) {
    public Load {
        if (calls < 1 || meanCallSeconds <= 0 || commandsPerCall < 0 || eventsPerCall < 0) {
            throw new IllegalArgumentException("a load is of calls that last");
        }
        if (recordedShare < 0 || recordedShare > 1) {
            throw new IllegalArgumentException("recordedShare is 0..1, not " + recordedShare);
        }
    }

    /// Reminders and surveys: three minutes, four commands, six events, one in ten recorded.
    public static Load ofCalls(long calls) {
        return new Load(calls, 180, 4, 6, 0.1);
    }

    /// New calls a second.
    public double arrivalsPerSecond() {
        return calls / meanCallSeconds;
    }
}

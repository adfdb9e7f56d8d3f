package io.strowger.standalone.chaos;

import java.util.Locale;

/// What a call is at when something breaks.
public enum CallState {
    RINGING,
    CONNECTED,
    PLAYING,
    RECOGNISING,
    RECORDING,
    HELD,
    GROUP,
    TRANSFERRING;

    /// As it is printed, and asked for on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

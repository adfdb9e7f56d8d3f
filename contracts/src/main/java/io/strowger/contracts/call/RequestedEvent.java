package io.strowger.contracts.call;

/// Events that a connection of the 2021 line gets only when it asks.
public enum RequestedEvent {
    PARTICIPANTS_UPDATED,
    DTMF_RECEIVED
}

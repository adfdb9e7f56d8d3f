package io.strowger.contracts.call;

/// `callConnectionState` of the API.
public enum ConnectionState {
    UNKNOWN,
    CONNECTING,
    CONNECTED,
    TRANSFERRING,
    TRANSFER_ACCEPTED,
    DISCONNECTING,
    DISCONNECTED
}

package io.strowger.contracts.kafka;

/// A record's bytes cannot be read as what its topic holds.
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}

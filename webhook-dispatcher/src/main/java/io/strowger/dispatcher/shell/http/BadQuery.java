package io.strowger.dispatcher.shell.http;

/// A request of an operator that says what it may not; the message is for them.
final class BadQuery extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadQuery(String message) {
        super(message);
    }
}

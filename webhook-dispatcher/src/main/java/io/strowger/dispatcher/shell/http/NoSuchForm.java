package io.strowger.dispatcher.shell.http;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.event.SubscriberEvent;

/// An event that the API version of its connection has no form for.
final class NoSuchForm extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchForm(SubscriberEvent event, ApiVersion version) {
        super(event.getClass().getSimpleName() + " has no form in " + version.wire());
    }
}

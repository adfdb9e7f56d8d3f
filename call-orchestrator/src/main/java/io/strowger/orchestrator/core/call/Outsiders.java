package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;

/// Who is told of a call without being in it: one account for each API version keeps what they were
/// told, so that their events have numbers without gaps, too.
final class Outsiders {
    private Outsiders() {}

    static Connection account(Draft draft, ApiVersion version) {
        return draft.call().connections().stream()
                .filter(one -> one.isOutside() && one.version() == version)
                .findFirst()
                .orElseGet(() -> {
                    Connection account =
                            Connection.of(
                                    draft.call().nextConnectionId(), version, Profile.outside());
                    draft.add(new CallEvent.ConnectionMade(account));
                    return account;
                });
    }
}

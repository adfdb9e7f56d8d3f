package io.strowger.worker.core.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/// Clients that cannot choose. Some phones give up when one of several challenges names an
/// algorithm they do not have, though RFC 8760 2.4 tells them to pass it over; they come back later
/// and ask anew. Who asks again without having answered is offered MD5 alone from then on. That
/// gives nothing away: MD5 is offered to everybody who asks once. Remembers the clients that asked
/// last. Safe for use by many threads.
final class PlainClients {
    private final Map<String, Boolean> isPlain;

    PlainClients(int most) {
        this.isPlain = new Recent(most);
    }

    /// A client asks without an answer to any challenge.
    ///
    /// @return whether it is to be offered MD5 alone
    synchronized boolean asks(String client) {
        boolean again = isPlain.containsKey(client);
        isPlain.put(client, again);
        return again;
    }

    /// A client answered a challenge: if that was one of two, it can choose.
    synchronized void answers(String client) {
        if (Boolean.FALSE.equals(isPlain.get(client))) {
            isPlain.remove(client);
        }
    }

    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;
        private final int most;

        private Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > most;
        }
    }
}

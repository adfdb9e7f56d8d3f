package io.strowger.worker.core.registration;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.sip.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The contacts of all users, as read from `sip.registrations`; what has expired is left out
/// whether or not its end has been written. Written by one thread, read by any.
public final class Registrations {
    private static final Comparator<Registration> BEST_FIRST =
            Comparator.comparingInt(Registration::priority)
                    .reversed()
                    .thenComparing(Registration::registeredAt, Comparator.reverseOrder());
    private final InstantSource clock;
    private final Map<String, Registration> byKey = new HashMap<>();
    private final Map<CommunicationUser, Map<String, Registration>> byUser = new HashMap<>();
    private final Map<String, Integer> sources = new HashMap<>();
    private final Map<String, Integer> hosts = new HashMap<>();

    public Registrations(InstantSource clock) {
        this.clock = clock;
    }

    /// The key of a contact's record.
    ///
    /// @param binding the contact as it is compared
    static String key(CommunicationUser user, String binding) {
        return user.id() + " " + binding;
    }

    /// Takes one record of the topic.
    ///
    /// @param registration null: it is gone
    public synchronized void apply(String key, @Nullable Registration registration) {
        Registration before =
                registration == null ? byKey.remove(key) : byKey.put(key, registration);
        if (before != null) {
            byUser.computeIfPresent(
                    before.user(),
                    (_, contacts) -> {
                        contacts.remove(key);
                        return contacts.isEmpty() ? null : contacts;
                    });
            less(sources, before.source());
            less(hosts, host(before.source()));
        }
        if (registration != null) {
            byUser.computeIfAbsent(registration.user(), _ -> new TreeMap<>())
                    .put(key, registration);
            sources.merge(registration.source(), 1, Integer::sum);
            hosts.merge(host(registration.source()), 1, Integer::sum);
        }
    }

    private static void less(Map<String, Integer> counts, String name) {
        counts.computeIfPresent(name, (_, count) -> count == 1 ? null : count - 1);
    }

    private static String host(String source) {
        return source.substring(0, Math.max(0, source.lastIndexOf(':')));
    }

    /// The user's present contacts, the best one first.
    public List<Registration> of(CommunicationUser user) {
        List<Registration> present = new ArrayList<>(byKey(user).values());
        present.sort(BEST_FIRST);
        return List.copyOf(present);
    }

    /// The user's present contacts by the keys of their records.
    public synchronized Map<String, Registration> byKey(CommunicationUser user) {
        Instant now = clock.instant();
        Map<String, Registration> present = new TreeMap<>();
        byUser.getOrDefault(user, Map.of())
                .forEach((key, registration) -> {
                    if (registration.expiresAt().isAfter(now)) {
                        present.put(key, registration);
                    }
                });
        return present;
    }

    /// Whether a contact was registered from here and is not known to be gone.
    ///
    /// @param source host:port
    public synchronized boolean isSource(String source) {
        return sources.containsKey(source);
    }

    /// The same of an address, whatever the port.
    public synchronized boolean isHost(String host) {
        return hosts.containsKey(host);
    }

    /// Keys of contacts that expired at least `ago` before now and still stand in the topic.
    public synchronized List<String> expired(Duration ago) {
        Instant limit = clock.instant().minus(ago);
        return byKey.entrySet().stream()
                .filter(entry -> !entry.getValue().expiresAt().isAfter(limit))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Contacts that stand in the topic.
    public synchronized int size() {
        return byKey.size();
    }
}

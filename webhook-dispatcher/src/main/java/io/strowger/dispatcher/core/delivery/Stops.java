package io.strowger.dispatcher.core.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Receivers that have said they want no more: 410 Gone. A callback URI belongs to its connection;
/// an application's subscription to no call, so that a 410 from there counts for all.
final class Stops {
    private static final Duration STOPPED_FOR = Duration.ofHours(24);

    /// What is over is deleted this much later: by then every dispatcher would know of a stop that
    /// was said anew in that moment, and none deletes it.
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Set<URI> subscriptions;
    private final Map<UUID, ReceiverStop> known = new HashMap<>();
    private Instant nextLook = Instant.MIN;

    Stops(Collection<URI> subscriptions) {
        this.subscriptions = Set.copyOf(subscriptions);
    }

    /// It said so just now.
    ReceiverStop say(LaneKey lane, String reason, Instant now) {
        Instant until = now.plus(STOPPED_FOR);
        ReceiverStop stop =
                subscriptions.contains(lane.uri())
                        ? ReceiverStop.ofSubscription(lane.uri(), reason, now, until)
                        : ReceiverStop.of(lane, reason, now, until);
        put(stop);
        return stop;
    }

    void put(ReceiverStop stop) {
        known.put(stop.id(), stop);
    }

    void lift(UUID id) {
        known.remove(id);
    }

    /// Why nothing more is posted; null while it is.
    @Nullable String reason(LaneKey lane, Instant now) {
        if (known.isEmpty()) {
            return null;
        }
        UUID id =
                subscriptions.contains(lane.uri())
                        ? ReceiverStop.id(lane.uri(), null, null)
                        : ReceiverStop.id(lane.uri(), lane.call(), lane.connection());
        ReceiverStop stop = known.get(id);
        return stop != null && now.isBefore(stop.until()) ? stop.reason() : null;
    }

    /// Takes those that are over for long; looks once a minute.
    List<UUID> takeForgotten(Instant now) {
        if (now.isBefore(nextLook)) {
            return List.of();
        }
        nextLook = now.plusSeconds(60);
        List<UUID> over = new ArrayList<>();
        known.values()
                .removeIf(stop -> {
                    boolean forgotten = !now.isBefore(stop.until().plus(FORGOTTEN_AFTER));
                    if (forgotten) {
                        over.add(stop.id());
                    }
                    return forgotten;
                });
        return over;
    }

    int count() {
        return known.size();
    }
}

package io.strowger.simulation;

import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.kafka.Topics;
import io.strowger.dispatcher.core.delivery.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/// The servers behind the webhooks: each well, slow, out of sorts, dead for a while or gone for
/// good. What they see is held against what was told: each event, in its order, and again only as
/// the same.
final class Receivers {
    static final URI GRID = URI.create("https://grid.example/events");
    static final URI COMING = URI.create("https://incoming.example/calls");
    private static final long TIMEOUT_MS = 5_000;
    private static final long WELL_AGAIN_MS = 45_000;
    private final World world;
    private final SplittableRandom random;
    private final Map<String, Mood> moods = new LinkedHashMap<>();
    private final Map<String, Map<Long, UUID>> seen = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Set<UUID> accepted = new HashSet<>();
    private final Set<UUID> buried = new HashSet<>();

    private enum Mood {
        WELL,
        SLOW,
        FLAKY,
        DEAD,
        GONE
    }

    Receivers(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    private Mood mood(EventRecord event) {
        Mood mood =
                moods.computeIfAbsent(
                        event.callbackUri().getHost(),
                        unused ->
                                switch (random.nextInt(12)) {
                                    case 0, 1 -> Mood.SLOW;
                                    case 2, 3, 4 -> Mood.FLAKY;
                                    case 5, 6 -> Mood.DEAD;
                                    case 7 -> Mood.GONE;
                                    default -> Mood.WELL;
                                });
        return mood != Mood.GONE && world.time.nowMs() > WELL_AGAIN_MS ? Mood.WELL : mood;
    }

    /// An attempt.
    ///
    /// @param done called once, later
    void post(EventRecord event, Consumer<Answer> done) {
        long delayMs = 1L + random.nextInt(50);
        switch (mood(event)) {
            case WELL -> world.time.after(delayMs, () -> take(event, 200, 5, done));
            case SLOW -> world.time.after(delayMs, () -> take(event, 202, 2_000, done));
            case FLAKY -> flaky(event, delayMs, done);
            case DEAD ->
                    world.time.after(delayMs, () -> done.accept(new Answer.Unreachable("refused")));
            case GONE ->
                    world.time.after(delayMs, () -> done.accept(new Answer.Responded(410, null)));
        }
    }

    /// Takes it and says so; takes it and says nothing; or takes nothing.
    private void flaky(EventRecord event, long delayMs, Consumer<Answer> done) {
        switch (random.nextInt(4)) {
            case 0 -> world.time.after(delayMs, () -> see(event));
            case 1 -> {
                Duration later = random.nextBoolean() ? Duration.ofSeconds(1) : null;
                world.time.after(delayMs, () -> done.accept(new Answer.Responded(503, later)));
                return;
            }
            default -> {
                world.time.after(delayMs, () -> take(event, 200, 5, done));
                return;
            }
        }
        world.time.after(TIMEOUT_MS, () -> done.accept(new Answer.TimedOut()));
    }

    private void take(EventRecord event, int status, long thinkMs, Consumer<Answer> done) {
        see(event);
        world.time.after(
                thinkMs,
                () -> {
                    accepted.add(event.eventId());
                    done.accept(new Answer.Responded(status, null));
                });
    }

    private static String lane(EventRecord event) {
        return event.call() + " " + event.connection() + " " + event.callbackUri();
    }

    private void see(EventRecord event) {
        if (event.event() instanceof SubscriberEvent.IncomingCall incoming) {
            world.application.told(incoming);
        }
        String lane = lane(event);
        UUID before =
                seen.computeIfAbsent(lane, unused -> new HashMap<>())
                        .putIfAbsent(event.sequence(), event.eventId());
        long next = last.getOrDefault(lane, 0L) + 1;
        if (before == null && event.sequence() != next) {
            world.judge.wrong("event " + event.sequence() + " reached " + lane + " as " + next);
        }
        if (before != null && !before.equals(event.eventId())) {
            world.judge.wrong("event " + event.sequence() + " came to " + lane + " as another one");
        }
        last.put(lane, Math.max(event.sequence(), last.getOrDefault(lane, 0L)));
    }

    void buried(EventRecord event, String reason) {
        world.trace("dead letters", () -> reason + ": " + event.event());
        buried.add(event.eventId());
        if (mood(event) != Mood.GONE) {
            world.judge.wrong("given up: " + event.event() + ", as " + reason);
        }
    }

    /// Whether nothing is on its way any more.
    boolean haveAll() {
        return world.kafka.all(Topics.CALL_EVENTS.name()).size() <= accepted.size() + buried.size();
    }

    /// At the end: every event was accepted, or could not be.
    void check() {
        world.kafka.all(Topics.CALL_EVENTS.name()).stream()
                .map(one -> SimKafka.decoded(Topics.CALL_EVENTS.codec(), one.value()))
                .filter(event ->
                        !accepted.contains(event.eventId()) && !buried.contains(event.eventId()))
                .forEach(event -> world.judge.wrong("never delivered: " + event.event()));
    }
}

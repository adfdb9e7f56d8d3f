package io.strowger.dispatcher.core.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.Events;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final URI APP = URI.create("https://app.example/a");
    private static final URI OTHER = URI.create("https://other.example/a");
    private static final URI SUBSCRIPTION = URI.create("https://app.example/incoming");
    private static final Answer OK = new Answer.Responded(200, null);
    private static final Answer GONE = new Answer.Responded(410, null);
    private static final Answer BROKEN = new Answer.Responded(500, null);
    private final Limits limits = new Limits(2, 100, 4, 100, Duration.ofSeconds(2));
    private final Deliveries deliveries =
            new Deliveries(
                    limits,
                    RetrySchedule.standard(),
                    new SplittableRandom(1),
                    Set.of(SUBSCRIPTION));
    private long offset;

    @BeforeEach
    void own() {
        deliveries.own(0, List.of(), 0, START);
    }

    @Test
    void triesTheSecondEventOnlyAfterTheFirstIsAccepted() {
        arrived("c", APP, 1);
        arrived("c", APP, 2);
        Effect.Post first = only(posts());

        deliveries.answered(first, OK, START);

        assertEquals(1, first.event().sequence());
        assertEquals(2, only(posts()).event().sequence());
    }

    @Test
    void aRefusedFirstEventHoldsTheSecondBackAndIsParked() {
        arrived("c", APP, 1);
        arrived("c", APP, 2);

        deliveries.answered(only(posts()), BROKEN, START);
        List<Effect> effects = deliveries.takeEffects();
        deliveries.tick(START.plusMillis(999));
        deliveries.tick(START.plusMillis(1_100));

        Effect.Park park = (Effect.Park) only(effects);
        assertEquals(1, park.parked().attempts());
        Effect.Post again = only(posts());
        assertEquals(1, again.event().sequence());
        assertEquals(2, again.attempt());
    }

    @Test
    void otherLanesOfTheSameCallGoOn() {
        arrived("c", APP, 1);
        deliveries.answered(only(posts()), BROKEN, START);
        deliveries.takeEffects();

        arrived("c", OTHER, 1);

        assertEquals(OTHER, only(posts()).event().callbackUri());
    }

    @Test
    void aServerHasAtMostItsSetNumberUnderWay() {
        for (int call = 0; call < 5; call++) {
            arrived("c" + call, APP, 1);
        }
        arrived("d", OTHER, 1);

        List<Effect.Post> started = posts();

        assertEquals(
                List.of(APP, APP, OTHER),
                started.stream().map(post -> post.event().callbackUri()).toList());
        deliveries.answered(started.getFirst(), OK, START);
        assertEquals(1, posts().size());
    }

    @Test
    void aServerThatFailedFiveTimesIsLeftAloneForASecondThenProbedOnce() {
        for (int call = 0; call < 10; call++) {
            arrived("c" + call, APP, 1);
        }
        fail(6);

        assertEquals(List.of(), posts());
        assertEquals(1, deliveries.failingServers());
        deliveries.tick(START.plusMillis(999));
        assertEquals(List.of(), posts());
        deliveries.tick(START.plusMillis(1_000));
        Effect.Post probe = only(posts());
        deliveries.tick(START.plusMillis(1_500));
        assertEquals(List.of(), posts(), "a second probe beside the first");

        deliveries.answered(probe, OK, START.plusMillis(1_500));
        assertEquals(2, posts().size());
        assertEquals(0, deliveries.failingServers());
    }

    @Test
    void eachProbeThatFailsDoublesThePauseUpToHalfAMinute() {
        for (int call = 0; call < 40; call++) {
            arrived("c" + call, APP, 1);
        }
        fail(6);
        Instant now = START;
        List<Long> pausesS = new ArrayList<>();
        for (long pause = 1; pausesS.size() < 7; pause = Math.min(30, 2 * pause)) {
            deliveries.tick(now.plusSeconds(pause).minusMillis(1));
            assertEquals(List.of(), posts(), "before its " + pause + " s");
            now = now.plusSeconds(pause);
            deliveries.tick(now);
            deliveries.answered(only(posts()), BROKEN, now);
            pausesS.add(pause);
        }

        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L), pausesS);
    }

    @Test
    void refusalsOfSingleEventsDoNotCloseAServer() {
        for (int call = 0; call < 20; call++) {
            arrived("c" + call, APP, 1);
        }
        List<Effect.Post> underWay = new ArrayList<>(posts());
        for (int refusals = 0; refusals < 15; refusals++) {
            Answer refusal = new Answer.Responded(404, null);
            deliveries.answered(underWay.removeFirst(), refusal, START);
            underWay.addAll(posts());
        }

        assertEquals(0, deliveries.failingServers());
        assertEquals(2, underWay.size());
    }

    @Test
    void whatWaitedTooLongForADeadServerIsGivenUpWithoutAnAttempt() {
        for (int call = 0; call < 10; call++) {
            arrived("c" + call, APP, 1);
        }
        fail(6);
        Instant late = START.plus(RetrySchedule.standard().whole());

        deliveries.tick(late);

        List<Effect> effects = deliveries.takeEffects();
        assertEquals(List.of(), postsOf(effects.stream()));
        List<Effect.Bury> buried = new ArrayList<>(buriedIn(effects));
        for (int i = 0; i < buried.size(); i++) {
            deliveries.buried(buried.get(i), late);
            buried.addAll(buriedIn(deliveries.takeEffects()));
        }
        assertEquals(10, buried.size());
        assertEquals(
                "given up: its receiver's server did not come back", buried.getFirst().reason());
    }

    @Test
    void afterGoneFromASubscriptionNoCallIsToldThere() {
        arrived("c", SUBSCRIPTION, 1);
        saysGone();
        deliveries.buried((Effect.Bury) only(deliveries.takeEffects()), START);

        arrived("d", SUBSCRIPTION, 1);
        arrived("d", APP, 1);

        List<Effect> effects = deliveries.takeEffects();
        assertEquals("the receiver answered 410 Gone", ((Effect.Bury) effects.getFirst()).reason());
        Effect.Post other = only(postsOf(effects.stream()));
        assertEquals(APP, other.event().callbackUri());
        deliveries.buried((Effect.Bury) effects.getFirst(), START);
        deliveries.answered(other, OK, START);
        deliveries.tick(START.plus(Duration.ofHours(25)));
        arrived("e", SUBSCRIPTION, 1, START.plus(Duration.ofHours(25)));
        assertEquals(SUBSCRIPTION, only(posts()).event().callbackUri());
    }

    /// All that is posted now and in consequence, `times` in all, fails.
    private void fail(int times) {
        List<Effect.Post> underWay = new ArrayList<>(posts());
        for (int failures = 0; failures < times; failures++) {
            deliveries.answered(underWay.removeFirst(), BROKEN, START);
            underWay.addAll(posts());
        }
        assertEquals(List.of(), underWay);
    }

    private static List<Effect.Bury> buriedIn(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Bury.class::isInstance)
                .map(Effect.Bury.class::cast)
                .toList();
    }

    @Test
    void offsetsGoOnOnceWhatIsUnfinishedIsDurable() {
        arrived("c", APP, 1);
        arrived("d", OTHER, 1);
        List<Effect.Post> started = posts();
        deliveries.answered(started.get(1), OK, START);
        assertEquals(0, deliveries.committable().get(0));

        deliveries.tick(START.plusSeconds(2));
        Effect.Park park = (Effect.Park) only(deliveries.takeEffects());
        assertEquals(0, deliveries.committable().get(0));
        deliveries.parked(park, 77);

        assertEquals(2, deliveries.committable().get(0));
        deliveries.answered(started.getFirst(), OK, START);
        assertEquals(new Effect.Forget(0, park.parked().key()), only(deliveries.takeEffects()));
        assertEquals(0, deliveries.parkedCount());
    }

    @Test
    void tooManyForOneServerAreParkedAtOnceAndReadBackAtTheirTurn() {
        for (int sequence = 1; sequence <= 5; sequence++) {
            arrived("c", APP, sequence);
        }
        List<Effect> effects = deliveries.takeEffects();
        Effect.Post first = (Effect.Post) effects.getFirst();
        List<Effect.Park> parks =
                effects.stream()
                        .filter(Effect.Park.class::isInstance)
                        .map(Effect.Park.class::cast)
                        .toList();
        assertEquals(5, parks.size());
        parks.reversed()
                .forEach(park -> deliveries.parked(park, 100 + park.parked().sourceOffset()));
        assertEquals(4, deliveries.loadedCount());

        deliveries.answered(first, OK, START);
        for (int sequence = 2; sequence <= 4; sequence++) {
            deliveries.answered(lastPost(), OK, START);
        }

        Effect.Load load =
                deliveries.takeEffects().stream()
                        .filter(Effect.Load.class::isInstance)
                        .map(Effect.Load.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals(104, load.parkedOffset());
        deliveries.loaded(load, Events.event("c", APP, 5), START);
        assertEquals(5, only(posts()).event().sequence());
    }

    @Test
    void eventsReadAgainAfterARestartAreTakenOnce() {
        EventRecord event = Events.event("c", APP, 1);
        ParkedDelivery parked = new ParkedDelivery(5, START, 3, START.plusSeconds(9), event, null);

        deliveries.own(1, List.of(Restored.of(parked, 12, true)), 10, START);
        deliveries.arrived(1, 4, new Arrival(Events.event("c", APP, 0), null), START);
        deliveries.arrived(1, 5, new Arrival(event, null), START);
        deliveries.tick(START.plusSeconds(9));

        Effect.Post post = only(posts());
        assertEquals(4, post.attempt());
        deliveries.answered(post, OK, START);
        assertEquals(List.of(), posts());
    }

    @Test
    void aDeadLetterIsWrittenBeforeTheNextEventIsTried() {
        arrived("c", APP, 1);
        arrived("c", APP, 2);

        deliveries.answered(only(posts()), new Answer.Refused("loopback address"), START);
        Effect.Bury bury = (Effect.Bury) only(deliveries.takeEffects());
        deliveries.buried(bury, START);

        assertEquals("loopback address", bury.reason());
        assertEquals(2, only(posts()).event().sequence());
    }

    @Test
    void afterGoneEverythingOfTheLaneIsBuriedForADay() {
        arrived("c", APP, 1);
        arrived("c", APP, 2);
        saysGone();
        deliveries.buried((Effect.Bury) only(deliveries.takeEffects()), START);

        Effect.Bury second = (Effect.Bury) only(deliveries.takeEffects());
        deliveries.buried(second, START);
        arrived("c", APP, 3);

        assertEquals("the receiver answered 410 Gone", second.reason());
        deliveries.buried((Effect.Bury) only(deliveries.takeEffects()), START);
        deliveries.tick(START.plus(Duration.ofHours(25)));
        arrived("c", APP, 4);
        assertEquals(4, only(posts()).event().sequence());
    }

    @Test
    void whatWasToldGoneIsNotOverBeforeThatIsWrittenDown() {
        arrived("c", APP, 1);
        deliveries.answered(only(posts()), GONE, START);

        Effect.Stop stop = (Effect.Stop) only(deliveries.takeEffects());

        assertEquals(0L, deliveries.committable().get(0));
        assertEquals(Events.call("c"), stop.stop().call());
        deliveries.stopped(stop);
        assertEquals(
                "the receiver answered 410 Gone",
                ((Effect.Bury) only(deliveries.takeEffects())).reason());
    }

    @Test
    void anotherDispatcherKnowsWhoSaidGoneUntilThatIsLifted() {
        arrived("c", APP, 1);
        ReceiverStop ofCall = saysGone();
        arrived("d", SUBSCRIPTION, 1);
        deliveries.takeEffects().forEach(effect -> answeredGone(effect));
        ReceiverStop ofAll = ((Effect.Stop) only(deliveries.takeEffects())).stop();
        Deliveries other =
                new Deliveries(
                        limits,
                        RetrySchedule.standard(),
                        new SplittableRandom(1),
                        Set.of(SUBSCRIPTION));
        other.learned(ofCall);
        other.learned(ofAll);
        other.own(0, List.of(), 0, START);

        other.arrived(0, 7, arrival("c", APP, 2), START);
        other.arrived(0, 8, arrival("e", SUBSCRIPTION, 1), START);
        other.arrived(0, 9, arrival("e", APP, 1), START);
        List<String> done = done(other);
        other.lifted(ofCall.id());
        other.lifted(ofAll.id());
        other.arrived(0, 10, arrival("c", APP, 3), START);
        other.arrived(0, 11, arrival("f", SUBSCRIPTION, 1), START);

        assertEquals(List.of("Bury 2", "Bury 1", "Post 1"), done);
        assertEquals(List.of("Post 3", "Post 1"), done(other));
        assertEquals(0, other.stoppedCount());
    }

    @Test
    void aStopIsDeletedAnHourAfterItsDayAndNotBefore() {
        arrived("c", APP, 1);
        ReceiverStop stop = saysGone();
        deliveries.buried((Effect.Bury) only(deliveries.takeEffects()), START);

        deliveries.tick(stop.until().plus(Duration.ofMinutes(59)));
        List<Effect> early = deliveries.takeEffects();
        deliveries.tick(stop.until().plus(Duration.ofMinutes(61)));

        assertEquals(List.of(), early);
        assertEquals(List.of(new Effect.Lift(stop.id())), deliveries.takeEffects());
    }

    /// Everything that is to be done, done well.
    private static List<String> done(Deliveries deliveries) {
        List<String> done = new ArrayList<>();
        List<Effect> effects = deliveries.takeEffects();
        while (!effects.isEmpty()) {
            for (Effect effect : effects) {
                if (effect instanceof Effect.Bury bury) {
                    done.add("Bury " + bury.event().sequence());
                    deliveries.buried(bury, START);
                } else if (effect instanceof Effect.Post post) {
                    done.add("Post " + post.event().sequence());
                    deliveries.answered(post, OK, START);
                }
            }
            effects = deliveries.takeEffects();
        }
        return done;
    }

    /// The only one that is asked, and that is written down.
    private ReceiverStop saysGone() {
        deliveries.answered(only(posts()), GONE, START);
        Effect.Stop stop = (Effect.Stop) only(deliveries.takeEffects());
        deliveries.stopped(stop);
        return stop.stop();
    }

    private void answeredGone(Effect effect) {
        if (effect instanceof Effect.Post post) {
            deliveries.answered(post, GONE, START);
        }
    }

    private static Arrival arrival(String call, URI receiver, long sequence) {
        return new Arrival(Events.event(call, receiver, sequence), null);
    }

    private void arrived(String call, URI receiver, long sequence) {
        arrived(call, receiver, sequence, START);
    }

    private void arrived(String call, URI receiver, long sequence, Instant now) {
        deliveries.arrived(
                0, offset, new Arrival(Events.event(call, receiver, sequence), null), now);
        offset++;
        deliveries.advanced(0, offset);
    }

    private List<Effect.Post> posts() {
        return postsOf(deliveries.takeEffects().stream());
    }

    /// The next post; leaves no other one behind.
    private Effect.Post lastPost() {
        return posts().getLast();
    }

    private static List<Effect.Post> postsOf(Stream<Effect> effects) {
        return effects.filter(Effect.Post.class::isInstance).map(Effect.Post.class::cast).toList();
    }

    private static <T> T only(List<T> all) {
        assertEquals(1, all.size(), all.toString());
        return all.getFirst();
    }
}

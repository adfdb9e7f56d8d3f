package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.CONNECTION;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.asks;
import static io.strowger.orchestrator.core.call.Inputs.create;
import static io.strowger.orchestrator.core.call.Inputs.hangsUp;
import static io.strowger.orchestrator.core.call.Inputs.hangsUpFromFar;
import static io.strowger.orchestrator.core.call.Inputs.isHungUp;
import static io.strowger.orchestrator.core.call.Inputs.reports;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.contracts.stream.StreamSubscription;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StreamingTest {
    private static final URI OWN = URI.create("https://app.example/stream");
    private static final String CONNECTED = "told CallConnected 200/0 (call)";

    private static CallInput creates(boolean startNow, Channels channels, Identifier... targets) {
        return Streams.creates(options(startNow, channels), null, targets);
    }

    private static StreamOptions options(boolean startNow, Channels channels) {
        return new StreamOptions(
                new StreamSpec(
                        URI.create("wss://app.example/audio"),
                        channels,
                        Format.PCM_16K_MONO,
                        true,
                        true),
                startNow);
    }

    private static CallInput starts(long number) {
        return asks(number, new CallCommand.StartStreaming(CONNECTION, "start" + number, null));
    }

    private static CallInput stops(long number, @Nullable URI callback) {
        return asks(number, new CallCommand.StopStreaming(CONNECTION, "stop" + number, callback));
    }

    private static CallInput connects(int run, int times) {
        return reports(new MediaEvent.StreamConnected(stream(run), times));
    }

    private static CallInput isOver(int run, StreamOutcome outcome) {
        return reports(new MediaEvent.StreamEnded(stream(run), outcome, "so it is"));
    }

    private static OperationId stream(int run) {
        return Streams.stream(run, 0);
    }

    @Test
    void aStreamThatIsToStartNowBeginsWhenTheCallIsConnected() {
        given(creates(true, Channels.UNMIXED, ALICE, BOB))
                .when(answers(1))
                .then(
                        "answered 1",
                        "timer RING off",
                        CONNECTED,
                        "stream 1 STARTING",
                        "order StartStream 1=4:+15550100001",
                        "told ParticipantsUpdated#1 [1] 200/0")
                .when(connects(1, 1))
                .then(
                        "stream 1 ACTIVE",
                        "told MediaStreamingStarted SUBSCRIPTION_STARTED 200/0 (call)")
                .when(answers(2))
                .thenOrdered("StreamLeg 2=4:+15550100002");
    }

    @Test
    void anotherWorkerMakesTheConnectionAnewAndThatIsTold() {
        Placement other = new Placement(new WorkerId(4), 99, 1);

        given(creates(true, Channels.UNMIXED, ALICE), answers(1), connects(1, 1))
                .withWorker(other)
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenOrdered("AbandonCall", "AdoptLeg 1", "StartStream 1=4:+15550100001")
                .thenTold()
                .when(
                        reports(
                                other.withPlacementEpoch(2),
                                new MediaEvent.StreamConnected(stream(1), 1)))
                .thenTold("MediaStreamingStarted STREAM_CONNECTION_REESTABLISHED 200/0 (call)");
    }

    @Test
    void aStreamThatWasToStopHasStoppedWithItsWorker() {
        given(creates(true, Channels.MIXED, ALICE), answers(1), connects(1, 1), stops(21, OWN))
                .withWorker(new Placement(new WorkerId(4), 99, 1))
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenOrdered("AbandonCall", "AdoptLeg 1")
                .thenTold("MediaStreamingStopped SUBSCRIPTION_STOPPED 200/0 (stop21)");
    }

    @Test
    void aMixedStreamNeedNotKnowWhoIsThere() {
        given(creates(true, Channels.MIXED, ALICE, BOB))
                .when(answers(1))
                .thenOrdered("StartStream")
                .when(answers(2))
                .thenOrdered();
    }

    @Test
    void startsAndStopsWhenItIsAskedTo() {
        given(creates(false, Channels.MIXED, ALICE), answers(1))
                .when(starts(20))
                .thenAnswered(new Done())
                .thenOrdered("StartStream")
                .thenTold()
                .when(connects(1, 1))
                .thenTold("MediaStreamingStarted SUBSCRIPTION_STARTED 200/0 (start20)")
                .when(stops(21, OWN))
                .thenAnswered(new Done())
                .thenOrdered("StopStream")
                .thenTold()
                .when(isOver(1, StreamOutcome.STOPPED))
                .thenTold("MediaStreamingStopped SUBSCRIPTION_STOPPED 200/0 (stop21)")
                .when(starts(22))
                .when(connects(2, 1))
                .thenTold("MediaStreamingStarted SUBSCRIPTION_STARTED 200/0 (start22)");
    }

    @Test
    void theEndOfAStreamIsToldWhereItWasAskedFor() {
        CallScenario scenario =
                given(
                        creates(false, Channels.MIXED, ALICE),
                        answers(1),
                        starts(20),
                        stops(21, OWN),
                        isOver(1, StreamOutcome.STOPPED));

        EventRecord last = scenario.told().getLast();

        assertEquals(OWN, last.callbackUri());
        assertEquals(1, last.sequence());
    }

    @Test
    void whatIsKnownAlreadyIsNotToldAgain() {
        given(creates(false, Channels.MIXED, ALICE), answers(1), starts(20), connects(1, 1))
                .when(connects(1, 1))
                .thenNothing()
                .when(connects(1, 2))
                .thenTold("MediaStreamingStarted STREAM_CONNECTION_REESTABLISHED 200/0 (start20)")
                .when(isOver(1, StreamOutcome.INTERRUPTED))
                .thenTold("MediaStreamingFailed STREAM_CONNECTION_UNSUCCESSFUL 500/8578 (start20)")
                .when(isOver(1, StreamOutcome.INTERRUPTED))
                .thenNothing()
                .when(connects(1, 3))
                .thenNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, MediaStreamingFailed BAD_REQUEST 400/8581",
        "UNAUTHORIZED, MediaStreamingFailed AUTHENTICATION_FAILURE 401/8578",
        "FORBIDDEN, MediaStreamingFailed FORBIDDEN 403/8578",
        "TIMEOUT, MediaStreamingFailed SERVICE_TIMEOUT 408/8578",
        "TOO_MANY_REQUESTS, MediaStreamingFailed TOO_MANY_REQUESTS 429/8578",
        "UNREACHABLE, MediaStreamingFailed INITIAL_WEB_SOCKET_CONNECTION_FAILED 500/8578",
        "CLOSED_BY_PEER, MediaStreamingStopped STREAM_CONNECTION_INTERRUPTED 200/0",
        "FAILED, MediaStreamingFailed UNSPECIFIED_ERROR 500/9999",
    })
    void saysWhyAStreamEnded(StreamOutcome outcome, String told) {
        given(creates(true, Channels.MIXED, ALICE), answers(1))
                .when(isOver(1, outcome))
                .thenTold(told + " (call)");
    }

    @Test
    void refusesASecondStartAStopOfNothingAndWhatWasNeverOffered() {
        given(creates(false, Channels.MIXED, ALICE))
                .when(starts(19))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED)
                .and(answers(1))
                .when(stops(20, null))
                .thenRefused(CallError.INVALID_REQUEST)
                .and(starts(21))
                .when(starts(22))
                .thenRefused(CallError.INVALID_REQUEST);
        given(create(NEWEST, ALICE), answers(1))
                .when(starts(20))
                .thenRefused(CallError.INVALID_REQUEST)
                .when(stops(21, null))
                .thenRefused(CallError.INVALID_REQUEST);
    }

    @Test
    void aStreamEndsBeforeItsConnectionDoes() {
        given(creates(true, Channels.MIXED, ALICE, BOB), answers(1), answers(2), connects(1, 1))
                .when(hangsUp())
                .then(
                        "order StopStream",
                        "stream 1 OFF",
                        "told MediaStreamingStopped SUBSCRIPTION_STOPPED 200/0 (call)",
                        "connection left",
                        "told CallDisconnected 200/7000 (call)");
        given(creates(true, Channels.MIXED, ALICE), answers(1), connects(1, 1), terminates())
                .when(isHungUp(1))
                .thenTold("CallDisconnected 200/7000 (call)");
    }

    @Test
    void anApplicationThatJoinsIsStreamedToAtOnce() {
        given(create(NEWEST, ALICE, BOB), answers(1), answers(2))
                .when(
                        asks(
                                20,
                                new CallCommand.Join(
                                        Inputs.CALL,
                                        Inputs.CALLBACK,
                                        null,
                                        "join",
                                        Set.of(),
                                        options(true, Channels.UNMIXED),
                                        null)))
                .thenOrdered("StartStream 1=4:+15550100001 2=4:+15550100002");
    }

    @Test
    void saysInItsPropertiesWhetherItStreams() {
        CallInput reads = asks(30, new CallCommand.DescribeCall(CONNECTION));

        assertEquals(
                new StreamSubscription(stream(1), false),
                subscription(given(creates(true, Channels.MIXED, ALICE)).when(reads)));
        assertEquals(
                new StreamSubscription(stream(1), true),
                subscription(
                        given(creates(true, Channels.MIXED, ALICE), answers(1), connects(1, 1))
                                .when(reads)));
        assertEquals(
                Optional.empty(),
                Optional.ofNullable(subscription(given(create(NEWEST, ALICE)).when(reads))));
    }

    private static @Nullable StreamSubscription subscription(CallScenario scenario) {
        return assertInstanceOf(Described.class, scenario.answer()).properties().streaming();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /// Whatever is asked and reported in whatever order.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachStreamThatBeganEndsOnceAndNothingIsToldOfItAfterTheConnection(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CallScenario scenario = given(creates(random.nextBoolean(), Channels.UNMIXED, ALICE, BOB));
        for (int i = 0; i < 40; i++) {
            scenario.when(input(random, 100 + i));
        }
        scenario.when(terminates());
        if (scenario.state().timers().containsKey(TimerName.DISCONNECTING)) {
            scenario.whenTimer(TimerName.DISCONNECTING);
        }

        List<SubscriberEvent> told = scenario.told().stream().map(EventRecord::event).toList();
        long began =
                scenario.orders().stream()
                        .filter(order -> order.command() instanceof MediaCommand.StartStream)
                        .map(order -> ((MediaCommand.StartStream) order.command()).stream())
                        .distinct()
                        .count();
        long ended =
                told.stream()
                        .filter(event ->
                                event instanceof SubscriberEvent.MediaStreamingStopped
                                        || event instanceof SubscriberEvent.MediaStreamingFailed)
                        .count();
        assertEquals(began, ended, () -> "told " + told);
        assertTrue(
                told.getLast() instanceof SubscriberEvent.CallDisconnected
                        || told.getLast() instanceof SubscriberEvent.CreateCallFailed,
                () -> "told " + told);
    }

    private static CallInput input(SplittableRandom random, int number) {
        int run = 1 + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> answers(1 + random.nextInt(2));
            case 3, 4, 5 -> starts(number);
            case 6 -> stops(number, random.nextBoolean() ? OWN : null);
            case 7, 8, 9 -> connects(run, 1 + random.nextInt(3));
            case 10 ->
                    random.nextInt(4) == 0
                            ? hangsUpFromFar(1 + random.nextInt(2))
                            : connects(run, 1);
            default ->
                    isOver(
                            run,
                            StreamOutcome.values()[random.nextInt(StreamOutcome.values().length)]);
        };
    }
}

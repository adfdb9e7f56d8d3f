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
import static io.strowger.orchestrator.core.call.Inputs.reports;
import static io.strowger.orchestrator.core.call.Inputs.terminates;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallProperties;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Done;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.contracts.placement.Placement;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamSpec.Format;
import io.strowger.contracts.stream.TranscriptionOptions;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.contracts.stream.TranscriptionSubscription;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptionTest {
    private static final URI OWN = URI.create("https://app.example/words");

    private static CallInput creates(boolean startNow, @Nullable String model, Identifier... who) {
        return Streams.creates(
                null,
                new TranscriptionOptions(
                        new TranscriptionSpec(
                                URI.create("wss://app.example/words"), "en-US", model, true),
                        startNow),
                who);
    }

    private static CallInput starts(long number, @Nullable String locale) {
        return asks(
                number,
                new CallCommand.StartTranscription(
                        CONNECTION, locale, null, "start" + number, null));
    }

    private static CallInput updates(long number, String locale) {
        return asks(
                number,
                new CallCommand.UpdateTranscription(
                        CONNECTION, locale, null, "update" + number, OWN));
    }

    private static CallInput stops(long number) {
        return asks(number, new CallCommand.StopTranscription(CONNECTION, "stop" + number, null));
    }

    private static CallInput connects(int run, int times) {
        return reports(new MediaEvent.StreamConnected(words(run), times));
    }

    private static CallInput isUpdated(int run, int update) {
        return reports(new MediaEvent.TranscriptionUpdated(words(run), update));
    }

    private static CallInput isOver(int run, StreamOutcome outcome) {
        return reports(new MediaEvent.StreamEnded(words(run), outcome, "so it is"));
    }

    private static CallInput isDeaf(int run, SpeechFailure reason) {
        return reports(new MediaEvent.TranscriptionFailed(words(run), reason, "so it is"));
    }

    private static OperationId words(int run) {
        return Streams.stream(run, 0xA076_1D64_78BD_642FL);
    }

    @Test
    void startsChangesItsLanguageAndStops() {
        given(creates(false, null, ALICE), answers(1))
                .when(starts(20, "fr-FR"))
                .thenAnswered(new Done())
                .thenOrdered("StartTranscription fr-FR 1=4:+15550100001")
                .thenTold()
                .when(connects(1, 1))
                .thenTold("TranscriptionStarted SUBSCRIPTION_STARTED 200/0 (start20)")
                .when(updates(21, "de-DE"))
                .thenAnswered(new Done())
                .thenOrdered("UpdateTranscription #1 de-DE")
                .thenTold()
                .when(isUpdated(1, 1))
                .thenTold("TranscriptionUpdated TRANSCRIPTION_LOCALE_UPDATED 200/0 (update21)")
                .when(isUpdated(1, 1))
                .thenNothing()
                .when(updates(22, "it-IT"))
                .thenOrdered("UpdateTranscription #2 it-IT")
                .when(isUpdated(1, 2))
                .thenTold("TranscriptionUpdated TRANSCRIPTION_LOCALE_UPDATED 200/0 (update22)")
                .when(stops(23))
                .thenAnswered(new Done())
                .thenOrdered("StopStream")
                .thenTold()
                .when(isOver(1, StreamOutcome.STOPPED))
                .thenTold("TranscriptionStopped SUBSCRIPTION_STOPPED 200/0 (stop23)")
                .when(starts(24, null))
                .thenOrdered("StartTranscription it-IT 1=4:+15550100001");
    }

    @Test
    void beginsWithTheCallAndKnowsWhoComesLater() {
        given(creates(true, null, ALICE, BOB))
                .when(answers(1))
                .thenOrdered("StartTranscription en-US 1=4:+15550100001")
                .when(answers(2))
                .thenOrdered("StreamLeg 2=4:+15550100002");
    }

    @Test
    void audioAndWordsOfAConnectionAreStreamsOfTheirOwn() {
        StreamOptions audio =
                new StreamOptions(
                        new StreamSpec(
                                URI.create("wss://app.example/audio"),
                                Channels.MIXED,
                                Format.PCM_16K_MONO,
                                false,
                                false),
                        true);
        TranscriptionOptions words =
                new TranscriptionOptions(
                        new TranscriptionSpec(
                                URI.create("wss://app.example/words"), "en-US", null, false),
                        true);
        CallScenario scenario =
                given(Streams.creates(audio, words, ALICE))
                        .when(answers(1))
                        .thenOrdered("StartStream", "StartTranscription en-US 1=4:+15550100001")
                        .when(connects(1, 1))
                        .thenTold("TranscriptionStarted SUBSCRIPTION_STARTED 200/0 (call)")
                        .when(stops(20))
                        .thenOrdered("StopStream")
                        .when(isOver(1, StreamOutcome.STOPPED))
                        .thenTold("TranscriptionStopped SUBSCRIPTION_STOPPED 200/0 (stop20)");

        CallProperties properties =
                assertInstanceOf(
                                Described.class,
                                scenario.when(asks(30, new CallCommand.DescribeCall(CONNECTION)))
                                        .answer())
                        .properties();

        assertEquals(
                new TranscriptionSubscription(words(1), false, false, "en-US"),
                properties.transcription());
        assertNotEquals(words(1), Objects.requireNonNull(properties.streaming()).id());
    }

    @Test
    void saysInItsPropertiesWhichLanguageItIsIn() {
        CallScenario scenario =
                given(creates(true, null, ALICE), answers(1), connects(1, 1), updates(20, "de-DE"));

        scenario.when(asks(30, new CallCommand.DescribeCall(CONNECTION)));

        assertEquals(
                new TranscriptionSubscription(words(1), true, true, "de-DE"),
                assertInstanceOf(Described.class, scenario.answer()).properties().transcription());
    }

    @Test
    void anotherWorkerGoesOnInTheLastLanguage() {
        Placement other = new Placement(new WorkerId(4), 99, 1);

        given(creates(true, null, ALICE), answers(1), connects(1, 1), updates(20, "de-DE"))
                .withWorker(other)
                .when(new CallInput.WorkerLost(Inputs.PLACEMENT))
                .thenOrdered(
                        "AbandonCall", "AdoptLeg 1", "StartTranscription de-DE 1=4:+15550100001")
                .thenTold()
                .when(
                        reports(
                                other.withPlacementEpoch(2),
                                new MediaEvent.StreamConnected(words(1), 1)))
                .thenTold(
                        "TranscriptionStarted STREAM_CONNECTION_REESTABLISHED 200/0 (call)",
                        "TranscriptionUpdated TRANSCRIPTION_LOCALE_UPDATED 200/0 (update20)");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_CONFIGURED, , SPEECH_SERVICES_CONNECTION_ERROR 405/8522",
        "BAD_REQUEST, , BAD_REQUEST 400/8565",
        "BAD_REQUEST, own, BAD_REQUEST 400/8605",
        "UNAUTHORIZED, , AUTHENTICATION_FAILURE 401/8565",
        "FORBIDDEN, , FORBIDDEN 403/8565",
        "TIMEOUT, , SERVICE_TIMEOUT 408/8565",
        "TOO_MANY_REQUESTS, , TOO_MANY_REQUESTS 429/8565",
        "UNREACHABLE, , SPEECH_SERVICES_CONNECTION_ERROR 500/8564",
        "INTERRUPTED, , SPEECH_SERVICES_CONNECTION_ERROR 500/8564",
        "FAILED, , UNSPECIFIED_ERROR 500/9999",
    })
    void saysWhyNothingIsUnderstood(SpeechFailure reason, @Nullable String model, String told) {
        given(creates(true, model, ALICE), answers(1))
                .when(isDeaf(1, reason))
                .thenTold("TranscriptionFailed " + told + " (call)")
                .when(isDeaf(1, reason))
                .thenNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, TranscriptionFailed BAD_REQUEST 400/8581",
        "UNREACHABLE, TranscriptionFailed STREAM_CONNECTION_UNSUCCESSFUL 500/8578",
        "INTERRUPTED, TranscriptionFailed STREAM_CONNECTION_UNSUCCESSFUL 500/8578",
        "CLOSED_BY_PEER, TranscriptionStopped STREAM_CONNECTION_INTERRUPTED 200/0",
    })
    void saysWhyItsStreamEnded(StreamOutcome outcome, String told) {
        given(creates(true, null, ALICE), answers(1))
                .when(isOver(1, outcome))
                .thenTold(told + " (call)");
    }

    @Test
    void aChangeThatDoesNotComeIsCanceledBeforeTheEnd() {
        given(creates(true, null, ALICE, BOB), answers(1), answers(2), connects(1, 1))
                .when(updates(20, "de-DE"))
                .when(hangsUp())
                .thenTold(
                        "TranscriptionFailed SUBSCRIPTION_STOPPED 500/8579 (update20)",
                        "TranscriptionStopped SUBSCRIPTION_STOPPED 200/0 (call)",
                        "CallDisconnected 200/7000 (call)");
    }

    @Test
    void refusesWhatCannotBe() {
        given(creates(false, null, ALICE))
                .when(starts(19, null))
                .thenRefused(CallError.CALL_NOT_ESTABLISHED)
                .and(answers(1))
                .when(stops(20))
                .thenRefused(CallError.INVALID_REQUEST)
                .when(updates(21, "de-DE"))
                .thenRefused(CallError.INVALID_REQUEST)
                .and(starts(22, null))
                .when(starts(23, null))
                .thenRefused(CallError.INVALID_REQUEST)
                .and(updates(24, "de-DE"))
                .when(updates(25, "fr-FR"))
                .thenRefused(CallError.INVALID_REQUEST);
        given(create(NEWEST, ALICE), answers(1))
                .when(starts(20, null))
                .thenRefused(CallError.INVALID_REQUEST)
                .when(updates(21, "de-DE"))
                .thenRefused(CallError.INVALID_REQUEST)
                .when(stops(22))
                .thenRefused(CallError.INVALID_REQUEST);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    /// Whatever is asked and reported in whatever order: what is told of begins, changes and ends
    /// adds up.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatBeganEndsOnceAndEachChangeIsToldOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CallScenario scenario = given(creates(random.nextBoolean(), null, ALICE, BOB));
        for (int i = 0; i < 40; i++) {
            scenario.when(input(random, 100 + i));
        }
        scenario.when(terminates());
        if (scenario.state().timers().containsKey(TimerName.DISCONNECTING)) {
            scenario.whenTimer(TimerName.DISCONNECTING);
        }

        List<EventRecord> told = scenario.told();
        long begun =
                scenario.orders().stream()
                        .filter(order -> order.command() instanceof MediaCommand.StartTranscription)
                        .map(order -> ((MediaCommand.StartTranscription) order.command()).stream())
                        .distinct()
                        .count();
        long changes =
                scenario.orders().stream()
                        .filter(order ->
                                order.command() instanceof MediaCommand.UpdateTranscription)
                        .count();
        long changesTold = told.stream().filter(TranscriptionTest::isOfAChange).count();
        long ends =
                told.stream()
                        .filter(one -> !isOfAChange(one))
                        .filter(one ->
                                one.event() instanceof SubscriberEvent.TranscriptionStopped
                                        || one.event()
                                                instanceof SubscriberEvent.TranscriptionFailed)
                        .count();
        assertEquals(begun, ends, () -> "told " + told);
        assertEquals(changes, changesTold, () -> "told " + told);
        SubscriberEvent last = told.getLast().event();
        assertTrue(
                last instanceof SubscriberEvent.CallDisconnected
                        || last instanceof SubscriberEvent.CreateCallFailed,
                () -> "told " + told);
    }

    private static boolean isOfAChange(EventRecord told) {
        String context = told.operationContext();
        return context != null
                && context.startsWith("update")
                && (told.event() instanceof SubscriberEvent.TranscriptionUpdated
                        || told.event() instanceof SubscriberEvent.TranscriptionFailed);
    }

    private static CallInput input(SplittableRandom random, int number) {
        int run = 1 + random.nextInt(3);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> answers(1 + random.nextInt(2));
            case 3, 4, 5 -> starts(number, null);
            case 6 -> stops(number);
            case 7, 8 -> updates(number, random.nextBoolean() ? "de-DE" : "fr-FR");
            case 9 -> isUpdated(run, 1 + random.nextInt(3));
            case 10, 11 -> connects(run, 1 + random.nextInt(3));
            case 12 -> isDeaf(run, SpeechFailure.UNREACHABLE);
            default ->
                    isOver(
                            run,
                            StreamOutcome.values()[random.nextInt(StreamOutcome.values().length)]);
        };
    }
}

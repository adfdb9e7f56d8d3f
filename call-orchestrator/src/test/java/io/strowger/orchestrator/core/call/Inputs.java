package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallRequest;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.placement.DialogRecord;
import io.strowger.contracts.placement.Placement;
import io.strowger.orchestrator.core.call.CallInput.Asked;
import io.strowger.orchestrator.core.call.CallInput.Reported;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can happen to the one call of a test.
final class Inputs {
    static final ApiVersion NEWEST = ApiVersion.V2026_03_12;
    static final ApiVersion BEFORE_PLAY_STARTED = ApiVersion.V2024_04_15;
    static final ApiVersion PREVIEW = ApiVersion.V2021_08_30_PREVIEW;
    static final ServerCallId CALL = new CallIds(new byte[32]).newCall(new SplittableRandom(1));
    static final ServerCallId NEW_CALL = new CallIds(new byte[32]).newCall(new SplittableRandom(2));
    static final ServerCallId OTHER_CALL =
            new CallIds(new byte[32]).newCall(new SplittableRandom(3));
    static final CallConnectionId CONNECTION = CALL.connection(1);
    static final Placement PLACEMENT = new Placement(new WorkerId(3), 17, 1);
    static final PhoneNumber ALICE = new PhoneNumber("+15550100001");
    static final PhoneNumber BOB = new PhoneNumber("+15550100002");
    static final CommunicationUser USER = new CommunicationUser("8:acs:resource_carol");
    static final CommunicationUser DAVE = new CommunicationUser("8:acs:resource_dave");
    static final URI CALLBACK = URI.create("https://app.example/events");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:06Z");

    private Inputs() {}

    static CommandId command(long number) {
        return new CommandId(new UUID(9, number));
    }

    static OperationId operation(long number) {
        return new OperationId(new UUID(7, number));
    }

    static CallInput create(ApiVersion version, Identifier... targets) {
        return create(version, Set.of(), targets);
    }

    static CallInput create(
            ApiVersion version, Set<RequestedEvent> requested, Identifier... targets) {
        return asks(1, null, version, createCommand(requested, targets));
    }

    static CallCommand createCommand(Set<RequestedEvent> requested, Identifier... targets) {
        return new CallCommand.CreateCall(
                CONNECTION,
                Arrays.asList(targets),
                null,
                new PhoneNumber("+15550100000"),
                "Reminder",
                CALLBACK,
                "call",
                new UUID(3, 4),
                requested,
                null,
                null);
    }

    static CallInput asks(long number, CallCommand command) {
        return asks(number, null, NEWEST, command);
    }

    static CallInput asks(
            long number, @Nullable String fingerprint, ApiVersion version, CallCommand command) {
        return new Asked(new CallRequest(command(number), fingerprint, version, AT, command));
    }

    /// The same, asked with the access key of that id.
    static CallInput by(String application, CallInput input) {
        CallRequest request = ((Asked) input).request();
        return new Asked(
                new CallRequest(
                        request.commandId(),
                        request.fingerprint(),
                        request.apiVersion(),
                        request.receivedAt(),
                        request.command(),
                        application));
    }

    static CallInput hangsUp() {
        return asks(900, new CallCommand.HangUp(CONNECTION));
    }

    static CallInput terminates() {
        return asks(901, new CallCommand.Terminate(CONNECTION));
    }

    static CallInput cancelsAll() {
        return asks(902, new CallCommand.CancelAllMedia(CONNECTION, operation(902), "cancel"));
    }

    /// Plays as operation `number`, asked by command 100 + `number`.
    static CallInput plays(long number, Identifier... playTo) {
        return plays(number, false, null, playTo);
    }

    /// Speaks texts of 4,000 characters.
    static CallInput speaks(long number, int texts) {
        PlaySource text = new PlaySource.TextSource("a".repeat(4000), null, null, null);
        return asks(
                100 + number,
                new CallCommand.Play(
                        CONNECTION,
                        operation(number),
                        java.util.Collections.nCopies(texts, text),
                        List.of(),
                        false,
                        false,
                        null,
                        null));
    }

    static CallInput interruptsWithPlay(long number) {
        return plays(number, true, null);
    }

    static CallInput plays(
            long number, boolean interrupt, @Nullable URI callback, Identifier... playTo) {
        return asks(
                100 + number,
                new CallCommand.Play(
                        CONNECTION,
                        operation(number),
                        List.of(
                                new PlaySource.FileSource(
                                        URI.create("https://app.example/a.wav"), null)),
                        Arrays.asList(playTo),
                        false,
                        interrupt,
                        "op" + number,
                        callback));
    }

    static CallInput recognizes(long number, Identifier target) {
        return asks(
                100 + number,
                new CallCommand.Recognize(
                        CONNECTION,
                        operation(number),
                        target,
                        List.of(new PlaySource.TextSource("Press one.", "en", null, null)),
                        true,
                        false,
                        new CallCommand.DtmfOptions(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(2),
                                4,
                                Set.of(Tone.POUND)),
                        null,
                        "op" + number,
                        null));
    }

    /// Some worker or other, or none.
    static Optional<Placement> candidate(SplittableRandom random) {
        int worker = random.nextInt(6);
        return worker == 0
                ? Optional.empty()
                : Optional.of(new Placement(new WorkerId(worker), 17, 1));
    }

    /// What is said of the first placement is said of the present one.
    static CallInput atPresent(CallInput input, CallState state) {
        Placement present = state.placement().orElse(PLACEMENT);
        return switch (input) {
            case Reported(MediaReport(var call, var at, var when, var event))
                    when at.equals(PLACEMENT) ->
                    new Reported(new MediaReport(call, present, when, event));
            case CallInput.WorkerLost(var at) when at.equals(PLACEMENT) ->
                    new CallInput.WorkerLost(present);
            case CallInput.WorkerLeaving(var at) when at.equals(PLACEMENT) ->
                    new CallInput.WorkerLeaving(present);
            default -> input;
        };
    }

    static CallInput reports(MediaEvent event) {
        return reports(PLACEMENT, event);
    }

    static CallInput reports(Placement placement, MediaEvent event) {
        return new Reported(new MediaReport(CALL, placement, AT, event));
    }

    static CallInput rings(int leg) {
        return reports(new MediaEvent.LegProgressed(new LegId(leg), 180));
    }

    static CallInput answers(int leg) {
        return reports(new MediaEvent.LegAnswered(new LegId(leg), dialog(1)));
    }

    static CallInput changes(int leg, long cSeq, boolean onHold) {
        return reports(new MediaEvent.LegUpdated(new LegId(leg), dialog(cSeq), onHold));
    }

    static CallInput ends(int leg, LegEnd.Cause cause, int sipStatus, String reason) {
        return reports(
                new MediaEvent.LegEnded(new LegId(leg), new LegEnd(cause, sipStatus, reason)));
    }

    static CallInput hangsUpFromFar(int leg) {
        return ends(leg, LegEnd.Cause.REMOTE_HANG_UP, 200, "OK");
    }

    static CallInput isHungUp(int leg) {
        return ends(leg, LegEnd.Cause.LOCAL_HANG_UP, 200, "OK");
    }

    static CallInput isBusy(int leg) {
        return ends(leg, LegEnd.Cause.REFUSED, 486, "Busy Here");
    }

    static CallInput starts(long number) {
        return reports(new MediaEvent.PlayStarted(operation(number)));
    }

    static CallInput finishes(long number, PlayOutcome outcome) {
        Integer source = outcome == PlayOutcome.BAD_FORMAT ? 0 : null;
        return reports(new MediaEvent.PlayEnded(operation(number), outcome, source, null));
    }

    static CallInput recognized(long number, RecognizeOutcome outcome, Tone... tones) {
        return reports(
                new MediaEvent.RecognizeEnded(
                        operation(number),
                        outcome,
                        Arrays.asList(tones),
                        outcome == RecognizeOutcome.PROMPT_FAILED ? PlayOutcome.FETCH_FAILED : null,
                        null,
                        null));
    }

    static CallInput collects(long number, Tone tone, int count) {
        return reports(new MediaEvent.ToneCollected(operation(number), tone, count));
    }

    static CallInput presses(int leg, Tone tone, int sequence) {
        return reports(new MediaEvent.ToneReceived(new LegId(leg), tone, sequence));
    }

    static DialogRecord dialog(long cSeq) {
        return new DialogRecord(
                "id@host",
                "local",
                "remote",
                "sip:me@host",
                "sip:you@peer",
                "sip:you@10.0.0.1",
                List.of("<sip:proxy;lr>"),
                cSeq,
                -1,
                "udp",
                "10.0.0.1:5060",
                "v=0",
                "v=0");
    }
}

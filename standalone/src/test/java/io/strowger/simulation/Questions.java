package io.strowger.simulation;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByIdentifier;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

/// What a gateway makes of a question of the plan. Each question that rings somebody has a number
/// of its own; each carries its own number as operation context.
final class Questions {
    private static final PlaySource PROMPT =
            new PlaySource.FileSource(URI.create("https://app.example/a.wav"), null);

    private Questions() {}

    static PhoneNumber numberOf(int ask) {
        return new PhoneNumber(String.format("+1555%06d", ask));
    }

    private static PhoneNumber secondNumberOf(int ask) {
        return new PhoneNumber(String.format("+1666%06d", ask));
    }

    static String context(Plan.Ask ask) {
        return "ask " + ask.number();
    }

    static URI callback(int call) {
        return URI.create("https://app" + call % 2 + ".example/calls/" + call);
    }

    /// @param operationOf the id of the operation that another question began
    static CallCommand command(
            Plan.Ask ask,
            CallConnectionId connection,
            CommandId command,
            IntFunction<UUID> operationOf) {
        OperationId operation = new OperationId(command.value());
        return switch (ask.kind()) {
            case CREATE -> create(ask, connection, command, List.of(numberOf(ask.number())));
            case CREATE_TWO ->
                    create(
                            ask,
                            connection,
                            command,
                            List.of(numberOf(ask.number()), secondNumberOf(ask.number())));
            case ANSWER ->
                    new CallCommand.Answer(
                            connection.call(),
                            callback(ask.call()),
                            context(ask),
                            null,
                            null,
                            null);
            case REJECT -> new CallCommand.Reject(connection.call(), CallCommand.RejectReason.BUSY);
            case REDIRECT -> new CallCommand.Redirect(connection.call(), numberOf(ask.whom()));
            case PLAY,
                    PLAY_LOOP,
                    PLAY_NOW,
                    RECOGNIZE,
                    SEND_TONES,
                    CANCEL_MEDIA,
                    TONES_ON,
                    TONES_OFF ->
                    media(ask, connection, operation);
            case ADD, CANCEL_ADD, REMOVE, MUTE, HOLD, UNHOLD, TRANSFER ->
                    people(ask, connection, operation, operationOf);
            case RECORD, PAUSE_RECORDING, RESUME_RECORDING, STOP_RECORDING ->
                    recording(ask, connection, operation);
            case DESCRIBE -> new CallCommand.DescribeCall(connection);
            case HANG_UP -> new CallCommand.HangUp(connection);
            case TERMINATE -> new CallCommand.Terminate(connection);
        };
    }

    private static CallCommand create(
            Plan.Ask ask,
            CallConnectionId connection,
            CommandId command,
            List<Identifier> targets) {
        return new CallCommand.CreateCall(
                connection,
                targets,
                null,
                new PhoneNumber("+15550999999"),
                null,
                callback(ask.call()),
                context(ask),
                command.value(),
                Set.of(),
                null,
                null);
    }

    private static CallCommand media(
            Plan.Ask ask, CallConnectionId connection, OperationId operation) {
        PhoneNumber whom = numberOf(ask.whom());
        return switch (ask.kind()) {
            case RECOGNIZE ->
                    new CallCommand.Recognize(
                            connection,
                            operation,
                            whom,
                            ask.number() % 2 == 0 ? List.of(PROMPT) : List.of(),
                            true,
                            ask.number() % 3 == 0,
                            new DtmfOptions(
                                    Duration.ofSeconds(5), Duration.ofSeconds(3), 3, Set.of()),
                            null,
                            context(ask),
                            null);
            case SEND_TONES ->
                    new CallCommand.SendDtmfTones(
                            connection,
                            operation,
                            List.of(Tone.ONE, Tone.TWO, Tone.THREE),
                            whom,
                            context(ask),
                            null);
            case CANCEL_MEDIA ->
                    new CallCommand.CancelAllMedia(connection, operation, context(ask));
            case TONES_ON ->
                    new CallCommand.StartContinuousDtmf(connection, whom, context(ask), null);
            case TONES_OFF ->
                    new CallCommand.StopContinuousDtmf(connection, whom, context(ask), null);
            default ->
                    new CallCommand.Play(
                            connection,
                            operation,
                            List.of(PROMPT),
                            ask.number() % 3 == 0 ? List.of(whom) : List.of(),
                            ask.kind() == Plan.Ask.Kind.PLAY_LOOP,
                            ask.kind() == Plan.Ask.Kind.PLAY_NOW,
                            context(ask),
                            null);
        };
    }

    private static CallCommand people(
            Plan.Ask ask,
            CallConnectionId connection,
            OperationId operation,
            IntFunction<UUID> operationOf) {
        PhoneNumber whom = numberOf(ask.whom());
        return switch (ask.kind()) {
            case ADD ->
                    new CallCommand.AddParticipant(
                            connection, operation, invitee(ask), context(ask), null);
            case CANCEL_ADD ->
                    new CallCommand.CancelAddParticipant(
                            connection,
                            operation,
                            new OperationId(operationOf.apply(ask.whom())),
                            context(ask),
                            null);
            case REMOVE ->
                    new CallCommand.RemoveParticipant(
                            connection, operation, new ByIdentifier(whom), context(ask), null);
            case MUTE ->
                    new CallCommand.MuteParticipants(
                            connection, operation, List.of(whom), context(ask));
            case HOLD ->
                    new CallCommand.Hold(connection, operation, whom, PROMPT, context(ask), null);
            case UNHOLD -> new CallCommand.Unhold(connection, whom, context(ask));
            default ->
                    new CallCommand.Transfer(
                            connection, operation, invitee(ask), null, context(ask), null);
        };
    }

    private static Invitee invitee(Plan.Ask ask) {
        return new Invitee(
                numberOf(ask.number()),
                new PhoneNumber("+15550999999"),
                null,
                Duration.ofSeconds(10),
                Map.of());
    }

    private static CallCommand recording(
            Plan.Ask ask, CallConnectionId connection, OperationId operation) {
        var first = connection.call().recording(1);
        return switch (ask.kind()) {
            case RECORD ->
                    new CallCommand.StartRecording(
                            connection.call(),
                            null,
                            operation,
                            new RecordingFormat(ChannelType.MIXED, FileFormat.WAV),
                            List.of(),
                            List.of(),
                            ask.number() % 4 == 0,
                            URI.create("https://recordings.example/" + ask.call()),
                            null);
            case PAUSE_RECORDING -> new CallCommand.PauseRecording(first);
            case RESUME_RECORDING -> new CallCommand.ResumeRecording(first);
            default -> new CallCommand.StopRecording(first);
        };
    }
}

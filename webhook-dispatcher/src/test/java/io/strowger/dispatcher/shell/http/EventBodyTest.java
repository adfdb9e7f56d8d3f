package io.strowger.dispatcher.shell.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.ResultInformation;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.event.SubscriberEvent.OperationStatus;
import io.strowger.contracts.event.SubscriberEvent.StreamingDetails;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.Understood;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingState;
import io.strowger.dispatcher.Events;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every event in every version against `golden/VERSION.jsonl`, one body a line. What the code
/// makes now is left in `target/golden`, to be looked at and copied when a form changes.
class EventBodyTest {
    private static final ResultInformation DONE = ResultInformation.of(200, 0, "");
    private static final ResultInformation BUSY =
            new ResultInformation(486, 560486, "Busy. DiagCode: 486#560486.@", 486, "Busy Here");
    private static final ResultInformation BAD_FILE = ResultInformation.of(400, 8535, "bad format");
    private static final List<Participant> ROSTER =
            List.of(
                    new Participant(
                            new Identifier.PhoneNumber("+15550100001"), new LegId(1), false, true),
                    new Participant(
                            new Identifier.CommunicationUser("8:acs:res_user"),
                            new LegId(2),
                            true,
                            false),
                    new Participant(
                            new Identifier.PhoneNumber("anonymous"), new LegId(3), false, false),
                    new Participant(
                            new Identifier.Other("8:orgid:00000000-0000-0000-0000-00000000000a"),
                            new LegId(4),
                            false,
                            false),
                    new Participant(new Identifier.Other("something"), new LegId(5), false, false));

    @ParameterizedTest
    @EnumSource(ApiVersion.class)
    void everyEventHasTheFormOfItsVersion(ApiVersion version) throws IOException {
        StringBuilder actual = new StringBuilder();
        for (EventRecord record : version.isPreview2021() ? preview(version) : current(version)) {
            actual.append(new String(EventBody.of(record), StandardCharsets.UTF_8)).append('\n');
        }

        Path target = Files.createDirectories(Path.of("target", "golden"));
        Files.writeString(target.resolve(version.wire() + ".jsonl"), actual);
        assertEquals(golden(version.wire() + ".jsonl"), actual.toString());
    }

    @Test
    void anEventOfTheOtherLineIsRefused() {
        EventRecord old =
                record(
                        ApiVersion.V2021_08_30_PREVIEW,
                        new SubscriberEvent.CallConnected(),
                        DONE,
                        null);
        EventRecord current =
                record(
                        ApiVersion.V2024_09_15,
                        new SubscriberEvent.PlayAudioResult(OperationStatus.COMPLETED),
                        DONE,
                        null);

        assertThrows(NoSuchForm.class, () -> EventBody.of(old));
        assertThrows(NoSuchForm.class, () -> EventBody.of(current));
    }

    private static List<EventRecord> current(ApiVersion version) {
        return List.of(
                record(version, new SubscriberEvent.CallConnected(), DONE, "the call"),
                record(version, new SubscriberEvent.CallDisconnected(), BUSY, null),
                record(version, new SubscriberEvent.CreateCallFailed(), BUSY, "the call"),
                record(version, new SubscriberEvent.ParticipantsUpdated(3, ROSTER), DONE, "no"),
                record(version, new SubscriberEvent.PlayStarted(), DONE, "welcome"),
                record(version, new SubscriberEvent.PlayCompleted(), DONE, "welcome"),
                record(version, new SubscriberEvent.PlayFailed(1), BAD_FILE, "\"quoted\" \u00e9"),
                record(version, new SubscriberEvent.PlayFailed(null), BAD_FILE, null),
                record(version, new SubscriberEvent.PlayCanceled(), DONE, null),
                record(
                        version,
                        new SubscriberEvent.RecognizeCompleted(
                                List.of(Tone.ONE, Tone.POUND, Tone.ASTERISK, Tone.A), null),
                        DONE,
                        "menu"),
                record(
                        version,
                        new SubscriberEvent.RecognizeCompleted(
                                List.of(), new Understood("Confirm", "yes", 0.93)),
                        DONE,
                        "menu"),
                record(
                        version,
                        new SubscriberEvent.RecognizeCompleted(
                                List.of(), Understood.byKey("Confirm")),
                        DONE,
                        "menu"),
                record(
                        version,
                        new SubscriberEvent.RecognizeCompleted(
                                List.of(), Understood.speech("to \"Zoe\" \u00e9", 1)),
                        DONE,
                        "menu"),
                record(version, new SubscriberEvent.RecognizeFailed(0), BAD_FILE, "menu"),
                record(version, new SubscriberEvent.RecognizeCanceled(), DONE, "menu"),
                record(version, new SubscriberEvent.AnswerFailed(), BUSY, "the call"),
                record(version, new SubscriberEvent.ConnectFailed(), BUSY, "the call"),
                record(version, new SubscriberEvent.AddParticipantSucceeded(WHO), DONE, "add"),
                record(version, new SubscriberEvent.AddParticipantFailed(WHO), BUSY, "add"),
                record(version, new SubscriberEvent.RemoveParticipantSucceeded(WHO), DONE, null),
                record(version, new SubscriberEvent.RemoveParticipantFailed(WHO), BUSY, null),
                record(
                        version,
                        new SubscriberEvent.CancelAddParticipantSucceeded(INVITATION),
                        DONE,
                        "cancel"),
                record(
                        version,
                        new SubscriberEvent.CancelAddParticipantFailed(INVITATION),
                        BUSY,
                        "cancel"),
                record(
                        version,
                        new SubscriberEvent.CallTransferAccepted(
                                WHO, new Identifier.CommunicationUser("8:acs:res_user")),
                        DONE,
                        "transfer"),
                record(version, new SubscriberEvent.CallTransferFailed(), BUSY, "transfer"),
                record(version, new SubscriberEvent.MoveParticipantSucceeded(WHO, FROM), DONE, "m"),
                record(version, new SubscriberEvent.MoveParticipantFailed(WHO, FROM), BUSY, "m"),
                record(version, new SubscriberEvent.HoldFailed(), BAD_FILE, "hold"),
                record(
                        version,
                        new SubscriberEvent.ContinuousDtmfRecognitionToneReceived(4, Tone.POUND),
                        DONE,
                        "keys"),
                record(
                        version,
                        new SubscriberEvent.ContinuousDtmfRecognitionStopped(),
                        DONE,
                        "keys"),
                record(version, new SubscriberEvent.SendDtmfTonesCompleted(), DONE, "send"),
                record(version, new SubscriberEvent.SendDtmfTonesFailed(), BUSY, "send"),
                record(
                        version,
                        new SubscriberEvent.MediaStreamingStarted(
                                StreamingDetails.SUBSCRIPTION_STARTED),
                        DONE,
                        "stream"),
                record(
                        version,
                        new SubscriberEvent.MediaStreamingStopped(
                                StreamingDetails.SUBSCRIPTION_STOPPED),
                        DONE,
                        "stream"),
                record(
                        version,
                        new SubscriberEvent.MediaStreamingFailed(
                                StreamingDetails.INITIAL_WEB_SOCKET_CONNECTION_FAILED),
                        BUSY,
                        "stream"),
                record(
                        version,
                        new SubscriberEvent.TranscriptionStarted(
                                StreamingDetails.SUBSCRIPTION_STARTED),
                        DONE,
                        "words"),
                record(
                        version,
                        new SubscriberEvent.TranscriptionStarted(
                                StreamingDetails.STREAM_CONNECTION_REESTABLISHED),
                        DONE,
                        "words"),
                record(
                        version,
                        new SubscriberEvent.TranscriptionUpdated(
                                StreamingDetails.TRANSCRIPTION_LOCALE_UPDATED),
                        DONE,
                        "words"),
                record(
                        version,
                        new SubscriberEvent.TranscriptionStopped(
                                StreamingDetails.SUBSCRIPTION_STOPPED),
                        DONE,
                        "words"),
                record(
                        version,
                        new SubscriberEvent.TranscriptionFailed(
                                StreamingDetails.SPEECH_SERVICES_CONNECTION_ERROR),
                        BUSY,
                        "words"),
                outside(version, INCOMING),
                outside(
                        version,
                        new SubscriberEvent.RecordingStateChanged(
                                RECORDING, RecordingState.ACTIVE, STARTED)),
                outside(version, new SubscriberEvent.StartRecordingFailed(RECORDING)),
                outside(version, FILE),
                outside(version, NO_FILE));
    }

    private static final Identifier WHO = new Identifier.PhoneNumber("+15550100001");
    private static final OperationId INVITATION = new OperationId(new UUID(5, 6));
    private static final CallConnectionId FROM = new CallConnectionId(new UUID(7, 8));
    private static final SubscriberEvent INCOMING =
            new SubscriberEvent.IncomingCall(
                    WHO,
                    new Identifier.PhoneNumber("+15550199000"),
                    "Ann",
                    "context",
                    Map.of("User-To-User", "1"));

    private static final RecordingId RECORDING = Events.call("golden").recording(1);
    private static final Instant STARTED = Instant.parse("2026-09-15T11:30:00.250Z");
    private static final String OBJECT = "https://calls.example.com/v1/objects/" + RECORDING;
    private static final SubscriberEvent FILE =
            new SubscriberEvent.RecordingFileStatusUpdated(
                    RECORDING,
                    new RecordingFormat(ChannelType.UNMIXED, FileFormat.WAV),
                    STARTED,
                    EndReason.CALL_ENDED,
                    new RecordingFile(
                            RECORDING.toString(),
                            URI.create(OBJECT + "/content/audio"),
                            URI.create(OBJECT + "/content/acsmetadata"),
                            URI.create(OBJECT),
                            Duration.ofMillis(60_200),
                            963_244,
                            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"));
    private static final SubscriberEvent NO_FILE =
            new SubscriberEvent.RecordingFileStatusUpdated(
                    RECORDING,
                    new RecordingFormat(ChannelType.MIXED, FileFormat.MP3),
                    STARTED,
                    EndReason.STOPPED,
                    null);

    private static EventRecord outside(ApiVersion version, SubscriberEvent event) {
        EventRecord inside = record(version, event, DONE, "outside");
        return new EventRecord(
                inside.eventId(),
                inside.call(),
                null,
                inside.correlationId(),
                inside.apiVersion(),
                inside.callbackUri(),
                inside.sequence(),
                inside.time(),
                inside.operationContext(),
                inside.result(),
                inside.event());
    }

    private static List<EventRecord> preview(ApiVersion version) {
        return List.of(
                record(
                        version,
                        new SubscriberEvent.CallConnectionStateChanged(ConnectionState.CONNECTING),
                        null,
                        null),
                record(
                        version,
                        new SubscriberEvent.CallConnectionStateChanged(ConnectionState.CONNECTED),
                        DONE,
                        "ignored"),
                record(
                        version,
                        new SubscriberEvent.CallConnectionStateChanged(
                                ConnectionState.DISCONNECTED),
                        BUSY,
                        null),
                record(version, new SubscriberEvent.ParticipantsUpdated(1, ROSTER), DONE, null),
                record(
                        version,
                        new SubscriberEvent.PlayAudioResult(OperationStatus.COMPLETED),
                        DONE,
                        "welcome"),
                record(
                        version,
                        new SubscriberEvent.PlayAudioResult(OperationStatus.FAILED),
                        BAD_FILE,
                        null),
                record(
                        version,
                        new SubscriberEvent.DtmfReceived(
                                new Identifier.PhoneNumber("+15550100001"), 1, Tone.FIVE),
                        null,
                        null),
                record(
                        version,
                        new SubscriberEvent.DtmfReceived(
                                new Identifier.PhoneNumber("+15550100001"), 2, Tone.ASTERISK),
                        null,
                        null),
                outside(
                        version,
                        new SubscriberEvent.AddParticipantResult(OperationStatus.COMPLETED)),
                outside(version, new SubscriberEvent.PlayAudioResult(OperationStatus.FAILED)),
                outside(
                        version,
                        new SubscriberEvent.CallRecordingStateChanged(
                                RECORDING, RecordingState.INACTIVE, STARTED)),
                outside(version, FILE));
    }

    private static EventRecord record(
            ApiVersion version,
            SubscriberEvent event,
            @Nullable ResultInformation result,
            @Nullable String operationContext) {
        return new EventRecord(
                new UUID(1, 2),
                Events.call("golden"),
                Events.call("golden").connection(1),
                new UUID(3, 4),
                version,
                URI.create("https://app.example/events?secret=1"),
                7,
                Instant.parse("2026-09-15T11:36:07.993757400Z"),
                operationContext,
                result,
                event);
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = EventBodyTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

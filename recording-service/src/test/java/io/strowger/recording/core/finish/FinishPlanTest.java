package io.strowger.recording.core.finish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.recording.RecordingCommand.EndReason;
import io.strowger.contracts.recording.RecordingCommand.Finish;
import io.strowger.contracts.recording.RecordingCommand.Loss;
import io.strowger.contracts.recording.RecordingCommand.Pause;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.finish.FinishPlan.Cause;
import io.strowger.recording.core.finish.FinishPlan.Silence;
import io.strowger.recording.core.finish.FinishPlan.Spooled;
import io.strowger.recording.core.finish.RecordingMetadata.Made;
import io.strowger.recording.core.timeline.Span;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FinishPlanTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Spooled TEN_SECONDS = new Spooled(8000, 80_000, List.of(), 1);

    @Test
    void theFileIsAsLongAsWasRecorded() {
        assertEquals(80_000, plan(finish(ChannelType.MIXED, null), TEN_SECONDS).samples());
        assertEquals(96_000, plan(finish(ChannelType.MIXED, 96_000L), TEN_SECONDS).samples());
    }

    @Test
    void whatArrivedIsNeverCutOff() {
        assertEquals(80_000, plan(finish(ChannelType.MIXED, 64_000L), TEN_SECONDS).samples());
    }

    @Test
    void aMissingEndIsSilence() {
        FinishPlan plan = plan(finish(ChannelType.MIXED, 96_000L), TEN_SECONDS);

        assertEquals(
                List.of(new Silence(new Span(80_000, 16_000), Cause.NOT_RECEIVED)),
                plan.silences());
    }

    @Test
    void aGapThatTheWorkerKnowsOfIsToldOnce() {
        Spooled spooled = new Spooled(8000, 80_000, List.of(new Span(1600, 3200)), 1);

        FinishPlan plan = plan(finish(ChannelType.MIXED, null, new Loss(1600, 1600)), spooled);

        assertEquals(
                List.of(
                        new Silence(new Span(1600, 1600), Cause.NOT_WRITTEN),
                        new Silence(new Span(3200, 1600), Cause.NOT_RECEIVED)),
                plan.silences());
    }

    @Test
    void anUnmixedFileHasAChannelForEverybodyWhoWasGivenOne() {
        assertEquals(3, plan(finish(ChannelType.UNMIXED, null), TEN_SECONDS).channels());
        assertEquals(1, plan(finish(ChannelType.MIXED, null), TEN_SECONDS).channels());
    }

    @Test
    void noAudioThatCameIsLeftOut() {
        Spooled five = new Spooled(8000, 80_000, List.of(), 5);

        assertEquals(5, plan(finish(ChannelType.UNMIXED, null), five).channels());
    }

    @Test
    void anMp3OfThreeChannelsIsImpossible() {
        FinishPlan plan =
                plan(finish(spec(ChannelType.UNMIXED, FileFormat.MP3, null)), TEN_SECONDS);

        assertTrue(plan.impossible().orElseThrow().contains("not 3"));
        assertTrue(plan(finish(ChannelType.UNMIXED, null), TEN_SECONDS).impossible().isEmpty());
    }

    @Test
    void theMetadataPlacesPausesAndGapsInTime() {
        Spooled spooled = new Spooled(8000, 80_000, List.of(new Span(16_000, 1600)), 1);
        FinishPlan plan = plan(finish(ChannelType.MIXED, null), spooled);

        RecordingMetadata metadata =
                RecordingMetadata.of(
                        plan, new Made(8000, 128_000, 160_044, "ab"), START.plusSeconds(60));

        assertEquals(
                List.of(
                        new RecordingMetadata.Interval(START.plusSeconds(1), 3000),
                        new RecordingMetadata.Interval(START.plusSeconds(8), 500)),
                metadata.pauseResumeIntervals());
        assertEquals(
                List.of(
                        new RecordingMetadata.Gap(
                                START.plusSeconds(5), 200, 16_000, 1600, "notReceived")),
                metadata.gaps());
        assertEquals(10_000, metadata.chunkDuration());
        assertEquals(START.plusSeconds(3660), metadata.expiresAt());
        assertEquals("callEnded", metadata.endReason());
        assertEquals("4:+15550100001", metadata.participants().getLast().participantId());
        assertEquals(2, metadata.participants().getLast().channel());
    }

    @Test
    void theFileIsHadFromTheApi() {
        RecordingFile file = file(spec(ChannelType.MIXED, FileFormat.WAV, null), "http://x:1");

        String object = "http://x:1/v1/objects/" + file.documentId();
        assertEquals(URI.create(object + "/content/audio"), file.contentLocation());
        assertEquals(URI.create(object + "/content/acsmetadata"), file.metadataLocation());
        assertEquals(URI.create(object), file.deleteLocation());
        assertEquals(Duration.ofSeconds(10), file.duration());
    }

    @Test
    void orFromTheApplicationsContainer() {
        URI container = URI.create("https://s3.example/bucket/prefix");

        RecordingFile file =
                file(spec(ChannelType.MIXED, FileFormat.MP3, container), "http://x:1/");

        String name = "https://s3.example/bucket/prefix/" + file.documentId();
        assertEquals(URI.create(name + ".mp3"), file.contentLocation());
        assertEquals(URI.create(name + ".json"), file.metadataLocation());
        assertNull(file.deleteLocation());
    }

    private static RecordingFile file(RecordingSpec spec, String publicUrl) {
        FinishPlan plan = FinishPlan.of(finish(spec), TEN_SECONDS);
        RecordingMetadata metadata =
                RecordingMetadata.of(plan, new Made(8000, 128_000, 160_044, "ab"), START);
        return Locations.of(spec, metadata, URI.create(publicUrl));
    }

    private static FinishPlan plan(Finish finish, Spooled spooled) {
        return FinishPlan.of(finish, spooled);
    }

    private static RecordingSpec spec(
            ChannelType channels, FileFormat format, @Nullable URI container) {
        return new RecordingSpec(
                new ServerCallId(9, 0).recording(1),
                new UUID(1, 2),
                START,
                new RecordingFormat(channels, format),
                container);
    }

    private static Finish finish(RecordingSpec spec) {
        return finish(spec, null);
    }

    private static Finish finish(ChannelType channels, @Nullable Long samples, Loss... losses) {
        return finish(spec(channels, FileFormat.WAV, null), samples, losses);
    }

    private static Finish finish(RecordingSpec spec, @Nullable Long samples, Loss... losses) {
        return new Finish(
                spec,
                EndReason.CALL_ENDED,
                samples,
                List.of(
                        new Pause(8000, Duration.ofSeconds(3)),
                        new Pause(40_000, Duration.ofMillis(500))),
                List.of(losses),
                List.of(
                        new RecordedParticipant(new Identifier.CommunicationUser("8:acs:r_bob"), 0),
                        new RecordedParticipant(new Identifier.PhoneNumber("+15550100001"), 2)),
                Duration.ofHours(1));
    }
}

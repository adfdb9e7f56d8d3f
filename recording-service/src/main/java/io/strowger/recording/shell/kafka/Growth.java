package io.strowger.recording.shell.kafka;

import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.contracts.recording.RecordingFormat.FileFormat;
import io.strowger.contracts.recording.RecordingSpec;
import io.strowger.recording.core.finish.Finisher;
import io.strowger.recording.core.spool.SpooledRecording;
import io.strowger.recording.core.wav.WavHeader;
import java.time.Duration;

/// Lets stores begin with files that still grow: those that are spooled as they will be finished.
/// For the reading thread.
final class Growth {
    private static final long EVERY_NS = Duration.ofSeconds(5).toNanos();
    private final Recordings recordings;
    private final Finisher finisher;
    private final Finishes finishes;
    private long lastNs = System.nanoTime();

    Growth(Recordings recordings, Finisher finisher, Finishes finishes) {
        this.recordings = recordings;
        this.finisher = finisher;
        this.finishes = finishes;
    }

    void turn(long nowNs) {
        if (nowNs - lastNs < EVERY_NS) {
            return;
        }
        lastNs = nowNs;
        for (OwnedPartition partition : recordings.partitions()) {
            for (SpooledRecording one : partition.recordings.values()) {
                RecordingSpec spec = one.state().spec();
                if (spec != null
                        && growsAsItEnds(spec.format())
                        && takesAudio(one)
                        && !partition.reading.isIncomplete(one.recording())) {
                    finisher.advance(
                            spec, SpooledRecording.channel(one.folder(), 0), stableBytes(one));
                }
            }
        }
    }

    private static boolean growsAsItEnds(RecordingFormat format) {
        return format.channelType() == ChannelType.MIXED && format.fileFormat() == FileFormat.WAV;
    }

    private boolean takesAudio(SpooledRecording one) {
        return one.state().done() == null
                && one.state().refusal() == null
                && !one.state().incomplete()
                && !finishes.isUnderWay(one.recording());
    }

    /// A gap may still be filled.
    private static long stableBytes(SpooledRecording one) {
        long samples = one.gaps().isEmpty() ? one.samples() : one.gaps().getFirst().position();
        return WavHeader.BYTES + samples * Short.BYTES;
    }
}

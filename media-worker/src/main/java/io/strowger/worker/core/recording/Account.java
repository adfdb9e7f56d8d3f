package io.strowger.worker.core.recording;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the audio of one recording: each sample is acknowledged, reported lost, or still
/// under way; when none is under way any more after the end, the recording has stopped. Losses side
/// by side are reported as one, at most once a second. For one thread, the writer's.
public final class Account {
    static final long REPORT_EVERY_NS = Duration.ofSeconds(1).toNanos();
    private static final long RUNNING = -1;
    private final RecordingId recording;
    private final TreeMap<Long, Long> losses = new TreeMap<>();
    private long expected;
    private int underWay;
    private long end = RUNNING;
    private boolean reported;
    private long reportedAtNs;
    private boolean stopped;

    /// @param position of the first sample to come
    public Account(RecordingId recording, long position) {
        this.recording = recording;
        this.expected = position;
    }

    /// A piece is on its way. What is missing before it was lost for want of room.
    ///
    /// @return samples missing before it
    public long sent(long position, int samples) {
        long missing = reach(position);
        expected = position + samples;
        underWay++;
        return missing;
    }

    private long reach(long position) {
        long missing = position - expected;
        if (missing > 0) {
            lose(expected, missing);
        }
        return Math.max(0, missing);
    }

    /// A piece that was sent has arrived.
    public void arrived() {
        underWay--;
    }

    /// A piece that was sent did not arrive.
    public void failed(long position, long samples) {
        underWay--;
        lose(position, samples);
    }

    private void lose(long position, long samples) {
        long from = position;
        long to = position + samples;
        Map.Entry<Long, Long> before = losses.floorEntry(from);
        if (before != null && before.getKey() + before.getValue() == from) {
            from = before.getKey();
        }
        Long after = losses.remove(to);
        losses.put(from, to - from + (after == null ? 0 : after));
    }

    /// Nothing more will be sent.
    ///
    /// @param samples the length of the recording
    /// @return samples missing at its end
    public long ended(long samples) {
        if (end != RUNNING) {
            return 0;
        }
        end = samples;
        return reach(samples);
    }

    /// Pieces of which nothing is known yet.
    public int underWay() {
        return underWay;
    }

    /// What is to be reported now, in this order.
    public List<MediaEvent> due(long nowNs) {
        boolean over = end != RUNNING && underWay == 0;
        if (stopped || !over && losses.isEmpty()) {
            return List.of();
        }
        List<MediaEvent> events = new ArrayList<>();
        while (!losses.isEmpty()
                && (over || !reported || nowNs - reportedAtNs >= REPORT_EVERY_NS)) {
            Map.Entry<Long, Long> loss = losses.pollFirstEntry();
            events.add(
                    new MediaEvent.RecordingAudioLost(recording, loss.getKey(), loss.getValue()));
            reported = true;
            reportedAtNs = nowNs;
        }
        if (over) {
            stopped = true;
            events.add(new MediaEvent.RecordingStopped(recording, end));
        }
        return events;
    }

    /// Whether the end was reported.
    public boolean isStopped() {
        return stopped;
    }
}

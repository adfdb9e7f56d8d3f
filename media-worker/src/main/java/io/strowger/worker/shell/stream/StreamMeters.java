package io.strowger.worker.shell.stream;

import io.micrometer.core.instrument.Counter;
import io.strowger.runtime.telemetry.Telemetry;

/// What streams count. Safe for use by many threads.
final class StreamMeters {
    final Counter sent;
    final Counter lost;
    final Counter heard;
    final Counter tooMuch;
    final Counter unreadable;
    final Counter made;
    final Counter failed;
    final Counter broken;

    private enum Way {
        OUT,
        IN
    }

    private enum Outcome {
        OK,
        LOST,
        UNREADABLE
    }

    private enum Attempt {
        MADE,
        FAILED,
        BROKEN
    }

    StreamMeters(Telemetry telemetry) {
        sent = frames(telemetry, Way.OUT, Outcome.OK);
        lost = frames(telemetry, Way.OUT, Outcome.LOST);
        heard = frames(telemetry, Way.IN, Outcome.OK);
        tooMuch = frames(telemetry, Way.IN, Outcome.LOST);
        unreadable = frames(telemetry, Way.IN, Outcome.UNREADABLE);
        made = connections(telemetry, Attempt.MADE);
        failed = connections(telemetry, Attempt.FAILED);
        broken = connections(telemetry, Attempt.BROKEN);
    }

    private static Counter frames(Telemetry telemetry, Way way, Outcome outcome) {
        return telemetry.counter(Telemetry.STREAM_FRAMES, "direction", way, "outcome", outcome);
    }

    private static Counter connections(Telemetry telemetry, Attempt outcome) {
        return telemetry.counter(Telemetry.STREAM_CONNECTIONS, "outcome", outcome);
    }
}

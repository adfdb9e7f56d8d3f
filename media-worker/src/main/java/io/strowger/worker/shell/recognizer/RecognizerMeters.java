package io.strowger.worker.shell.recognizer;

import io.micrometer.core.instrument.Counter;
import io.strowger.runtime.telemetry.Telemetry;

/// What listenings count. Safe for use by many threads.
final class RecognizerMeters {
    final Counter sent;
    final Counter lost;
    final Counter made;
    final Counter failed;
    final Counter broken;
    final Counter partials;
    final Counter results;
    final Counter errors;
    final Counter unreadable;

    private enum Frames {
        OK,
        LOST
    }

    private enum Attempt {
        MADE,
        FAILED,
        BROKEN
    }

    private enum Said {
        PARTIAL,
        RESULT,
        ERROR,
        UNREADABLE
    }

    RecognizerMeters(Telemetry telemetry) {
        sent = telemetry.counter(Telemetry.SPEECH_FRAMES, "outcome", Frames.OK);
        lost = telemetry.counter(Telemetry.SPEECH_FRAMES, "outcome", Frames.LOST);
        made = connections(telemetry, Attempt.MADE);
        failed = connections(telemetry, Attempt.FAILED);
        broken = connections(telemetry, Attempt.BROKEN);
        partials = said(telemetry, Said.PARTIAL);
        results = said(telemetry, Said.RESULT);
        errors = said(telemetry, Said.ERROR);
        unreadable = said(telemetry, Said.UNREADABLE);
    }

    private static Counter connections(Telemetry telemetry, Attempt outcome) {
        return telemetry.counter(Telemetry.SPEECH_CONNECTIONS, "outcome", outcome);
    }

    private static Counter said(Telemetry telemetry, Said what) {
        return telemetry.counter(Telemetry.SPEECH_RESULTS, "outcome", what);
    }
}

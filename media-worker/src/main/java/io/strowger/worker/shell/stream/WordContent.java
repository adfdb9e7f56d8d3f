package io.strowger.worker.shell.stream;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.stream.StreamFrame;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRequest;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What people say, as words: each person's sound goes to a session of the recogniser of its own,
/// and what is understood goes to the application. Words wait for an application that is away or
/// slow, as far as there is room; then the oldest are lost, never the call. A recogniser that
/// breaks is asked again a few times.
final class WordContent implements StreamContent, Voice.Owner {
    /// Words of some minutes.
    private static final int MOST_WAITING = 256;

    /// Who was not heard for so long, muted or on hold, is listened to anew afterwards: a session
    /// counts its time in sound.
    private static final int MOST_GAP_MS = 1000;

    private final StreamRequest stream;
    private final StreamLine line;
    private final Ports ports;
    private final Map<Integer, Voice> live = new HashMap<>();
    private final List<Voice> leaving = new ArrayList<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private TranscriptionSpec spec;
    private long beganAtEpochMs = -1;
    private int failures;
    private long deafUntilNs = System.nanoTime();
    private boolean finishing;
    private long doneByNs;
    private boolean away = true;
    private @Nullable MediaEvent failure;

    /// What words come from and go to.
    ///
    /// @param told hears of changes
    record Ports(
            SpeechRecognizer recognizer,
            ServerCallId call,
            Context loop,
            StreamMeters meters,
            StreamTimings timings,
            Consumer<MediaEvent> told) {}

    WordContent(StreamRequest stream, TranscriptionSpec spec, StreamLine line, Ports ports) {
        this.stream = stream;
        this.spec = spec;
        this.line = line;
        this.ports = ports;
    }

    @Override
    public String metadata() {
        return WordFrames.metadata(stream, spec);
    }

    @Override
    public void connected() {
        // Words that wait are still worth reading.
    }

    @Override
    public void look(@Nullable WebSocket open, boolean last) {
        away = open == null;
        MediaCommand.UpdateTranscription change = line.takeChange();
        if (change != null) {
            change(change, open);
        }
        take();
        if (last && !finishing) {
            finishing = true;
            doneByNs = System.nanoTime() + ports.timings.lastWords().toNanos();
            leaveAll();
        }
        if (open != null) {
            while (!waiting.isEmpty() && !open.writeQueueFull()) {
                ports.meters.sent.increment();
                var _ = open.writeTextMessage(waiting.remove());
            }
        }
    }

    private void change(MediaCommand.UpdateTranscription change, @Nullable WebSocket open) {
        spec = change.spec();
        failures = 0;
        leaveAll();
        if (open != null) {
            var _ = open.writeTextMessage(metadata());
        }
        ports.told.accept(new MediaEvent.TranscriptionUpdated(stream.stream(), change.update()));
    }

    private void take() {
        long lastEpochMs = 0;
        for (StreamFrame frame = line.ring().peek(); frame != null; frame = line.ring().peek()) {
            lastEpochMs = frame.epochMs();
            if (beganAtEpochMs < 0) {
                beganAtEpochMs = lastEpochMs;
            }
            for (int i = 0; i < frame.voices(); i++) {
                Voice voice = voice(frame.leg(i), lastEpochMs);
                if (voice != null) {
                    voice.hear(frame, i);
                }
            }
            line.ring().free();
        }
        for (Voice voice : List.copyOf(live.values())) {
            if (lastEpochMs - voice.lastEpochMs() > MOST_GAP_MS) {
                leave(voice);
            }
        }
    }

    private @Nullable Voice voice(int leg, long epochMs) {
        Voice known = live.get(leg);
        if (known != null && epochMs - known.lastEpochMs() > MOST_GAP_MS) {
            leave(known);
            known = null;
        }
        if (known != null || System.nanoTime() - deafUntilNs < 0 || failure != null) {
            return known;
        }
        Voice voice = new Voice(leg, Duration.ofMillis(epochMs - beganAtEpochMs), this);
        live.put(leg, voice);
        voice.listen(
                ports.recognizer,
                new SpeechRecognizer.Request(
                        spec.locale(),
                        spec.intermediateResults(),
                        List.of(),
                        spec.modelEndpointId(),
                        null,
                        ports.call,
                        new LegId(leg)),
                ports.loop);
        return voice;
    }

    private void leaveAll() {
        List.copyOf(live.values()).forEach(this::leave);
    }

    /// Nothing more is said there; what was said is still told.
    private void leave(Voice voice) {
        live.remove(voice.leg());
        leaving.add(voice);
        voice.finish();
    }

    @Override
    public void understood(Voice voice, Result result, boolean isFinal) {
        failures = 0;
        String who = line.participant(voice.leg());
        if (who == null || result.text().isBlank()) {
            return;
        }
        if (isFinal) {
            if (waiting.size() == MOST_WAITING) {
                waiting.remove();
                ports.meters.lost.increment();
            }
            waiting.add(WordFrames.result(who, result, voice.since()));
        } else if (!away && waiting.size() < MOST_WAITING) {
            waiting.add(WordFrames.partial(who, result, voice.since()));
        }
    }

    @Override
    public void ended(Voice voice) {
        if (forget(voice) && !voice.wasHeard()) {
            tryAgain(new Failure(SpeechFailure.INTERRUPTED, "the recogniser hears nothing"));
        }
    }

    @Override
    public void failed(Voice voice, Failure why) {
        if (forget(voice)) {
            tryAgain(why);
        }
    }

    /// @return whether it was still to be listened to
    private boolean forget(Voice voice) {
        voice.close();
        leaving.remove(voice);
        return live.remove(voice.leg(), voice);
    }

    private void tryAgain(Failure why) {
        List<Duration> pauses = ports.timings.pauses();
        if (!mayPass(why.reason()) || failures >= pauses.size()) {
            failure =
                    new MediaEvent.TranscriptionFailed(
                            stream.stream(), why.reason(), "the recogniser: " + why.detail());
            return;
        }
        deafUntilNs = System.nanoTime() + pauses.get(failures).toNanos();
        failures++;
    }

    private static boolean mayPass(SpeechFailure reason) {
        return switch (reason) {
            case NOT_CONFIGURED, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN -> false;
            case TIMEOUT, TOO_MANY_REQUESTS, UNREACHABLE, INTERRUPTED, FAILED -> true;
        };
    }

    /// Nothing is expected on a stream of words.
    @Override
    public void received(String text) {
        ports.meters.unreadable.increment();
    }

    @Override
    public boolean isDone() {
        boolean said = live.isEmpty() && leaving.isEmpty() && (away || waiting.isEmpty());
        return said || System.nanoTime() - doneByNs >= 0;
    }

    @Override
    public @Nullable MediaEvent failure() {
        return failure;
    }

    @Override
    public void close() {
        live.values().forEach(Voice::close);
        leaving.forEach(Voice::close);
        live.clear();
        leaving.clear();
    }
}

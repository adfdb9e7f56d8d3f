package io.strowger.worker.shell.stream;

import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import io.strowger.worker.core.stream.StreamFrame;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one person says without a gap, listened to by one session of the recogniser. Used on the
/// event loop of its stream, to which the recogniser's own thread hands over what it tells.
final class Voice {
    private static final Duration FRAME = Duration.ofMillis(20);
    private final int leg;
    private final Duration since;
    private final Owner owner;
    private final short[] samples = new short[Frame.SAMPLES];
    private @Nullable Session session;
    private long frames;
    private long lastEpochMs;
    private boolean understood;

    /// Who has voices.
    interface Owner {
        void understood(Voice voice, Result result, boolean isFinal);

        void ended(Voice voice);

        void failed(Voice voice, Failure failure);
    }

    /// @param leg the ordinal of who speaks
    /// @param since the begin of the transcription
    Voice(int leg, Duration since, Owner owner) {
        this.leg = leg;
        this.since = since;
        this.owner = owner;
    }

    void listen(SpeechRecognizer recognizer, SpeechRecognizer.Request request, Context loop) {
        session =
                recognizer.open(
                        request, Heard.listener(heard -> loop.runOnContext(unused -> take(heard))));
    }

    int leg() {
        return leg;
    }

    Duration since() {
        return since;
    }

    long lastEpochMs() {
        return lastEpochMs;
    }

    /// Whether anything was understood.
    boolean wasHeard() {
        return understood;
    }

    void hear(StreamFrame frame, int voice) {
        lastEpochMs = frame.epochMs();
        Session open = session;
        if (open != null) {
            System.arraycopy(frame.pcm(), voice * Frame.SAMPLES, samples, 0, Frame.SAMPLES);
            if (open.audio(samples)) {
                frames++;
            }
        }
    }

    /// No more is said: what was is still told.
    void finish() {
        if (session != null) {
            session.finish();
        }
    }

    void close() {
        if (session != null) {
            session.close();
        }
    }

    private void understood(Result result, boolean isFinal) {
        understood = true;
        owner.understood(this, result, isFinal);
    }

    /// Of what is being said only the begin is known.
    private void partial(String text, Duration offset) {
        Duration soFar = FRAME.multipliedBy(frames).minus(offset);
        understood(
                new Result(text, 0, offset, soFar.isNegative() ? Duration.ZERO : soFar, List.of()),
                false);
    }

    private void take(Heard heard) {
        switch (heard) {
            case Heard.Partial(String text, Duration offset) -> partial(text, offset);
            case Heard.Said(Result result) -> understood(result, true);
            case Heard.Failed(Failure failure) -> owner.failed(this, failure);
            case Heard.Ended() -> owner.ended(this);
        }
    }
}

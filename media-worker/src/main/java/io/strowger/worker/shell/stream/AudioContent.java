package io.strowger.worker.shell.stream;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.media.resample.Downsampler;
import io.strowger.worker.core.stream.StreamFrame;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamRing;
import io.vertx.core.http.WebSocket;
import org.jspecify.annotations.Nullable;

/// What people say, as sound, and what the application says to them. An application that does not
/// keep up loses the oldest frames, never the call.
final class AudioContent implements StreamContent {
    /// Of what waits when the ring is full, this much is kept.
    private static final int KEPT_FRAMES = StreamRing.FRAMES / 2;

    private final OperationId stream;
    private final StreamSpec spec;
    private final StreamLine line;
    private final StreamMeters meters;
    private final Frames frames;
    private final Downsampler downsampler;

    AudioContent(OperationId stream, StreamSpec spec, StreamLine line, StreamMeters meters) {
        this.stream = stream;
        this.spec = spec;
        this.line = line;
        this.meters = meters;
        this.frames = new Frames(spec.format().sampleRate());
        this.downsampler = new Downsampler(spec.format().sampleRate());
    }

    @Override
    public String metadata() {
        return frames.metadata(stream);
    }

    /// Nobody wants to hear the past.
    @Override
    public void connected() {
        meters.lost.increment(line.ring().drop(0));
    }

    @Override
    public void look(@Nullable WebSocket open, boolean last) {
        if (open == null) {
            return;
        }
        for (Tone key = line.key(); key != null; key = line.key()) {
            var _ = open.writeTextMessage(frames.key(key));
        }
        for (StreamFrame frame = line.ring().peek(); frame != null; frame = line.ring().peek()) {
            if (open.writeQueueFull()) {
                if (line.ring().waiting() == StreamRing.FRAMES) {
                    meters.lost.increment(line.ring().drop(KEPT_FRAMES));
                }
                return;
            }
            for (int voice = 0; voice < frame.voices(); voice++) {
                send(open, frame, voice);
            }
            line.ring().free();
        }
    }

    private void send(WebSocket open, StreamFrame frame, int voice) {
        String who = line.participant(frame.leg(voice));
        if (who != null || frame.leg(voice) == StreamFrame.EVERYBODY) {
            meters.sent.increment();
            var _ = open.writeTextMessage(frames.audio(frame, voice, who));
        }
    }

    @Override
    public void received(String text) {
        switch (AppFrame.read(text)) {
            case AppFrame.Audio(short[] samples) when spec.bidirectional() -> {
                if (line.voice().put(downsampler.next(samples))) {
                    meters.heard.increment();
                } else {
                    meters.tooMuch.increment();
                }
            }
            case AppFrame.Stop _ when spec.bidirectional() -> line.voice().flush();
            case AppFrame.Audio _, AppFrame.Stop _, AppFrame.Unreadable _ ->
                    meters.unreadable.increment();
        }
    }

    @Override
    public boolean isDone() {
        return true;
    }

    @Override
    public @Nullable MediaEvent failure() {
        return null;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

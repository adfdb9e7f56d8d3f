package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.core.stream.StreamLine.Saying;
import io.strowger.worker.core.stream.StreamRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The streams of one call to applications, of audio and of words, any number at once.
///
/// An application hears what the people in the call say: mixed, those that are mixed for the
/// phones, in one; unmixed, each of them by itself. It hears no prompts, and not what applications
/// say: it would hear itself. What it says is heard by everybody as a voice of its own.
///
/// For the media thread of the call; a frame allocates nothing.
public final class Streams {
    private final Legs legs;
    private final List<Streamed> all = new ArrayList<>();
    private final int[] said = new int[Frame.SAMPLES];
    private final short[] heard = new short[Frame.SAMPLES];

    private record Streamed(OperationId id, StreamLine line) {}

    Streams(Legs legs) {
        this.legs = legs;
    }

    /// Whether this stream has begun and not ended.
    public boolean has(OperationId id) {
        return find(id) != null;
    }

    /// Whether there is any stream.
    public boolean isOn() {
        return !all.isEmpty();
    }

    /// Begins a stream that is not there yet.
    public void start(StreamRequest request, StreamLine line) {
        request.legs().forEach(line::knows);
        all.add(new Streamed(request.stream(), line));
    }

    /// One more leg is streamed.
    public void stream(MediaCommand.StreamLeg command) {
        Streamed one = find(command.stream());
        if (one != null) {
            one.line.knows(command.leg());
        }
    }

    /// A stream of words is to go on otherwise; nothing is changed in one that is not there.
    public void change(MediaCommand.UpdateTranscription command) {
        Streamed one = find(command.stream());
        if (one != null) {
            one.line.change(command);
        }
    }

    /// Ends a stream; its end is told by who has its connection.
    ///
    /// @return false: it is not there
    public boolean stop(OperationId id) {
        Streamed one = find(id);
        if (one == null) {
            return false;
        }
        all.remove(one);
        one.line.end();
        return true;
    }

    /// Ends all streams.
    public void stopAll() {
        all.forEach(one -> one.line.end());
        all.clear();
    }

    private @Nullable Streamed find(OperationId id) {
        for (Streamed one : all) {
            if (one.id.equals(id)) {
                return one;
            }
        }
        return null;
    }

    void pressed(Tone tone) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).line.pressed(tone);
        }
    }

    /// Takes a frame of what people say, which has been mixed and nothing else yet, and mixes what
    /// applications say.
    void frame(Mixer mixer, long epochMs) {
        if (all.isEmpty()) {
            return;
        }
        mixer.everything(said);
        for (int i = all.size() - 1; i >= 0; i--) {
            StreamLine line = all.get(i).line;
            if (line.isAbandoned()) {
                all.remove(i);
            } else {
                take(line, epochMs);
                if (line.hear(heard)) {
                    mixer.add(heard);
                }
            }
        }
    }

    private void take(StreamLine line, long epochMs) {
        if (line.isMixed()) {
            line.say(epochMs, said);
            return;
        }
        Saying saying = line.saying(epochMs);
        if (saying != null) {
            for (int i = 0; i < legs.size(); i++) {
                LegMedia leg = legs.get(i);
                if (leg.voice.isTalker()) {
                    saying.add(leg.id.ordinal(), leg.voice.heard, leg.voice.isInTheMix());
                }
            }
            saying.done();
        }
    }
}

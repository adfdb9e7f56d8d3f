package io.strowger.worker.core.stream;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.StreamedLeg;
import io.strowger.contracts.stream.StreamSpec;
import io.strowger.contracts.stream.StreamSpec.Channels;
import io.strowger.contracts.stream.StreamTarget;
import io.strowger.contracts.stream.TranscriptionSpec;
import io.strowger.worker.core.rtp.Frame;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// All that goes between a call and the connection of one of its streams.
public final class StreamLine {
    private static final int MOST_KEYS = 64;
    private final Channels channels;
    private final boolean keysWanted;
    private final StreamRing ring;
    private final AppVoice voice = new AppVoice();
    private final Queue<Tone> keys = new ConcurrentLinkedQueue<>();
    private final AtomicInteger keysWaiting = new AtomicInteger();
    private final Map<Integer, String> participants = new ConcurrentHashMap<>();
    private final Saying saying = new Saying();
    private final AtomicReference<MediaCommand.@Nullable UpdateTranscription> change =
            new AtomicReference<>();
    private volatile boolean ended;
    private volatile boolean over;

    /// What a stream to such a target needs.
    public static StreamLine of(StreamTarget target) {
        return switch (target) {
            case StreamSpec audio -> new StreamLine(audio.channels(), audio.dtmfTones());
            case TranscriptionSpec _ -> new StreamLine(Channels.UNMIXED, false);
        };
    }

    public StreamLine(Channels channels, boolean keysWanted) {
        this.channels = channels;
        this.keysWanted = keysWanted;
        this.ring = new StreamRing(channels);
    }

    public StreamRing ring() {
        return ring;
    }

    /// What the application says.
    public AppVoice voice() {
        return voice;
    }

    /// Somebody is in the call. Media thread.
    public void knows(StreamedLeg leg) {
        participants.put(leg.leg().ordinal(), leg.participant().rawId());
    }

    /// Who a leg is; null: not known yet. Any thread.
    public @Nullable String participant(int leg) {
        return participants.get(leg);
    }

    public boolean isMixed() {
        return channels == Channels.MIXED;
    }

    /// What all say in this frame. Media thread.
    ///
    /// @param sums 160
    public void say(long epochMs, int[] sums) {
        StreamFrame frame = ring.next();
        if (frame != null) {
            frame.begin(epochMs);
            frame.addMixed(sums);
            ring.publish();
        }
    }

    /// Begins a frame of what each says. Media thread.
    ///
    /// @return null: there is no room for it
    public @Nullable Saying saying(long epochMs) {
        StreamFrame frame = ring.next();
        if (frame == null) {
            return null;
        }
        frame.begin(epochMs);
        saying.frame = frame;
        return saying;
    }

    /// A frame in the making. Media thread.
    public final class Saying {
        private @Nullable StreamFrame frame;

        private Saying() {}

        /// @param sound 160 samples
        /// @param sounds false: silence
        public void add(int leg, short[] sound, boolean sounds) {
            StreamFrame open = frame;
            if (open != null && open.hasRoom()) {
                open.add(leg, sound, sounds);
            }
        }

        public void done() {
            frame = null;
            ring.publish();
        }
    }

    /// Somebody pressed a key. Media thread.
    public void pressed(Tone tone) {
        if (keysWanted && keysWaiting.get() < MOST_KEYS) {
            keysWaiting.incrementAndGet();
            keys.add(tone);
        }
    }

    /// The next key that was pressed; null: none. Connection.
    public @Nullable Tone key() {
        Tone key = keys.poll();
        if (key != null) {
            keysWaiting.decrementAndGet();
        }
        return key;
    }

    /// What the application says in this frame. Media thread.
    ///
    /// @param frame 160 samples
    /// @return false: nothing
    public boolean hear(short[] frame) {
        if (frame.length != Frame.SAMPLES) {
            throw new IllegalArgumentException("a frame has " + Frame.SAMPLES + " samples");
        }
        return voice.take(frame);
    }

    /// What is said from now on is to be understood otherwise. Media thread.
    public void change(MediaCommand.UpdateTranscription update) {
        change.set(update);
    }

    /// The last change that was asked for; null: none since it was asked before. Connection.
    public MediaCommand.@Nullable UpdateTranscription takeChange() {
        return change.getAndSet(null);
    }

    /// Nothing more comes from the call. Media thread.
    public void end() {
        ended = true;
    }

    /// Whether nothing more comes from the call. Any thread.
    public boolean hasEnded() {
        return ended;
    }

    /// Nobody takes anything any more. Connection.
    public void abandon() {
        over = true;
    }

    /// Whether nobody takes anything any more. Any thread.
    public boolean isAbandoned() {
        return over;
    }
}

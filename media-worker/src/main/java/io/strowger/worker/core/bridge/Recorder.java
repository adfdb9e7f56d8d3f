package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaCommand.ChannelOfLeg;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.recording.RecordingFormat;
import io.strowger.contracts.recording.RecordingFormat.ChannelType;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.recording.Tape;
import io.strowger.worker.core.rtp.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The recordings of one call, any number at once.
///
/// Mixed: what people in the call say to each other and what is played to them, each once. That is
/// the talkers that are mixed for the phones, plays for all, and plays and prompts for legs that
/// hear them. Unmixed: what comes from each leg, on its channel. In neither is what nobody else may
/// hear or hears: who is muted, who is on hold (on either side), the music they are given. The keys
/// that are pressed towards a leg are no sound and not recorded.
///
/// A recording begins with the next frame and goes on, in silence, when nobody is left. For the
/// media thread of the call; a frame allocates nothing.
public final class Recorder {
    private final BridgeFacts facts;
    private final Legs legs;
    private final List<Recorded> all = new ArrayList<>();
    private final int[] everything = new int[Frame.SAMPLES];
    private int mixed;

    /// A recording at work.
    private static final class Recorded {
        final RecordingId id;
        final Tape tape;
        final boolean isMixed;
        final @Nullable LegId[] legs = new LegId[RecordingFormat.MAX_CHANNELS];
        final @Nullable Voice[] voices = new Voice[RecordingFormat.MAX_CHANNELS];

        Recorded(MediaCommand.StartRecording command, AudioRing ring) {
            id = command.recording();
            isMixed = command.channelType() == ChannelType.MIXED;
            tape =
                    new Tape(
                            ring,
                            command.position(),
                            isMixed ? 1 : RecordingFormat.MAX_CHANNELS,
                            command.paused());
        }
    }

    Recorder(BridgeFacts facts, Legs legs) {
        this.facts = facts;
        this.legs = legs;
    }

    /// Whether this recording has begun and not ended.
    public boolean records(RecordingId id) {
        return find(id) != null;
    }

    /// Whether there is any recording.
    public boolean isOn() {
        return !all.isEmpty();
    }

    /// Begins a recording that is not there yet.
    ///
    /// @param ring where its audio leaves
    public void start(MediaCommand.StartRecording command, AudioRing ring) {
        Recorded one = new Recorded(command, ring);
        for (ChannelOfLeg channel : command.channels()) {
            assign(one, channel);
        }
        all.add(one);
        mixed += one.isMixed ? 1 : 0;
        if (command.paused()) {
            facts.happened(new MediaEvent.RecordingPaused(one.id, one.tape.position()));
        }
    }

    /// Records one more leg of an unmixed recording, from now on.
    public void record(MediaCommand.RecordLeg command) {
        Recorded one = find(command.recording());
        if (one != null) {
            assign(one, command.channel());
        }
    }

    private void assign(Recorded one, ChannelOfLeg channel) {
        LegMedia leg = legs.find(channel.leg());
        one.legs[channel.channel()] = channel.leg();
        one.voices[channel.channel()] = leg == null ? null : leg.voice;
    }

    /// Stops the position of a recording; told with it.
    public void pause(RecordingId id) {
        Recorded one = find(id);
        if (one != null && one.tape.pause()) {
            facts.happened(new MediaEvent.RecordingPaused(id, one.tape.position()));
        }
    }

    /// Goes on; told with how long the pause was.
    public void resume(RecordingId id) {
        Recorded one = find(id);
        Duration pause = one == null ? null : one.tape.resume();
        if (one != null && pause != null) {
            facts.happened(new MediaEvent.RecordingResumed(id, one.tape.position(), pause));
        }
    }

    /// Ends a recording; its end is told by who writes it.
    ///
    /// @return false: it is not there
    public boolean stop(RecordingId id) {
        Recorded one = find(id);
        if (one == null) {
            return false;
        }
        all.remove(one);
        mixed -= one.isMixed ? 1 : 0;
        one.tape.end();
        return true;
    }

    /// Drops all recordings: nothing more of them is to be written or told.
    public void abandon() {
        all.forEach(one -> one.tape.abandon());
        all.clear();
        mixed = 0;
    }

    private @Nullable Recorded find(RecordingId id) {
        for (Recorded one : all) {
            if (one.id.equals(id)) {
                return one;
            }
        }
        return null;
    }

    void joined(LegMedia leg) {
        changed(leg.id, leg.voice);
    }

    void left(LegMedia leg) {
        changed(leg.id, null);
    }

    private void changed(LegId leg, @Nullable Voice voice) {
        for (Recorded one : all) {
            for (int channel = 0; channel < one.legs.length; channel++) {
                if (leg.equals(one.legs[channel])) {
                    one.voices[channel] = voice;
                }
            }
        }
    }

    /// The media thread missed these frames.
    void skip(long frames) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).tape.skip(frames);
        }
    }

    /// Takes a frame that has been mixed.
    void frame(Mixer mixer, Operations operations) {
        if (all.isEmpty()) {
            return;
        }
        if (mixed > 0) {
            mixer.everything(everything);
            operations.addPlayedToSome(everything);
        }
        for (int i = 0; i < all.size(); i++) {
            Recorded one = all.get(i);
            if (one.tape.turn()) {
                if (one.isMixed) {
                    one.tape.take(everything);
                } else {
                    takeVoices(one);
                }
                one.tape.turned();
            }
        }
    }

    private static void takeVoices(Recorded one) {
        for (int channel = 0; channel < one.voices.length; channel++) {
            Voice voice = one.voices[channel];
            if (voice != null && voice.isHeard()) {
                one.tape.take(channel, voice.heard);
            }
        }
    }
}

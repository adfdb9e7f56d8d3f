package io.strowger.worker.core.bridge;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.worker.core.play.Loaded;
import io.strowger.worker.core.play.Player;
import io.strowger.worker.core.rtp.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What plays in one call and what is collected: any number of each at once, and the music of legs
/// on hold. Each operation ends in exactly one event. For one thread; a frame allocates nothing.
final class Operations {
    private final BridgeFacts facts;
    private final Legs legs;
    private final List<Playing> plays = new ArrayList<>();
    private final Recognitions recognitions;
    private final Set<OperationId> seen = new HashSet<>();

    Operations(BridgeFacts facts, Legs legs) {
        this.facts = facts;
        this.legs = legs;
        this.recognitions = new Recognitions(facts, legs, this::endPrompt);
    }

    /// Whether a command with this id has not come before.
    boolean isNew(OperationId id) {
        return seen.add(id);
    }

    void joined(LegMedia leg) {
        for (Playing playing : plays) {
            letHear(leg, playing);
        }
    }

    private static void letHear(LegMedia leg, Playing playing) {
        if (!playing.isForEveryone()
                && !(playing.purpose instanceof Playing.Music)
                && playing.isFor(leg.id)) {
            leg.plays.add(playing);
        }
    }

    /// What only this leg heard, or was collected from it, has failed.
    void left(LegMedia leg) {
        stopMusic(leg);
        recognitions.left(leg);
        for (Playing one : List.copyOf(plays)) {
            if (one.purpose instanceof Playing.Play && !legs.hear(one)) {
                end(one, PlayOutcome.FAILED, null, "nobody is left to hear it");
            }
        }
    }

    void startPlay(MediaCommand.StartPlay play) {
        Playing playing =
                new Playing(
                        play.operationId(),
                        play.sources(),
                        play.legs(),
                        play.loop(),
                        new Playing.Play());
        if (!legs.hear(playing)) {
            end(playing, PlayOutcome.FAILED, null, "there is nobody to hear it");
        } else if (play.sources().isEmpty()) {
            end(playing, PlayOutcome.FAILED, null, "it has no source");
        } else {
            resume(playing, play.resumeAt());
            begin(playing);
        }
    }

    private static void resume(Playing playing, @Nullable Duration heard) {
        if (heard != null) {
            playing.player.skip(heard.toMillis() * Frame.SAMPLES_PER_MS);
        }
    }

    void stopPlay(OperationId id) {
        Playing playing = playing(id);
        if (playing != null && playing.purpose instanceof Playing.Play) {
            end(playing, PlayOutcome.CANCELED, null, null);
        }
    }

    void startRecognize(MediaCommand.StartRecognize command, long atNs) {
        MediaCommand.Collected resumed = command.resumed();
        boolean prompting =
                !command.prompts().isEmpty() && (resumed == null || resumed.tones().isEmpty());
        Recognizing one = recognitions.start(command, prompting, atNs);
        if (one != null && prompting) {
            Playing prompt =
                    new Playing(
                            command.operationId(),
                            command.prompts(),
                            List.of(command.leg()),
                            false,
                            new Playing.Prompt(one));
            resume(prompt, resumed == null ? null : resumed.resumeAt());
            begin(prompt);
        }
        if (one != null && resumed != null) {
            recognitions.catchUp(one, atNs);
        }
    }

    /// What is collected and listened for.
    Recognitions recognitions() {
        return recognitions;
    }

    /// Begins the music of a leg that is put on hold, in place of what it may hear already.
    ///
    /// @return null: silence was asked for
    @Nullable Playing startMusic(MediaCommand.HoldLeg hold, LegMedia leg) {
        stopMusic(leg);
        PlaySource source = hold.music();
        if (source == null) {
            return null;
        }
        Playing music =
                new Playing(
                        hold.operationId(),
                        List.of(source),
                        List.of(leg.id),
                        true,
                        new Playing.Music(leg));
        begin(music);
        return music;
    }

    void stopMusic(LegMedia leg) {
        Playing music = leg.music();
        if (music != null) {
            remove(music);
        }
    }

    /// A source was fetched, or was not.
    void loaded(OperationId id, int index, Loaded what) {
        Playing playing = playing(id);
        if (playing != null) {
            playing.player.loaded(index, what);
        }
    }

    private void begin(Playing playing) {
        plays.add(playing);
        for (int i = 0; i < legs.size(); i++) {
            letHear(legs.get(i), playing);
        }
        fetchNext(playing);
    }

    private void remove(Playing playing) {
        plays.remove(playing);
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).plays.remove(playing);
        }
    }

    private void fetchNext(Playing playing) {
        for (int next = playing.player.wanted(playing.asked);
                next >= 0;
                next = playing.player.wanted(playing.asked)) {
            playing.asked = next;
            facts.fetch(playing.id, next, playing.sources.get(next));
        }
    }

    /// Moves everything on by a frame; what is for everyone goes into the mix.
    void play(Mixer mixer) {
        for (int i = 0; i < plays.size(); i++) {
            Playing playing = plays.get(i);
            Arrays.fill(playing.frame, 0);
            boolean before = playing.player.started();
            playing.player.add(playing.frame);
            if (!before
                    && playing.player.started()
                    && !(playing.purpose instanceof Playing.Music)) {
                facts.happened(new MediaEvent.PlayStarted(playing.id));
            }
            if (playing.isForEveryone()) {
                mixer.add(playing.frame);
            }
            fetchNext(playing);
        }
    }

    /// Adds what some hear in this frame and not everyone; the music of legs on hold is none of it.
    ///
    /// @param sums 160
    void addPlayedToSome(int[] sums) {
        for (int i = 0; i < plays.size(); i++) {
            Playing playing = plays.get(i);
            if (!playing.isForEveryone()
                    && !(playing.purpose instanceof Playing.Music)
                    && legs.hearNow(playing)) {
                Mixer.add(sums, playing.frame);
            }
        }
    }

    /// Ends what is over.
    void watchTime(long nowNs) {
        for (int i = plays.size() - 1; i >= 0; i--) {
            if (plays.get(i).player.isOver()) {
                played(plays.get(i), nowNs);
            }
        }
        recognitions.watchTime(nowNs);
    }

    private void played(Playing playing, long nowNs) {
        Player player = playing.player;
        remove(playing);
        switch (playing.purpose) {
            case Playing.Play _ when player.failed() ->
                    end(
                            playing,
                            player.failure().outcome(),
                            player.failedIndex(),
                            player.failure().detail());
            case Playing.Play _ -> end(playing, PlayOutcome.COMPLETED, null, null);
            case Playing.Prompt(var of) when player.failed() ->
                    recognitions.promptFailed(of, player);
            case Playing.Prompt(var of) -> of.recognition.promptEnded(nowNs);
            case Playing.Music(var leg) -> {
                leg.holdInSilence();
                facts.happened(
                        new MediaEvent.HoldFailed(
                                playing.id,
                                leg.id,
                                player.failure().outcome(),
                                player.failure().detail()));
            }
        }
    }

    private void endPrompt(Recognizing one) {
        for (int i = plays.size() - 1; i >= 0; i--) {
            if (plays.get(i).isPromptOf(one)) {
                remove(plays.get(i));
            }
        }
    }

    private void end(
            Playing playing,
            PlayOutcome outcome,
            @Nullable Integer failedIndex,
            @Nullable String detail) {
        remove(playing);
        facts.happened(new MediaEvent.PlayEnded(playing.id, outcome, failedIndex, detail));
    }

    private @Nullable Playing playing(OperationId id) {
        for (Playing playing : plays) {
            if (playing.id.equals(id)) {
                return playing;
            }
        }
        return null;
    }
}

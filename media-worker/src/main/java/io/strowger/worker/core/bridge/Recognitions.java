package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.worker.core.play.Player;
import io.strowger.worker.core.recognize.Recognition;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is collected from people and listened for in one call, any number at once. Each ends in
/// exactly one event. Who is listened to is heard by the recogniser as by the others: not while
/// muted or on hold. For one thread; a frame allocates nothing.
final class Recognitions {
    private static final short[] SILENCE = new short[Frame.SAMPLES];
    private final BridgeFacts facts;
    private final Legs legs;
    private final Consumer<Recognizing> endPrompt;
    private final List<Recognizing> all = new ArrayList<>();

    /// @param endPrompt ends the prompt of a recognition, if it plays
    Recognitions(BridgeFacts facts, Legs legs, Consumer<Recognizing> endPrompt) {
        this.facts = facts;
        this.legs = legs;
        this.endPrompt = endPrompt;
    }

    /// @param prompting a prompt plays first
    /// @return null: it has ended at once
    @Nullable Recognizing start(MediaCommand.StartRecognize command, boolean prompting, long atNs) {
        MediaCommand.Collected resumed = command.resumed();
        Recognition recognition =
                new Recognition(
                        command.dtmf(),
                        command.spoken(),
                        command.interruptPrompt(),
                        prompting,
                        atNs);
        if (resumed != null && !resumed.tones().isEmpty()) {
            recognition.resume(resumed.tones(), atNs);
        }
        Recognizing one = new Recognizing(command.operationId(), command.leg(), recognition);
        all.add(one);
        if (legs.find(command.leg()) == null) {
            end(one, RecognizeOutcome.FAILED, "the participant is not in the call");
            return null;
        }
        RecognizeOutcome outcome = listen(one, command.spoken());
        if (outcome != null) {
            end(one, outcome, null);
            return null;
        }
        return one;
    }

    /// The way to the recogniser is made while the prompt plays, so that no first word is lost.
    private @Nullable RecognizeOutcome listen(Recognizing one, @Nullable SpokenInput spoken) {
        if (spoken == null || one.recognition.isOfKeysAlone()) {
            return null;
        }
        Session session = facts.listen(one.id, one.leg, spoken);
        if (session == null) {
            return one.recognition.cannotListen();
        }
        one.listenWith(session);
        return null;
    }

    void left(LegMedia leg) {
        for (Recognizing one : List.copyOf(all)) {
            if (one.leg.equals(leg.id)) {
                end(one, RecognizeOutcome.FAILED, "the participant left");
            }
        }
    }

    void stop(OperationId id) {
        Recognizing one = find(id);
        if (one != null) {
            end(one, RecognizeOutcome.CANCELED, null);
        }
    }

    void pressed(LegId leg, Tone tone, @Nullable Long press, long nowNs) {
        for (Recognizing one : List.copyOf(all)) {
            if (one.leg.equals(leg)) {
                pressed(one, tone, press, nowNs);
            }
        }
    }

    /// A recognition goes on that began at another worker: keys that were pressed here before the
    /// order came are its own.
    void catchUp(Recognizing one, long nowNs) {
        LegMedia leg = legs.find(one.leg);
        if (leg != null) {
            for (LegMedia.Key key : leg.keys()) {
                if (all.contains(one)) {
                    pressed(one, key.tone(), key.press(), nowNs);
                }
            }
        }
    }

    private void pressed(Recognizing one, Tone tone, @Nullable Long press, long nowNs) {
        if (one.recognition.interruptsPrompt()) {
            endPrompt.accept(one);
        }
        int before = one.recognition.tones().size();
        RecognizeOutcome outcome = one.recognition.pressed(tone, nowNs);
        int count = one.recognition.tones().size();
        if (outcome != null) {
            end(one, outcome, null);
        } else if (count > before) {
            one.deafen();
            facts.happened(new MediaEvent.ToneCollected(one.id, tone, count, press));
        }
    }

    /// The recogniser told something of one of them.
    void heard(OperationId id, Heard heard, long nowNs) {
        Recognizing one = find(id);
        if (one == null) {
            return;
        }
        RecognizeOutcome outcome = one.recognition.heard(heard, nowNs);
        if (outcome != null) {
            end(one, outcome, null);
        } else if (one.recognition.isBeingSpokenTo()) {
            endPrompt.accept(one);
        }
    }

    /// Hands over what was said in this frame.
    void frame() {
        for (int i = 0; i < all.size(); i++) {
            Recognizing one = all.get(i);
            if (one.isListening()) {
                LegMedia leg = legs.find(one.leg);
                boolean counts = leg != null && leg.voice.isHeard() && one.recognition.listens();
                one.sound(leg != null && counts ? leg.voice.heard : SILENCE);
            }
        }
    }

    /// Whether somebody is listened to.
    boolean isListening() {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).isListening()) {
                return true;
            }
        }
        return false;
    }

    void watchTime(long nowNs) {
        for (int i = all.size() - 1; i >= 0; i--) {
            Recognizing one = all.get(i);
            RecognizeOutcome outcome = one.recognition.at(nowNs);
            if (outcome != null) {
                end(one, outcome, null);
            } else if (one.recognition.hasHeardEnough(nowNs)) {
                one.finish();
            }
        }
    }

    void promptFailed(Recognizing one, Player player) {
        all.remove(one);
        one.deafen();
        facts.happened(
                new MediaEvent.RecognizeEnded(
                        one.id,
                        RecognizeOutcome.PROMPT_FAILED,
                        one.recognition.tones(),
                        player.failure().outcome(),
                        player.failedIndex(),
                        player.failure().detail()));
    }

    /// The call is gone: nobody is listened to any more.
    void abandon() {
        all.forEach(Recognizing::deafen);
    }

    private void end(Recognizing one, RecognizeOutcome outcome, @Nullable String detail) {
        all.remove(one);
        one.deafen();
        endPrompt.accept(one);
        SpeechRecognizer.Failure failure = one.recognition.failure();
        facts.happened(
                new MediaEvent.RecognizeEnded(
                        one.id,
                        outcome,
                        one.recognition.tones(),
                        null,
                        null,
                        failure == null ? detail : failure.detail(),
                        one.recognition.understood(),
                        failure == null ? null : failure.reason()));
    }

    private @Nullable Recognizing find(OperationId id) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id.equals(id)) {
                return all.get(i);
            }
        }
        return null;
    }
}

package io.strowger.worker.core.recognize;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.call.SpokenInput.Choice;
import io.strowger.contracts.call.SpokenInput.Kind;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.media.SpeechFailure;
import io.strowger.contracts.media.Understood;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the keys of one leg after a prompt, or listens to what it says, or whatever comes
/// first. The silence timer starts when the prompt has ended; a key or a word during the prompt
/// ends it and counts if the prompt may be interrupted, and is passed over if not. For one thread.
public final class Recognition {
    private final DtmfOptions options;
    private final @Nullable SpokenInput spoken;
    private final boolean interruptPrompt;
    private final List<Tone> tones = new ArrayList<>();
    private boolean prompting;
    private long deadlineNs;
    private @Nullable Utterance utterance;
    private @Nullable Understood understood;
    private @Nullable Failure failure;

    /// Of keys alone.
    ///
    /// @param prompting a prompt plays first
    public Recognition(
            DtmfOptions options, boolean interruptPrompt, boolean prompting, long nowNs) {
        this(options, null, interruptPrompt, prompting, nowNs);
    }

    /// @param spoken what else is listened for; null: nothing
    /// @param prompting a prompt plays first
    public Recognition(
            DtmfOptions options,
            @Nullable SpokenInput spoken,
            boolean interruptPrompt,
            boolean prompting,
            long nowNs) {
        this.options = options;
        this.spoken = spoken;
        this.interruptPrompt = interruptPrompt;
        this.prompting = prompting;
        this.deadlineNs = nowNs + options.initialSilence().toNanos();
    }

    /// The prompt has ended: listening begins.
    public void promptEnded(long nowNs) {
        if (prompting) {
            prompting = false;
            deadlineNs = nowNs + options.initialSilence().toNanos();
        }
    }

    /// Goes on with keys that were pressed before: the prompt is over.
    public void resume(List<Tone> before, long nowNs) {
        tones.addAll(before);
        prompting = false;
        deadlineNs = nowNs + options.interTone().toNanos();
    }

    /// Whether a key would end the prompt now.
    public boolean interruptsPrompt() {
        return prompting && interruptPrompt && takesKeys();
    }

    private boolean takesKeys() {
        return spoken == null
                || switch (spoken.kind()) {
                    case SPEECH -> false;
                    case SPEECH_OR_DTMF -> utterance == null;
                    case CHOICES ->
                            spoken.choices().stream().anyMatch(choice -> choice.tone() != null);
                };
    }

    /// Whether what the leg says may count now.
    public boolean listens() {
        return spoken != null && tones.isEmpty() && (interruptPrompt || !prompting);
    }

    /// Whether keys have decided that nothing spoken is waited for any more.
    public boolean isOfKeysAlone() {
        return spoken == null || !tones.isEmpty();
    }

    /// A key was pressed.
    ///
    /// @return how the recognition ended, or null: it goes on
    public @Nullable RecognizeOutcome pressed(Tone tone, long nowNs) {
        if (prompting && !interruptPrompt || !takesKeys()) {
            return null;
        }
        prompting = false;
        if (spoken != null && spoken.kind() == Kind.CHOICES) {
            return chosen(spoken, tone);
        }
        if (options.stopTones().contains(tone)) {
            return RecognizeOutcome.STOP_TONE;
        }
        tones.add(tone);
        if (isFull()) {
            return RecognizeOutcome.MAX_TONES;
        }
        deadlineNs = nowNs + options.interTone().toNanos();
        return null;
    }

    private RecognizeOutcome chosen(SpokenInput from, Tone tone) {
        Optional<Choice> choice =
                from.choices().stream().filter(one -> one.tone() == tone).findFirst();
        if (choice.isEmpty()) {
            return RecognizeOutcome.WRONG_TONE;
        }
        understood = Understood.byKey(choice.get().label());
        return RecognizeOutcome.CHOICE_BY_TONE;
    }

    private boolean isFull() {
        Integer most = options.maxTones();
        return most != null && tones.size() >= most;
    }

    /// The recogniser told something.
    ///
    /// @return how the recognition ended, or null: it goes on
    public @Nullable RecognizeOutcome heard(Heard heard, long nowNs) {
        SpokenInput input = spoken;
        if (input == null || !tones.isEmpty()) {
            return null;
        }
        return switch (heard) {
            case Heard.Partial _ -> {
                speaks(input, nowNs);
                yield null;
            }
            case Heard.Said(var result) -> said(input, result);
            case Heard.Failed(var why) -> failed(why);
            case Heard.Ended _ when utterance != null -> RecognizeOutcome.NOT_UNDERSTOOD;
            case Heard.Ended _ ->
                    failed(new Failure(SpeechFailure.INTERRUPTED, "the recogniser went away"));
        };
    }

    private void speaks(SpokenInput input, long nowNs) {
        if (!listens()) {
            return;
        }
        prompting = false;
        if (utterance == null) {
            utterance = new Utterance(input.endSilence(), nowNs);
        } else {
            utterance.heard(nowNs);
        }
    }

    /// What is not understood is no reason to break off a prompt: it may be the prompt's own echo.
    private @Nullable RecognizeOutcome said(SpokenInput input, Result result) {
        if (!listens() || prompting && result.text().isBlank()) {
            return null;
        }
        if (result.text().isBlank()) {
            return RecognizeOutcome.NOT_UNDERSTOOD;
        }
        if (input.kind() != Kind.CHOICES) {
            understood = Understood.speech(result.text(), result.confidence());
            return RecognizeOutcome.SPEECH;
        }
        Optional<Phrases.Match> match = new Phrases(input.choices()).match(result.text());
        if (match.isEmpty()) {
            return RecognizeOutcome.NO_CHOICE_MATCHED;
        }
        understood =
                new Understood(
                        match.get().choice().label(), match.get().phrase(), result.confidence());
        return RecognizeOutcome.CHOICE_BY_SPEECH;
    }

    private RecognizeOutcome failed(Failure why) {
        failure = why;
        return RecognizeOutcome.SPEECH_FAILED;
    }

    /// Nobody can listen.
    ///
    /// @return how the recognition ended, or null: keys can still be pressed
    public @Nullable RecognizeOutcome cannotListen() {
        return takesKeys()
                ? null
                : failed(
                        new Failure(
                                SpeechFailure.NOT_CONFIGURED, "no speech recogniser is set up"));
    }

    /// Time has passed.
    ///
    /// @return how the recognition ended, or null: it goes on
    public @Nullable RecognizeOutcome at(long nowNs) {
        if (isFull()) {
            return RecognizeOutcome.MAX_TONES;
        }
        if (prompting || utterance != null || nowNs - deadlineNs < 0) {
            return null;
        }
        return tones.isEmpty()
                ? RecognizeOutcome.INITIAL_SILENCE
                : RecognizeOutcome.INTER_TONE_TIMEOUT;
    }

    /// Whether somebody has begun to speak.
    public boolean isBeingSpokenTo() {
        return utterance != null;
    }

    /// Whether the recogniser should say what it has: it has been said for long enough.
    public boolean hasHeardEnough(long nowNs) {
        return utterance != null && utterance.isOverdue(nowNs);
    }

    /// In the order pressed, without a stop tone.
    public List<Tone> tones() {
        return List.copyOf(tones);
    }

    /// What was understood that is more than tones; null: nothing.
    public @Nullable Understood understood() {
        return understood;
    }

    /// Why speech failed; null: it did not.
    public @Nullable Failure failure() {
        return failure;
    }
}

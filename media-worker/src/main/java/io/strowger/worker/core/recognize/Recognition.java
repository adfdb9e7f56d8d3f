package io.strowger.worker.core.recognize;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.media.RecognizeOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the keys of one leg after a prompt. The silence timer starts when the prompt has ended;
/// a key during the prompt ends it and counts if the prompt may be interrupted, and is passed over
/// if not. For one thread.
public final class Recognition {
    private final DtmfOptions options;
    private final boolean interruptPrompt;
    private final List<Tone> tones = new ArrayList<>();
    private boolean prompting;
    private long deadlineNs;

    /// @param prompting a prompt plays first
    public Recognition(
            DtmfOptions options, boolean interruptPrompt, boolean prompting, long nowNs) {
        this.options = options;
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
        return prompting && interruptPrompt;
    }

    /// A key was pressed.
    ///
    /// @return how the recognition ended, or null: it goes on
    public @Nullable RecognizeOutcome pressed(Tone tone, long nowNs) {
        if (prompting && !interruptPrompt) {
            return null;
        }
        prompting = false;
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

    private boolean isFull() {
        Integer most = options.maxTones();
        return most != null && tones.size() >= most;
    }

    /// Time has passed.
    ///
    /// @return how the recognition ended, or null: it goes on
    public @Nullable RecognizeOutcome at(long nowNs) {
        if (isFull()) {
            return RecognizeOutcome.MAX_TONES;
        }
        if (prompting || nowNs - deadlineNs < 0) {
            return null;
        }
        return tones.isEmpty()
                ? RecognizeOutcome.INITIAL_SILENCE
                : RecognizeOutcome.INTER_TONE_TIMEOUT;
    }

    /// In the order pressed, without a stop tone.
    public List<Tone> tones() {
        return List.copyOf(tones);
    }
}

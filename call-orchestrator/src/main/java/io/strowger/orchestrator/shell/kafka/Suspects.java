package io.strowger.orchestrator.shell.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Inputs on which the coordinator broke: a bug of ours, so the life it broke is over and the next
/// one tries again. What broke three lives is taken out, with the failure's words, so that one
/// input cannot stop a partition for ever. Outlives the lives of the loop; used on its thread only.
public final class Suspects {
    /// Lives that one input may break.
    static final int LIVES = 3;

    private final Map<String, Broken> broken = new HashMap<>();
    private @Nullable String current;

    private record Broken(int lives, String failure) {}

    /// An input is being decided.
    void begin(String input) {
        current = input;
    }

    /// It was.
    void passed() {
        current = null;
    }

    /// A life of the loop is over. Only a failure while an input was being decided counts against
    /// it: a broker that is away is nobody's fault.
    void lifeBroke(Throwable failure) {
        String input = current;
        current = null;
        if (input != null) {
            StackTraceElement[] stack = failure.getStackTrace();
            String words = failure + (stack.length == 0 ? "" : " at " + stack[0]);
            broken.merge(
                    input,
                    new Broken(1, words),
                    (before, one) -> new Broken(before.lives() + 1, one.failure()));
        }
    }

    /// @return why the input is not to be tried again
    Optional<String> verdict(String input) {
        Broken known = broken.get(input);
        return known == null || known.lives() < LIVES
                ? Optional.empty()
                : Optional.of(
                        "broke the coordinator " + known.lives() + " times: " + known.failure());
    }
}

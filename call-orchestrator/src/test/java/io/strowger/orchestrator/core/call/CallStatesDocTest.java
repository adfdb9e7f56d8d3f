package io.strowger.orchestrator.core.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.orchestrator.core.call.CallState.NotCreated;
import io.strowger.orchestrator.core.call.Decision.Accepted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Walks every state that a call of two targets can reach with every kind of input, and holds the
/// page to what it saw. To write the page anew: `-Dstrowger.docs.write=true`.
class CallStatesDocTest {
    private static final int DEPTH = 7;
    private static final Instant NOW = CallScenario.START;

    private record Step(CallState state, int depth) {}

    @Test
    void thePageShowsWhatTheDeciderDoes() throws IOException {
        Path page = root().resolve("docs/call-states.md");
        String expected = page(transitions());

        if (Boolean.getBoolean("strowger.docs.write")) {
            Files.writeString(page, expected);
        }

        assertEquals(
                expected,
                Files.exists(page) ? Files.readString(page) : "",
                "docs/call-states.md is stale: run this test with -Dstrowger.docs.write=true");
    }

    private static Map<String, CallInput> inputs() {
        Map<String, CallInput> inputs = new LinkedHashMap<>();
        inputs.put("CreateCall", Inputs.create(Inputs.NEWEST, Inputs.ALICE, Inputs.BOB));
        for (int leg = 1; leg <= 2; leg++) {
            inputs.put("leg rings/" + leg, Inputs.rings(leg));
            inputs.put("leg answers/" + leg, Inputs.answers(leg));
            inputs.put("leg fails/" + leg, Inputs.isBusy(leg));
            inputs.put("leg hangs up/" + leg, Inputs.hangsUpFromFar(leg));
            inputs.put("leg was hung up/" + leg, Inputs.isHungUp(leg));
            inputs.put(
                    "leg's media is lost/" + leg, Inputs.ends(leg, Cause.MEDIA_LOST, 0, "no RTP"));
        }
        inputs.put("HangUp", Inputs.hangsUp());
        inputs.put("Terminate", Inputs.terminates());
        inputs.put("Play", Inputs.plays(1));
        inputs.put("StartRecording", Recorder.records(1));
        inputs.put("recording stopped", Recorder.stopped(Recorder.FIRST, 800));
        inputs.put("file of a recording", Recorder.finished(Recorder.FIRST));
        inputs.put("worker lost", new CallInput.WorkerLost(Inputs.PLACEMENT));
        inputs.put("worker leaves", new CallInput.WorkerLeaving(Inputs.PLACEMENT));
        return inputs;
    }

    /// From state to state: by what.
    private static Map<String, Set<String>> transitions() {
        Map<String, Set<String>> seen = new TreeMap<>();
        Set<CallState> visited = new HashSet<>();
        Queue<Step> open = new ArrayDeque<>();
        open.add(new Step(new NotCreated(), 0));
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (step.depth == DEPTH || !visited.add(step.state)) {
                continue;
            }
            Map<String, CallInput> inputs = inputs();
            step.state
                    .timers()
                    .forEach((name, at) ->
                            inputs.put("timer " + name, new CallInput.TimerFired(name, at)));
            inputs.forEach((name, input) -> {
                CallState after = after(step.state, input);
                if (after.getClass() != step.state.getClass()) {
                    seen.computeIfAbsent(
                                    name(step.state) + " --> " + name(after),
                                    unused -> new TreeSet<>())
                            .add(name.replaceAll("/.*", ""));
                }
                open.add(new Step(after, step.depth + 1));
            });
        }
        return seen;
    }

    private static CallState after(CallState before, CallInput input) {
        CallState state = before;
        Decision decision =
                CallDecider.decide(
                        before,
                        input,
                        new Moment(NOW, CallScenario.HOUSE, Optional.of(Inputs.PLACEMENT), _ -> 0));
        if (decision instanceof Accepted(var events, var _)) {
            for (CallEvent event : events) {
                state = CallEvolution.evolve(state, event);
            }
        }
        return state;
    }

    private static String name(CallState state) {
        return state.getClass().getSimpleName();
    }

    private static String page(Map<String, Set<String>> transitions) {
        StringBuilder page = new StringBuilder();
        page.append(
                """
                # States of a call

                Written by `CallStatesDocTest`, which walks every state that a call of two targets can reach and fails when this page is
                stale. Inputs that leave the state as it is are not shown. A call without live legs passes through Disconnecting within one
                decision, so it seems to go to Ended at once.

                ```mermaid
                stateDiagram-v2
                    [*] --> NotCreated
                """);
        transitions.forEach((arrow, inputs) ->
                page.append("    ")
                        .append(arrow)
                        .append(": ")
                        .append(String.join(", ", inputs))
                        .append('\n'));
        page.append(
                """
                ```

                | state | what is true in it |
                |---|---|
                | NotCreated | nothing is known of the call: never created, or forgotten after its retention |
                | Connecting | its targets are dialled, nobody rings yet |
                | Ringing | at least one target rings, nobody has answered |
                | Connected | somebody answered; other targets may still ring |
                | Disconnecting | all live legs were told to end; it is over when they have, or 5 s later |
                | Settling | over for everybody who was in it; its recordings are being finished |
                | Ended | over; late questions and repeated requests still find their answer |
                """);
        return page.toString();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("CONTRIBUTING.md"))) {
            here = here.getParent();
        }
        return java.util.Objects.requireNonNull(here, "no folder above has CONTRIBUTING.md");
    }
}

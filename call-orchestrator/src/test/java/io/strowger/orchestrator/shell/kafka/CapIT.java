package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.Refused;
import io.strowger.contracts.call.RunningCalls;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cap on the calls of an application with two orchestrators, each with one of two partitions.
class CapIT {
    private static final int CAP = 4;
    private static final String KEY = "key-1";

    @Test
    void holdsOverAllOrchestratorsAndWhatEndsMakesRoom(@TempDir Path directory) throws Exception {
        Map<String, String> capped = Map.of("STROWGER_CALLS_MAXCONCURRENT", Integer.toString(CAP));
        try (Orchestrators both = new Orchestrators(directory, capped)) {
            both.start(0);
            both.start(1);
            List<ServerCallId> made = new ArrayList<>();
            while (made.size() < CAP) {
                ServerCallId call = both.newCall();
                if (both.create(call, KEY) instanceof Described) {
                    made.add(call);
                    awaitTold(both, made.size());
                }
            }

            List<CallError> refused = new ArrayList<>();
            for (int i = 0; i < 2 * CAP; i++) {
                refused.add(((Refused) both.create(both.newCall(), KEY)).error());
            }

            assertEquals(Set.of(CallError.TOO_MANY_REQUESTS), Set.copyOf(refused));
            assertInstanceOf(
                    Described.class,
                    both.create(both.newCall(), "key-2"),
                    "another key's calls are its own");
            LegEnd busy = new LegEnd(LegEnd.Cause.REFUSED, 486, "Busy Here");
            both.report(made.getFirst(), new MediaEvent.LegEnded(new LegId(1), busy));
            awaitTold(both, CAP - 1);
            Eventually.holds(
                    "room for one more",
                    Orchestrators.SOON,
                    () -> both.create(both.newCall(), KEY) instanceof Described);
        }
    }

    private static void awaitTold(Orchestrators both, int calls) {
        Eventually.holds(
                Orchestrators.SOON,
                () -> told(both) == calls,
                () -> "told of " + told(both) + " calls, not of " + calls);
    }

    /// What the orchestrators told last of each partition.
    private static int told(Orchestrators both) {
        Map<String, RunningCalls> last = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : both.broker.read(Topics.CALL_COUNTS.name())) {
            last.put(record.key(), Records.decoded(Topics.CALL_COUNTS, record));
        }
        return last.values().stream().mapToInt(one -> one.of(KEY)).sum();
    }
}

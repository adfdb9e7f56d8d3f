package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.ConnectionState;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.testsupport.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A partition that goes from one orchestrator to another and comes back: what counts is what the
/// other one decided meanwhile, not what the first one remembers.
class HandOverIT {
    private static final int CALLS = 6;

    @Test
    void whatComesBackIsWhatTheOtherOneMadeOfIt(@TempDir Path directory) throws Exception {
        Map<String, String> quick = Map.of("STROWGER_ORCHESTRATOR_SESSIONTIMEOUT", "PT2S");
        try (Orchestrators stage = new Orchestrators(directory, quick)) {
            stage.start(0);
            List<ServerCallId> calls = made(stage);
            stage.start(1); // one of the two partitions goes to it
            for (ServerCallId call : calls) {
                stage.report(call, new MediaEvent.LegAnswered(new LegId(1), Dialogs.ANY));
                awaitTold(stage, call, List.of("CallConnected", "ParticipantsUpdated"));
            }
            stage.stop(1);
            stage.awaitOwners(1); // and comes back

            for (ServerCallId call : calls) {
                CallCommand question = new CallCommand.DescribeCall(call.connection(1));
                Described described = (Described) stage.ask(call, 2, question, null);
                assertEquals(ConnectionState.CONNECTED, described.properties().state());
                LegEnd end = new LegEnd(LegEnd.Cause.REMOTE_HANG_UP, 200, "OK");
                stage.report(call, new MediaEvent.LegEnded(new LegId(1), end));
                awaitTold(
                        stage,
                        call,
                        List.of(
                                "CallConnected",
                                "ParticipantsUpdated",
                                "ParticipantsUpdated",
                                "CallDisconnected"));
                assertEquals(
                        LongStream.rangeClosed(1, 4).boxed().toList(),
                        stage.told(call).stream().map(EventRecord::sequence).toList());
            }
        }
    }

    @Test
    void brokersThatAllowNoSessionSoShortAreWorkedWithAllTheSame(@TempDir Path directory)
            throws Exception {
        Map<String, String> tooShort = Map.of("STROWGER_ORCHESTRATOR_SESSIONTIMEOUT", "PT0.5S");
        try (Orchestrators stage = new Orchestrators(directory, tooShort)) {
            stage.start(0);

            assertEquals(CALLS, made(stage).size());
        }
    }

    private static List<ServerCallId> made(Orchestrators stage) {
        List<ServerCallId> calls = new ArrayList<>();
        while (calls.size() < CALLS) {
            ServerCallId call = stage.newCall();
            if (stage.create(call, null) instanceof Described) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static void awaitTold(Orchestrators stage, ServerCallId call, List<String> events) {
        Eventually.holds(
                Orchestrators.SOON,
                () -> names(stage, call).equals(events),
                () -> "told: " + names(stage, call));
    }

    private static List<String> names(Orchestrators stage, ServerCallId call) {
        return stage.told(call).stream()
                .map(event -> event.event().getClass().getSimpleName())
                .toList();
    }
}

package io.strowger.worker.shell.call;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MediaOrdersTest {
    private static final ServerCallId CALL = TestWorker.call(1);
    private static final LegId LEG = new LegId(1);

    @Test
    void ordersForTheSoundOfALegReachTheEngineInOrder() throws Exception {
        try (TestWorker worker = new TestWorker(List.of())) {
            worker.order(CALL, new MediaCommand.MuteLeg(LEG, true));
            worker.order(CALL, new MediaCommand.HoldLeg(operation(1), LEG, null));
            worker.order(CALL, new MediaCommand.UnholdLeg(LEG));
            worker.order(CALL, new MediaCommand.ReportTones(LEG, true));
            worker.order(CALL, new MediaCommand.SendTones(operation(2), LEG, List.of(Tone.POUND)));

            Eventually.holds(
                    Duration.ofSeconds(5),
                    () ->
                            worker.engine.orders.equals(
                                    List.of(
                                            "mute 1 true",
                                            "hold 1",
                                            "unhold 1",
                                            "report tones 1 true",
                                            "send tones 1")),
                    () -> "the engine was told " + worker.engine.orders);
        }
    }

    private static OperationId operation(int number) {
        return new OperationId(new UUID(0, number));
    }
}

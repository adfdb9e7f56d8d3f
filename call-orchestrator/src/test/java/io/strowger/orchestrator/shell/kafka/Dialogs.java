package io.strowger.orchestrator.shell.kafka;

import io.strowger.contracts.placement.DialogRecord;
import java.util.List;

/// A dialog as a worker reports it.
final class Dialogs {
    static final DialogRecord ANY = dialog(1);

    /// The same, after the requests of another worker.
    static final DialogRecord CARRIED_ON = dialog(1_002);

    private Dialogs() {}

    private static DialogRecord dialog(long localCSeq) {
        return new DialogRecord(
                "id@host",
                "local",
                "remote",
                "sip:me@host",
                "sip:you@peer",
                "sip:you@10.0.0.1",
                List.of(),
                localCSeq,
                -1,
                "udp",
                "10.0.0.1:5060",
                "v=0",
                "v=0");
    }
}

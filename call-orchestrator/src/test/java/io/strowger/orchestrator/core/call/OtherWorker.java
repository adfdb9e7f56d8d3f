package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;
import static io.strowger.orchestrator.core.call.Inputs.ALICE;
import static io.strowger.orchestrator.core.call.Inputs.BOB;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.answers;
import static io.strowger.orchestrator.core.call.Inputs.create;

import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.Placement;

/// Where calls go whose worker was lost, or leaves.
final class OtherWorker {
    static final Placement OTHER = new Placement(new WorkerId(4), 99, 1);
    static final Placement THERE = OTHER.withPlacementEpoch(2);

    private OtherWorker() {}

    /// Two people, while there is another worker.
    static CallScenario talking() {
        return given(create(NEWEST, ALICE, BOB), answers(1), answers(2)).withWorker(OTHER);
    }

    static CallInput thereReports(MediaEvent event) {
        return Inputs.reports(THERE, event);
    }
}

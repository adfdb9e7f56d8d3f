package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.sdp.NegotiatedAudio;

/// Where a leg's facts and its media go: to its call, or to the fork that it is a branch of.
interface LegOutlet {
    void report(MediaEvent fact);

    void connect(NegotiatedAudio audio);

    void closeMedia();

    /// The outlet of a leg that is no branch.
    static LegOutlet of(Call call, CallHost host, LegId leg) {
        return new LegOutlet() {
            @Override
            public void report(MediaEvent fact) {
                call.report(fact);
            }

            @Override
            public void connect(NegotiatedAudio audio) {
                host.ports().engine().connectLeg(call.id(), leg, audio);
            }

            @Override
            public void closeMedia() {
                host.ports().engine().closeLeg(call.id(), leg);
            }
        };
    }
}

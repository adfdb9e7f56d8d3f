package io.strowger.standalone.doctor;

import io.strowger.runtime.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// All looks together.
public final class Doctor {
    private Doctor() {}

    /// Takes some seconds when peers do not answer. Changes nothing.
    public static List<Finding> look(Settings settings) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        found.addAll(MachineChecks.look(settings));
        found.addAll(PortChecks.look(settings));
        found.addAll(CertificateChecks.look(settings, Instant.now()));
        found.addAll(PeerChecks.look(settings));
        found.addAll(ApplicationChecks.look(settings));
        return found;
    }
}

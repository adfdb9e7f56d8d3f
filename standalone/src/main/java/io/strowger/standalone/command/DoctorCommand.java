package io.strowger.standalone.command;

import io.strowger.standalone.doctor.Doctor;
import io.strowger.standalone.doctor.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Set-up check.
@Command(
        name = "doctor",
        description = {
            "Checks Java, disk, ports, broker and trunks, and says what to mend; exit code 1 when",
            "Strowger cannot run so."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Mixin private SettingsOption settings = new SettingsOption();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        List<Finding> found = Doctor.look(settings.load(Map.of("STROWGER_LOG_LEVEL", "ERROR")));
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : found) {
            out.printf("%-4s  %-26s %s%n", finding.verdict(), finding.what(), finding.said());
            if (!finding.mend().isEmpty()) {
                out.printf("      %-26s -> %s%n", "", finding.mend());
            }
        }
        long failures = count(found, Finding.Verdict.FAIL);
        out.printf(
                "%n%d looks, %d to mend, %d to know about%n",
                found.size(), failures, count(found, Finding.Verdict.WARN));
        out.flush();
        return failures == 0 ? 0 : 1;
    }

    private static long count(List<Finding> found, Finding.Verdict verdict) {
        return found.stream().filter(finding -> finding.verdict() == verdict).count();
    }
}

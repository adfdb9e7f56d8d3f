package io.strowger.standalone.doctor;

import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Java, disk, memory, file descriptors.
final class MachineChecks {
    private static final int JAVA = 25;
    private static final long GIB = 1L << 30;
    private static final int DESCRIPTORS_A_CALL = 4;

    private MachineChecks() {}

    static List<Finding> look(Settings settings) {
        List<Finding> found = new ArrayList<>();
        found.add(java());
        found.add(dataDir(settings.dataDir()));
        found.add(disk(settings.dataDir()));
        found.add(memory());
        found.add(descriptors(settings));
        return found;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return feature >= JAVA
                ? Finding.ok("Java", Runtime.version().toString())
                : Finding.fail("Java", "version " + feature, "install a JDK " + JAVA);
    }

    private static Finding dataDir(Path directory) {
        Path absolute = directory.toAbsolutePath();
        try {
            Files.createDirectories(absolute);
            Path probe = Files.createTempFile(absolute, "doctor", ".tmp");
            Files.delete(probe);
            return Finding.ok("dataDir", absolute + " is writable");
        } catch (IOException e) {
            return Finding.fail(
                    "dataDir",
                    absolute + " is not writable: " + e.getMessage(),
                    "give the user that runs Strowger the right to write there, or set dataDir");
        }
    }

    private static Finding disk(Path directory) {
        try {
            long free = Files.getFileStore(existing(directory)).getUsableSpace();
            String said = free / GIB + " GiB free";
            return free >= 2 * GIB
                    ? Finding.ok("disk", said)
                    : Finding.warn(
                            "disk", said, "the log and recordings need room: free at least 2 GiB");
        } catch (IOException e) {
            return Finding.warn("disk", "cannot be asked: " + e.getMessage(), "check by hand");
        }
    }

    private static Path existing(Path directory) {
        Path path = directory.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    private static Finding memory() {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean machine) {
            long total = machine.getTotalMemorySize();
            String said = String.format(java.util.Locale.ROOT, "%.1f GiB", (double) total / GIB);
            return total >= 2 * GIB
                    ? Finding.ok("memory", said)
                    : Finding.warn("memory", said, "everything on one machine wants 2 GiB");
        }
        return Finding.ok("memory", "not told by this Java");
    }

    private static Finding descriptors(Settings settings) {
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            long most = unix.getMaxFileDescriptorCount();
            long wanted = (long) settings.media().maxCalls() * DESCRIPTORS_A_CALL + 1000;
            return most >= wanted
                    ? Finding.ok("file descriptors", "up to " + most)
                    : Finding.warn(
                            "file descriptors",
                            "at most "
                                    + most
                                    + ", "
                                    + settings.media().maxCalls()
                                    + " calls want "
                                    + wanted,
                            "ulimit -n " + wanted + ", or lower media.maxCalls");
        }
        return Finding.ok("file descriptors", "not told by this Java");
    }
}

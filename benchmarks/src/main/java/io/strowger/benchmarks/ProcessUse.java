package io.strowger.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// CPU time and memory of processes, from Linux's /proc.
final class ProcessUse {
    private static final double TICKS_PER_SECOND =
            100; // USER_HZ: fixed at 100 for user space on Linux

    private ProcessUse() {}

    /// User and system time together since the processes started, in seconds.
    static double cpuSeconds(List<ChildJvm> processes) {
        return processes.stream().mapToDouble(process -> cpuSeconds(process.pid())).sum();
    }

    static double cpuSeconds(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /// Milliseconds of CPU per second that a process takes from now on.
    static double cpuMsPerSecond(long pid, Duration during) {
        double before = cpuSeconds(pid);
        long startNs = System.nanoTime();
        LockSupport.parkNanos(during.toNanos());
        double seconds = (System.nanoTime() - startNs) / 1e9;
        return (cpuSeconds(pid) - before) * 1000 / seconds;
    }

    /// Resident memory in KiB.
    static long residentKib(List<ChildJvm> processes) {
        return processes.stream().mapToLong(process -> residentKib(process.pid())).sum();
    }

    static long residentKib(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

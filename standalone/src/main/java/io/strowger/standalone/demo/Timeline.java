package io.strowger.standalone.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Prints a line for each thing that happens, with the seconds since the first. Safe for use by
/// many threads.
final class Timeline {
    private final PrintWriter out;
    private final LongSupplier steadyNs;
    private long startNs;

    Timeline(PrintWriter out, LongSupplier steadyNs) {
        this.out = out;
        this.steadyNs = steadyNs;
        this.startNs = steadyNs.getAsLong();
    }

    /// Time counts from now.
    synchronized void restart() {
        startNs = steadyNs.getAsLong();
    }

    /// @param who whose act it is: app, phone, event
    synchronized void line(String who, String what) {
        double seconds = (steadyNs.getAsLong() - startNs) / 1e9;
        out.printf(Locale.ROOT, "%8.3f  %-6s %s%n", seconds, who, what);
        out.flush();
    }

    synchronized void text(String line) {
        out.println(line);
        out.flush();
    }
}

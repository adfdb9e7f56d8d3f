package io.strowger.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a JVM's heap holds after a full collection, asked by `jcmd`.
final class LiveHeap {
    private static final Pattern SERIAL = Pattern.compile("total \\d+K, used (\\d+)K");

    private LiveHeap() {}

    static void collect(List<ChildJvm> processes) throws IOException, InterruptedException {
        for (ChildJvm process : processes) {
            jcmd(process, "GC.run");
        }
    }

    static long usedKib(List<ChildJvm> processes) throws IOException, InterruptedException {
        long sum = 0;
        for (ChildJvm process : processes) {
            String text = jcmd(process, "GC.heap_info");
            Matcher generation = SERIAL.matcher(text);
            boolean found = false;
            while (generation.find()) {
                sum += Long.parseLong(generation.group(1));
                found = true;
            }
            if (!found) {
                throw new IllegalStateException("unknown heap layout: " + text);
            }
        }
        return sum;
    }

    private static String jcmd(ChildJvm process, String what)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                what));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd failed: " + text);
        }
        return text;
    }
}

package io.strowger.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a histogram from Prometheus' text format.
final class Histogram {
    private Histogram() {}

    private record Bucket(double upTo, double count) {}

    /// @param before and
    /// @param after two readings of `/metrics`: what lies between them counts
    /// @param percent 0..100
    /// @return the upper bound of the bucket that the percentile falls into; infinity when it is
    ///   beyond the last one
    /// @throws IllegalStateException when there is no such histogram
    static double percentile(String before, String after, String name, double percent) {
        List<Bucket> first = buckets(before, name);
        List<Bucket> last = buckets(after, name);
        double wanted = (last.getLast().count - first.getLast().count) * percent / 100;
        for (int i = 0; i < last.size(); i++) {
            if (last.get(i).count - first.get(i).count >= wanted) {
                return last.get(i).upTo;
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static List<Bucket> buckets(String metrics, String name) {
        Pattern line =
                Pattern.compile(name + "_bucket\\{(?:.*,)?le=\"([^\"]+)\"[^}]*} ([0-9.E+]+)");
        List<Bucket> buckets = new ArrayList<>();
        Matcher matcher = line.matcher(metrics);
        while (matcher.find()) {
            double upTo =
                    matcher.group(1).equals("+Inf")
                            ? Double.POSITIVE_INFINITY
                            : Double.parseDouble(matcher.group(1));
            buckets.add(new Bucket(upTo, Double.parseDouble(matcher.group(2))));
        }
        if (buckets.isEmpty()) {
            throw new IllegalStateException("no histogram " + name);
        }
        return buckets;
    }
}

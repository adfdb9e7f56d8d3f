package io.strowger.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a histogram from Prometheus' text format.
final class Histogram {
    private Histogram() {}

    private record Bucket(double upTo, double count) {}

    /// @param percent 0..100
    /// @return the upper bound of the bucket that the percentile falls into; infinity when it is
    ///   beyond the last one
    /// @throws IllegalStateException when there is no such histogram
    static double percentile(String metrics, String name, double percent) {
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
        double wanted = buckets.getLast().count * percent / 100;
        return buckets.stream()
                .filter(bucket -> bucket.count >= wanted)
                .mapToDouble(Bucket::upTo)
                .findFirst()
                .orElseThrow();
    }
}

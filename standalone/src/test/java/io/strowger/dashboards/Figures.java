package io.strowger.dashboards;

import java.util.Locale;

/// How figures of a unit are written beside a chart.
enum Figures {
    SHORT("short"),
    SECONDS("s"),
    PACKETS("pps"),
    SHARE("percentunit"),
    BYTES("bytes");

    private final String grafana;

    Figures(String grafana) {
        this.grafana = grafana;
    }

    /// @param unit as Grafana names it
    /// @throws IllegalArgumentException for one that no dashboard has had so far
    static Figures of(String unit) {
        for (Figures one : values()) {
            if (one.grafana.equals(unit)) {
                return one;
            }
        }
        throw new IllegalArgumentException("unknown unit " + unit);
    }

    String text(double value) {
        return switch (this) {
            case SHORT -> plain(value);
            case PACKETS -> plain(value) + " p/s";
            case SHARE -> plain(value * 100) + " %";
            case SECONDS ->
                    value == 0 || value >= 1
                            ? plain(value) + " s"
                            : value >= 0.001
                                    ? plain(value * 1e3) + " ms"
                                    : plain(value * 1e6) + " \u00b5s";
            case BYTES -> plain(value / (1 << 20)) + " MiB";
        };
    }

    /// Up to three digits that matter, without zeros at the end.
    private static String plain(double value) {
        double magnitude = Math.abs(value);
        String pattern = magnitude >= 100 ? "%.0f" : magnitude >= 10 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, pattern, value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}

package io.strowger.standalone.chaos;

import io.strowger.standalone.chaos.Row.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// All rows in one table that is also Markdown: a line for each fault and leg kind, a column for
/// each state. Stateless.
final class Matrix {
    private Matrix() {}

    /// By nearest rank.
    ///
    /// @param percent 1 to 100
    /// @return -1 when there is none
    static long percentile(List<Long> values, int percent) {
        if (values.isEmpty()) {
            return -1;
        }
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
    }

    static void print(PrintWriter out, List<Row> rows) {
        List<String> head = new ArrayList<>(List.of("fault", "leg"));
        Arrays.stream(CallState.values()).map(CallState::toString).forEach(head::add);
        head.addAll(List.of("lost", "doubled"));
        line(out, head);
        line(out, head.stream().map(_ -> "---").toList());
        for (Fault fault : Fault.values()) {
            for (LegKind leg : LegKind.values()) {
                List<Row> these =
                        rows.stream()
                                .filter(row -> row.cell().fault() == fault)
                                .filter(row -> row.cell().leg() == leg)
                                .toList();
                if (!these.isEmpty()) {
                    line(out, cells(fault, leg, these));
                }
            }
        }
        out.println(summary(rows));
        out.flush();
    }

    private static void line(PrintWriter out, List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static List<String> cells(Fault fault, LegKind leg, List<Row> rows) {
        List<String> cells = new ArrayList<>(List.of(fault.toString(), leg.toString()));
        for (CallState state : CallState.values()) {
            cells.add(cell(rows.stream().filter(row -> row.cell().state() == state).toList()));
        }
        cells.add(Integer.toString(rows.stream().mapToInt(Row::eventsLost).sum()));
        cells.add(Integer.toString(rows.stream().mapToInt(Row::eventsDoubled).sum()));
        return cells;
    }

    /// `+` for survived, p50 and p95 of the gaps; what did not survive in words.
    private static String cell(List<Row> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        List<String> words = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count = rows.stream().filter(row -> row.outcome() == outcome).count();
            if (count > 0) {
                String word = outcome == Outcome.SURVIVED ? "+" : outcome.word();
                words.add(count == rows.size() ? word : count + " " + word);
            }
        }
        List<Long> gaps = gaps(rows);
        String heard =
                gaps.isEmpty() ? "" : " " + percentile(gaps, 50) + "/" + percentile(gaps, 95);
        return String.join(", ", words) + heard;
    }

    private static List<Long> gaps(List<Row> rows) {
        return rows.stream().flatMap(row -> row.gapsMs().stream()).toList();
    }

    static String summary(List<Row> rows) {
        String outcomes =
                Arrays.stream(Outcome.values())
                        .map(outcome ->
                                rows.stream().filter(row -> row.outcome() == outcome).count()
                                        + " "
                                        + outcome.word())
                        .collect(Collectors.joining(", "));
        List<Long> gaps = gaps(rows);
        return String.format(
                Locale.ROOT,
                "# %d calls: %s; gap p50 %d ms, p95 %d ms; events: %d lost, %d doubled",
                rows.size(),
                outcomes,
                percentile(gaps, 50),
                percentile(gaps, 95),
                rows.stream().mapToInt(Row::eventsLost).sum(),
                rows.stream().mapToInt(Row::eventsDoubled).sum());
    }
}

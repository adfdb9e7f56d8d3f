package io.strowger.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.telemetry.Telemetry;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/metrics.md` lists the metrics that there are, and no others.
class MetricsPageTest {
    @Test
    void thePageListsEveryMetricAndNoOther() throws Exception {
        Set<String> known = new TreeSet<>();
        for (Field field : Telemetry.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                known.add(((String) field.get(null)).replace('.', '_'));
            }
        }
        Set<String> listed = new TreeSet<>();
        Matcher row =
                Pattern.compile("(?m)^\\| `(strowger_\\w+)`")
                        .matcher(Files.readString(TidyTest.root().resolve("docs/metrics.md")));
        while (row.find()) {
            listed.add(row.group(1));
        }

        assertTrue(known.size() > 10, "few metrics seen: " + known);
        assertEquals(known, listed);
    }
}

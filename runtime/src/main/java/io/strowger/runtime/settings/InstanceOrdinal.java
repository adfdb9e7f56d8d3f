package io.strowger.runtime.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of several equal instances a process is.
public final class InstanceOrdinal {
    private static final Pattern NUMBER_AT_END = Pattern.compile("-(\\d{1,4})$");

    private InstanceOrdinal() {}

    /// The set ordinal; else the number at the end of `POD_NAME`, else of `HOSTNAME`, as a
    /// StatefulSet names its pods; else 0.
    ///
    /// @param set -1: not set
    /// @param environment of the process
    public static int of(int set, Map<String, String> environment) {
        if (set >= 0) {
            return set;
        }
        for (String name : new String[] {"POD_NAME", "HOSTNAME"}) {
            Matcher matcher = NUMBER_AT_END.matcher(environment.getOrDefault(name, ""));
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        return 0;
    }
}

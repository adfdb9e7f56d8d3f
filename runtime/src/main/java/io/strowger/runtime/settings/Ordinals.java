package io.strowger.runtime.settings;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of several like instances this process is.
public final class Ordinals {
    private static final Pattern LAST_NUMBER = Pattern.compile("-(\\d{1,4})$");

    private Ordinals() {}

    /// @param set the setting; below 0: the number at the end of `POD_NAME`, else of `HOSTNAME`,
    ///   else 0
    public static int of(int set) {
        return of(set, System.getenv());
    }

    static int of(int set, Map<String, String> environment) {
        if (set >= 0) {
            return set;
        }
        for (String variable : new String[] {"POD_NAME", "HOSTNAME"}) {
            Matcher number = LAST_NUMBER.matcher(environment.getOrDefault(variable, ""));
            if (number.find()) {
                return Integer.parseInt(number.group(1));
            }
        }
        return 0;
    }
}

package io.strowger.runtime.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// The readiness of a process: named checks, each up or down with a reason. Safe for use by many
/// threads.
public final class Health {
    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

    /// One thing that must work. Down until said otherwise.
    public static final class Check {
        private volatile boolean up;
        private volatile String reason = "starting";

        private Check() {}

        public void up() {
            up = true;
            reason = "";
        }

        public void down(String why) {
            reason = why;
            up = false;
        }

        boolean isUp() {
            return up;
        }

        String reason() {
            return reason;
        }
    }

    /// The check of that name, made at the first call.
    public Check check(String name) {
        return checks.computeIfAbsent(name, unused -> new Check());
    }

    /// Whether there is a check and all are up.
    public boolean isReady() {
        return !checks.isEmpty() && checks.values().stream().allMatch(Check::isUp);
    }

    Map<String, Check> checks() {
        return checks;
    }
}

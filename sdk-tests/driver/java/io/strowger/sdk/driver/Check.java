package io.strowger.sdk.driver;

import java.util.Objects;

/// Ends a story when something is not as promised.
final class Check {
    private Check() {}

    static void equal(Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + ", but it is " + actual);
        }
    }

    static void that(boolean condition, String promise) {
        if (!condition) {
            throw new AssertionError("not so: " + promise);
        }
    }
}

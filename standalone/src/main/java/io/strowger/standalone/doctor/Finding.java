package io.strowger.standalone.doctor;

/// What one look found.
///
/// @param what was looked at
/// @param said what was seen
/// @param mend what to do; empty when all is well
public record Finding(Verdict verdict, String what, String said, String mend) {
    /// How bad it is.
    public enum Verdict {
        OK,
        /// Works, but something users expect will not.
        WARN,
        /// Strowger cannot run so.
        FAIL
    }

    static Finding ok(String what, String said) {
        return new Finding(Verdict.OK, what, said, "");
    }

    static Finding warn(String what, String said, String mend) {
        return new Finding(Verdict.WARN, what, said, mend);
    }

    static Finding fail(String what, String said, String mend) {
        return new Finding(Verdict.FAIL, what, said, mend);
    }
}

package io.strowger.contracts.trace;

import org.jspecify.annotations.Nullable;

/// The place in a trace that something happens at: the two headers of W3C Trace Context. Nothing is
/// decided by it.
///
/// @param traceparent `00-<32 hex: trace>-<16 hex: span>-<2 hex: flags>`; a later version may have
///   more behind
/// @param tracestate what tracing systems add, as it came; null: nothing
public record TraceContext(String traceparent, @Nullable String tracestate) {
    private static final int LENGTH = 55;
    private static final int LONGEST_STATE = 512;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    /// @throws IllegalArgumentException when one is malformed
    public TraceContext {
        if (!isTraceparent(traceparent)) {
            throw new IllegalArgumentException("not a traceparent: " + traceparent.length());
        }
        if (tracestate != null && !isTracestate(tracestate)) {
            throw new IllegalArgumentException("not a tracestate: " + tracestate.length());
        }
    }

    /// Reads headers of somebody else. A malformed `traceparent` counts as none, a malformed
    /// `tracestate` is left out (Trace Context 3.2.2.1, 3.3.1.5).
    ///
    /// @return null: no trace
    public static @Nullable TraceContext of(
            @Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null || !isTraceparent(traceparent)) {
            return null;
        }
        boolean keep = tracestate != null && isTracestate(tracestate);
        return new TraceContext(traceparent, keep ? tracestate : null);
    }

    /// 32 hexadecimal digits.
    public String traceId() {
        return traceparent.substring(TRACE_AT, TRACE_AT + 32);
    }

    /// 16 hexadecimal digits.
    public String spanId() {
        return traceparent.substring(SPAN_AT, SPAN_AT + 16);
    }

    private static boolean isTraceparent(String text) {
        boolean first = text.startsWith("00-");
        return (first ? text.length() == LENGTH : text.length() >= LENGTH)
                && (text.length() == LENGTH || text.charAt(LENGTH) == '-')
                && text.length() <= LONGEST_STATE
                && isHex(text, 0, 2)
                && !text.startsWith("ff")
                && isId(text, TRACE_AT, 32)
                && isId(text, SPAN_AT, 16)
                && text.charAt(FLAGS_AT - 1) == '-'
                && isHex(text, FLAGS_AT, 2)
                && isVisible(text);
    }

    /// Between dashes, and not all zeros.
    private static boolean isId(String text, int from, int length) {
        if (text.charAt(from - 1) != '-' || !isHex(text, from, length)) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static boolean isHex(String text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTracestate(String text) {
        return !text.isBlank() && text.length() <= LONGEST_STATE && isVisible(text);
    }

    private static boolean isVisible(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t');
    }
}

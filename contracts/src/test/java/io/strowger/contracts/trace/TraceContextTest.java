package io.strowger.contracts.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void knowsItsTraceAndItsSpan() {
        TraceContext context = new TraceContext(PARENT, "congo=t61rcWkgMzE");

        assertEquals("0af7651916cd43dd8448eb211c80319c", context.traceId());
        assertEquals("b7ad6b7169203331", context.spanId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-\r\nx: y"
            })
    void takesAMalformedTraceparentForNone(String text) {
        assertNull(TraceContext.of(text, "congo=t61rcWkgMzE"));
        assertThrows(IllegalArgumentException.class, () -> new TraceContext(text, null));
    }

    @Test
    void takesALaterVersionWithMoreBehind() {
        assertNotNull(TraceContext.of("cc" + PARENT.substring(2) + "-what-comes", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a=\u0000", "a=\r\nb: c"})
    void leavesOutAMalformedTracestate(String state) {
        TraceContext context = TraceContext.of(PARENT, state);

        assertEquals(new TraceContext(PARENT, null), context);
    }

    @Test
    void leavesOutATracestateThatIsTooLong() {
        assertEquals(
                new TraceContext(PARENT, null), TraceContext.of(PARENT, "a=" + "b".repeat(600)));
    }
}

package io.strowger.gateway.shell.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.api.CallError;
import io.strowger.gateway.core.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodiesTest {
    @Test
    void readsObjectsAsMaps() throws Refusal {
        Object json = JsonBodies.read(bytes("{\"a\":[1,2.5,true,null,\"ä\"]}"));

        assertEquals(Map.of("a", java.util.Arrays.asList(1, 2.5, true, null, "ä")), json);
    }

    @Test
    void readsNoBodyAsNothing() throws Refusal {
        assertNull(JsonBodies.read(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"a\":}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "// c\n{}",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":1}",
                "{\"a\":\"\\x\"}",
                "\uFEFF\uFEFF{}",
            })
    void refusesWhatIsNotExactlyOneJsonValue(String body) {
        Refusal refusal = assertThrows(Refusal.class, () -> JsonBodies.read(bytes(body)));

        assertEquals(CallError.INVALID_REQUEST, refusal.error());
    }

    @Test
    void refusesDepthsAndNumbersThatOnlyHarm() {
        String deep = "[".repeat(60) + "]".repeat(60);
        String longNumber = "[" + "9".repeat(5000) + "]";
        byte[] notUtf8 = {'"', (byte) 0xC3, (byte) 0x28, '"'};

        assertThrows(Refusal.class, () -> JsonBodies.read(bytes(deep)));
        assertThrows(Refusal.class, () -> JsonBodies.read(bytes(longNumber)));
        assertThrows(Refusal.class, () -> JsonBodies.read(notUtf8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readsOrRefusesAnyBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] sound = bytes("{\"targets\":[{\"rawId\":\"4:+1\"}],\"n\":1e3,\"b\":true}");
        for (int i = 0; i < 2000; i++) {
            byte[] body = sound.clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonBodies.read(body);
            } catch (Refusal refusal) {
                assertEquals(400, refusal.error().status(), "seed " + seed);
            }
        }
    }

    @Test
    void writesWhatItReads() throws Refusal {
        byte[] json = bytes("{\"a\":[\"b\"]}");

        assertArrayEquals(json, JsonBodies.write(Map.of("a", List.of("b"))));
        assertEquals(Map.of("a", List.of("b")), JsonBodies.read(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

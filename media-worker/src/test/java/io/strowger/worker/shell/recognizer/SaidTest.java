package io.strowger.worker.shell.recognizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import io.strowger.worker.core.speech.SpeechRecognizer.Word;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaidTest {
    @Test
    void readsAResultWithItsWords() {
        Said said =
                Said.read(
                        """
                        {"kind":"Result","text":" yes please ","confidence":0.93,"offsetMs":420.5,"durationMs":610,
                         "words":[{"text":"yes","offsetMs":420.5,"durationMs":250}]}\
                        """);

        assertEquals(
                new Said.Final(
                        new Result(
                                "yes please",
                                0.93,
                                Duration.ofNanos(420_500_000),
                                Duration.ofMillis(610),
                                List.of(
                                        new Word(
                                                "yes",
                                                Duration.ofNanos(420_500_000),
                                                Duration.ofMillis(250))))),
                said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"kind\":7}",
                "{\"kind\":\"Partial\"}",
                "{\"kind\":\"Partial\",\"text\":[]}",
                "{\"kind\":\"Partial\",\"text\":\"a\",\"offsetMs\":\"1\"}",
                "{\"kind\":\"Partial\",\"text\":\"a\",\"offsetMs\":-1}",
                "{\"kind\":\"Partial\",\"text\":\"a\",\"offsetMs\":1e300}",
                "{\"kind\":\"Result\",\"text\":\"a\",\"confidence\":1.5}",
                "{\"kind\":\"Result\",\"text\":\"a\",\"confidence\":-0.1}",
                "{\"kind\":\"Result\",\"text\":\"a\",\"words\":[{}]}",
                "{\"kind\":\"Result\",\"text\":\"a\",\"words\":[7]}",
            })
    void refusesWhatIsNoFrame(String text) {
        assertEquals(new Said.Unreadable(), Said.read(text));
    }

    @Test
    void noTextBreaksTheReader() {
        String frame =
                "{\"kind\":\"Result\",\"text\":\"yes\",\"confidence\":0.5,\"words\":[{\"text\":\"yes\",\"offsetMs\":1}]}";
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder(frame);
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(32, 127));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.substring(at));
                }
            }

            assertInstanceOf(Said.class, Said.read(text.toString()));
        }
        assertInstanceOf(Said.class, Said.read("[".repeat(100_000)));
    }
}

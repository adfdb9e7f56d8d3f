package io.strowger.worker.shell.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.worker.core.play.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With the real program.
@Tag("interop")
class EspeakSynthesizerIT {
    private static final Path ESPEAK = Path.of("/usr/bin/espeak-ng");
    private final EspeakSynthesizer speech =
            new EspeakSynthesizer(ESPEAK, Duration.ofSeconds(20), 4 << 20);

    @AfterEach
    void close() {
        speech.close();
    }

    @Test
    void aTextIsHeardAndALongerOneLonger() {
        int brief = samples(speech.speak(text("One.", null)));
        int longer = samples(speech.speak(text("One two three four five six seven.", null)));

        assertTrue(brief > 8000 / 5, brief + " samples");
        assertTrue(longer > 2 * brief, longer + " samples after " + brief);
    }

    @Test
    void eachLanguageSoundsItsOwnWay() {
        int english = samples(speech.speak(text("Donaudampfschiff", "en-US-NancyNeural")));
        int german = samples(speech.speak(text("Donaudampfschiff", "de-DE-KatjaNeural")));

        assertTrue(english != german, english + " samples in both");
    }

    @Test
    void aBreakInSsmlTakesItsTime() {
        int plain = samples(speech.speak(ssml("<speak>one two</speak>")));
        int broken = samples(speech.speak(ssml("<speak>one <break time=\"1s\"/> two</speak>")));

        assertTrue(broken > plain + 5000, broken + " samples after " + plain);
    }

    @Test
    void whatCannotBeSpokenSaysWhy() {
        assertEquals("there is no voice for xx-yy", failure(speech.speak(text("hello", "xx-YY"))));
        assertTrue(
                failure(speech.speak(ssml("<speak>"))).startsWith("the SSML is not well-formed"));
    }

    @Test
    void aProgramThatHangsIsEndedAndTakesNobodysTurn(@TempDir Path folder) throws Exception {
        Path hangs = folder.resolve("hangs");
        Files.writeString(hangs, "#!/bin/sh\nexec sleep 600\n");
        Files.setPosixFilePermissions(hangs, PosixFilePermissions.fromString("rwx------"));
        try (EspeakSynthesizer stuck =
                        new EspeakSynthesizer(hangs, Duration.ofMillis(300), 4 << 20);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Loaded> call = () -> stuck.speak(text("hello", null));

            List<Future<Loaded>> all =
                    callers.invokeAll(List.of(call, call, call, call, call, call));

            for (Future<Loaded> one : all) {
                assertEquals("the text was not spoken within 300 ms", failure(one.get()));
            }
            assertEquals("the text was not spoken within 300 ms", failure(call.call()));
        }
    }

    private static PlaySource text(String text, @Nullable String voice) {
        return new PlaySource.TextSource(text, null, voice, null);
    }

    private static PlaySource ssml(String ssml) {
        return new PlaySource.SsmlSource(ssml, null);
    }

    private static int samples(Loaded loaded) {
        return assertInstanceOf(Loaded.Ready.class, loaded).clip().samples().length;
    }

    private static String failure(Loaded loaded) {
        Loaded.Failed failed = assertInstanceOf(Loaded.Failed.class, loaded);
        assertEquals(PlayOutcome.SPEECH_FAILED, failed.outcome());
        return failed.detail();
    }
}

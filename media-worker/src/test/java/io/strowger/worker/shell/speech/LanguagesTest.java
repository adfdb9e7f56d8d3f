package io.strowger.worker.shell.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource({
        "de-DE, , de-de de",
        ", en-US-NancyNeural, en-us en",
        "de-DE, fr-FR-DeniseNeural, fr-fr fr",
        "de-DE, Nancy, de-de de",
        "es-419, , es-419 es",
        "fil, , fil",
        "zh-CN-liaoning, , zh-cn zh",
        "' EN-gb ', , en-gb en",
        ", , en-us en",
        "-m, , en-us",
        "../../etc, , en-us",
    })
    void theVoiceNamesTheLanguageElseTheLocaleDoes(
            @Nullable String locale, @Nullable String voice, String expected) {
        List<String> languages = Languages.of(locale, voice);

        assertEquals(List.of(expected.split(" ")), languages);
    }
}

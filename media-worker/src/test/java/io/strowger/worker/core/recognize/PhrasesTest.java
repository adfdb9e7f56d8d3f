package io.strowger.worker.core.recognize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strowger.contracts.call.SpokenInput.Choice;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
    private static final Phrases PHRASES =
            new Phrases(
                    List.of(
                            new Choice("Confirm", List.of("Yes", "yes sure", "confirm"), null),
                            new Choice("Cancel", List.of("no", "cancel it"), null),
                            new Choice("Help", List.of("support"), null),
                            new Choice("Repair", List.of("tech support"), null),
                            new Choice(
                                    "Thanks",
                                    List.of("d\u2019accord", "\u00e7a va", "???"),
                                    null)));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "yes; Confirm Yes",
                "YES!; Confirm Yes",
                "Yes, please.; Confirm Yes",
                "well... yes sure; Confirm Yes",
                "Confirm; Confirm confirm",
                "No.; Cancel no",
                "please  cancel, it; Cancel cancel it",
                "yes no; nothing",
                "yes cancel it; nothing",
                "note; nothing",
                "yesterday; nothing",
                "support; Help support",
                "tech support; Repair tech support",
                "the tech support, please; Repair tech support",
                "\u00c7A VA; Thanks \u00e7a va",
                "d'accord; Thanks d\u2019accord",
                "...; nothing",
                "; nothing"
            })
    void findsTheOneChoiceThatWasMeant(String said, String found) {
        assertEquals(
                found,
                PHRASES.match(said == null ? "" : said)
                        .map(match -> match.choice().label() + " " + match.phrase())
                        .orElse("nothing"));
    }
}

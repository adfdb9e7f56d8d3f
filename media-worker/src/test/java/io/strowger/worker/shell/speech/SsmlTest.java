package io.strowger.worker.shell.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsmlTest {
    @Test
    void whatChangesTheSoundIsKeptAndVoicesAreLanguages() throws Exception {
        String reduced =
                Ssml.reduced(
                        """
                        <speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis"
                          xmlns:mstts="https://www.w3.org/2001/mstts" xml:lang="en-US"><voice
                          name="de-DE-KatjaNeural">Guten <break time="200ms"/><mstts:express-as
                          style="cheerful"><prosody rate="slow">Tag</prosody></mstts:express-as>
                          &amp; mehr</voice></speak>
                        """);

        assertEquals(
                "<speak xml:lang=\"en-us\"><voice xml:lang=\"de-de\">Guten "
                        + "<break time=\"200ms\"></break><prosody rate=\"slow\">Tag</prosody>\n"
                        + "  &amp; mehr</voice></speak>",
                reduced);
    }

    @Test
    void filesAndAddressesAreNotReachedFor() throws Exception {
        String reduced =
                Ssml.reduced(
                        "<speak><audio src=\"file:///etc/passwd\">beep</audio>"
                                + "<lexicon uri=\"http://10.0.0.1/\"/><?php echo?></speak>");

        assertEquals("<speak>beep</speak>", reduced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "",
                "<speak>hello",
                "<html/>",
                "<!DOCTYPE s [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><speak>&e;</speak>",
                "<speak>&undefined;</speak>"
            })
    void whatIsNoSsmlIsRefused(String text) {
        Ssml.NotSsmlException refused =
                assertThrows(Ssml.NotSsmlException.class, () -> Ssml.reduced(text));

        assertTrue(String.valueOf(refused.getMessage()).contains("SSML"));
    }
}

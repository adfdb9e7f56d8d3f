package io.strowger.worker.core.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.worker.core.sip.Digest.Credentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String CHALLENGE =
            "Digest realm=\"testrealm@host.com\", qop=\"auth, auth-int\", algorithm=%s,"
                    + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String CNONCE = "0a4f113b";

    @ParameterizedTest(name = "the example of RFC 2617 3.5 with {0}")
    @CsvSource({
        "MD5, 6629fae49393a05397450978507c4ef1",
        "SHA-256, 5abdd07184ba512a22c53f41470e5eea7dcaa3a93a59b630c13dfe0a5dc6e38b"
    })
    void answersTheExampleOfTheRfc(String algorithm, String response) {
        DigestChallenge challenge =
                DigestChallenge.parse(false, CHALLENGE.formatted(algorithm)).orElseThrow();
        SipRequest request =
                new SipRequest(
                        "GET", "/dir/index.html", "", "", "", 1, List.of(), null, List.of(), null);

        HeaderLine answer =
                Digest.answer(
                        challenge, new Credentials("Mufasa", "Circle Of Life"), request, CNONCE, 1);

        assertEquals("Authorization", answer.name());
        assertTrue(answer.value().contains("response=\"" + response + "\""), answer.value());
        assertTrue(answer.value().contains("nc=00000001"), answer.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"x\"",
                "Digest realm=\"x\"",
                "Digest realm=\"x\", nonce=\"n\", algorithm=SHA-1024",
                "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"",
                ""
            })
    void passesOverWhatItCannotAnswer(String value) {
        assertTrue(DigestChallenge.parse(false, value).isEmpty());
    }

    @Test
    void hidesThePassword() {
        assertFalse(new Credentials("user", "secret").toString().contains("secret"));
    }
}

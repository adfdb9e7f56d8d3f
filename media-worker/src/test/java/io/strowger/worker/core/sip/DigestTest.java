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
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
                    + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFsH4GiTo0v\","
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    @ParameterizedTest(name = "{0} as in RFC 7616 3.9.1")
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answersLikeTheRfc(String algorithm, String response) {
        DigestChallenge challenge =
                DigestChallenge.parse(false, CHALLENGE.formatted(algorithm)).orElseThrow();
        SipRequest request =
                new SipRequest(
                        "GET", "/dir/index.html", "", "", "", 1, List.of(), null, List.of(), null);

        HeaderLine answer =
                Digest.answer(
                        challenge, new Credentials("Mufasa", "Circle of Life"), request, CNONCE, 1);

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

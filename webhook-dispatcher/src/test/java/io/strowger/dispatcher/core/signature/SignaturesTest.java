package io.strowger.dispatcher.core.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /// The example of the Standard Webhooks specification.
    @Test
    void signsAsTheStandardWebhooksSpecificationShows() {
        StandardWebhook signatures =
                new StandardWebhook(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        String signature =
                signatures.signature(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8));

        assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    @Test
    void aTokenIsUsedForAMinuteAndNeverBeforeItsTime() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        TokenMint mint =
                new TokenMint(
                        generator.generateKeyPair().getPrivate(), "kid-1", "https://i", "aud");

        String first = mint.token(NOW);

        assertEquals(first, mint.token(NOW.plusSeconds(59)));
        assertNotEquals(first, mint.token(NOW.plusSeconds(60)));
        assertNotEquals(first, mint.token(NOW.minusSeconds(1)));
        String claims =
                new String(
                        Base64.getUrlDecoder().decode(first.split("\\.")[1]),
                        StandardCharsets.UTF_8);
        assertEquals(
                "{\"iss\":\"https://i\",\"aud\":\"aud\",\"iat\":1767225600,\"nbf\":1767225600,"
                        + "\"exp\":1767225900}",
                claims);
    }
}

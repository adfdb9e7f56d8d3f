package io.strowger.runtime.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenMintTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"false, 1767225900", "true, 1767312000"})
    void aTokenIsUsedForAMinuteAndNeverBeforeItsTime(boolean staysLong, long expiresAtS)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        TokenMint mint =
                new TokenMint(
                        generator.generateKeyPair().getPrivate(),
                        "kid-1",
                        "https://i",
                        "aud",
                        staysLong ? TokenMint.Life.LONG : TokenMint.Life.SHORT);

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
                        + "\"exp\":"
                        + expiresAtS
                        + "}",
                claims);
    }
}

package io.strowger.runtime.jwt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.settings.JwtSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final RSAKey RSA = rsa("rsa", KeyUse.SIGNATURE);
    private static final ECKey EC = ec();
    private static final OctetSequenceKey SHARED = shared();
    private static final JWKSet KEYS = new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK()));
    private final TokenRules rules =
            new TokenRules(
                    new JwtSettings(
                            "keys.json",
                            List.of("https://a.example.com", "https://b.example.com"),
                            List.of("us", "also-us"),
                            List.of("appid", "sub"),
                            Duration.ofSeconds(30)));

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void takesEveryAlgorithmOfRsa(String algorithm) {
        String token = token(header(algorithm, "rsa"), new Signer(RSA).rsa(), claims -> {});

        assertInstanceOf(Verdict.Genuine.class, rules.judge(token, KEYS, NOW));
    }

    @Test
    void takesEllipticCurvesAndTokensThatNameNoKey() {
        String named = token(header("ES256", "ec"), new Signer(EC).ec(), claims -> {});
        String nameless = token(header("ES256", null), new Signer(EC).ec(), claims -> {});

        assertInstanceOf(Verdict.Genuine.class, rules.judge(named, KEYS, NOW));
        assertInstanceOf(Verdict.Genuine.class, rules.judge(nameless, KEYS, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "exp,1, ",
        "exp,-29, ",
        "exp,-30,TOKEN_EXPIRED",
        "exp,-9999999,TOKEN_EXPIRED",
        "nbf,-9999999, ",
        "nbf,30, ",
        "nbf,31,TOKEN_NOT_YET_VALID"
    })
    void timesCountWithTheSkewOfClocks(String claim, int seconds, @Nullable AuthRefusal reason) {
        String token = rsaToken(claims -> claims.claim(claim, Date.from(NOW.plusSeconds(seconds))));

        assertVerdict(reason, rules.judge(token, KEYS, NOW));
    }

    @Test
    void issuerAndAudienceMustBeOursLetterByLetter() {
        assertVerdict(null, judge(claims -> claims.issuer("https://b.example.com")));
        assertVerdict(null, judge(claims -> claims.audience(List.of("others", "also-us"))));
        assertVerdict(
                AuthRefusal.WRONG_ISSUER, judge(claims -> claims.issuer("https://a.example.com/")));
        assertVerdict(AuthRefusal.WRONG_ISSUER, judge(claims -> claims.issuer(null)));
        assertVerdict(AuthRefusal.WRONG_AUDIENCE, judge(claims -> claims.audience("US")));
        assertVerdict(AuthRefusal.WRONG_AUDIENCE, judge(claims -> claims.audience(List.of())));
        assertVerdict(AuthRefusal.TOKEN_EXPIRED, judge(claims -> claims.expirationTime(null)));
    }

    @Test
    void theFirstClaimThatIsThereNamesTheApplication() {
        String byId = id(judge(claims -> {}));

        assertEquals(byId, id(judge(claims -> claims.subject("another"))));
        assertEquals(
                id(judge(claims -> claims.claim("appid", null))),
                id(judge(claims -> claims.claim("appid", " "))));
        assertEquals(
                false, byId.equals(id(judge(claims -> claims.issuer("https://b.example.com")))));
        assertVerdict(
                AuthRefusal.NO_APPLICATION,
                judge(claims -> claims.claim("appid", null).subject(null)));
        assertVerdict(
                AuthRefusal.NO_APPLICATION,
                judge(claims -> claims.claim("appid", 7).subject(null)));
    }

    @Test
    void neitherUnsignedNorSymmetricTokensCount() throws Exception {
        String shared = token(header("HS256", "shared"), new MACSigner(SHARED), claims -> {});

        assertVerdict(
                AuthRefusal.WRONG_TOKEN_ALGORITHM,
                rules.judge(new PlainJWT(claims(claims -> {})).serialize(), KEYS, NOW));
        assertVerdict(
                AuthRefusal.WRONG_TOKEN_ALGORITHM,
                rules.judge(shared, new JWKSet(List.<JWK>of(SHARED)), NOW));
    }

    @Test
    void aKeyThatIsNotForItDoesNotVerify() throws Exception {
        RSAKey encrypts = rsa("rsa", KeyUse.ENCRYPTION);
        JWKSet weak = JWKSet.parse("{\"keys\":[" + weakKey() + "]}");

        assertVerdict(
                AuthRefusal.UNKNOWN_TOKEN_KEY,
                rules.judge(rsaToken(claims -> {}), new JWKSet(encrypts.toPublicJWK()), NOW));
        assertVerdict(
                AuthRefusal.UNKNOWN_TOKEN_KEY,
                rules.judge(rsaToken(claims -> {}), new JWKSet(EC.toPublicJWK()), NOW));
        assertVerdict(
                AuthRefusal.WRONG_TOKEN_SIGNATURE, rules.judge(rsaToken(claims -> {}), weak, NOW));
        assertVerdict(
                AuthRefusal.TOKEN_KEYS_UNKNOWN, rules.judge(rsaToken(claims -> {}), null, NOW));
    }

    @Test
    void aChangedTokenAndACriticalHeaderThatIsNotKnownAreRefused() {
        String[] one = rsaToken(claims -> {}).split("\\.");
        String[] other = rsaToken(claims -> claims.claim("appid", "admin")).split("\\.");
        JWSHeader critical =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa")
                        .criticalParams(Set.of("strange"))
                        .customParam("strange", true)
                        .build();

        assertVerdict(
                AuthRefusal.WRONG_TOKEN_SIGNATURE,
                rules.judge(one[0] + "." + other[1] + "." + one[2], KEYS, NOW));
        assertVerdict(
                AuthRefusal.WRONG_TOKEN_SIGNATURE,
                rules.judge(token(critical, new Signer(RSA).rsa(), claims -> {}), KEYS, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a.b.c", "e30.e30.", "\u0000", "eyJhbGciOiJSUzI1NiJ9.x.y"})
    void whatIsNoTokenIsMalformed(String text) {
        assertVerdict(AuthRefusal.MALFORMED_TOKEN, rules.judge(text, KEYS, NOW));
    }

    private Verdict judge(Consumer<JWTClaimsSet.Builder> change) {
        return rules.judge(rsaToken(change), KEYS, NOW);
    }

    private static String id(Verdict verdict) {
        return assertInstanceOf(Verdict.Genuine.class, verdict).keyId();
    }

    private static void assertVerdict(@Nullable AuthRefusal reason, Verdict verdict) {
        if (reason == null) {
            assertInstanceOf(Verdict.Genuine.class, verdict);
        } else {
            assertEquals(new Verdict.Refused(reason), verdict);
        }
    }

    private record Signer(JWK key) {
        JWSSigner rsa() {
            return made(() -> new RSASSASigner(key.toRSAKey()));
        }

        JWSSigner ec() {
            return made(() -> new ECDSASigner(key.toECKey()));
        }
    }

    private static String rsaToken(Consumer<JWTClaimsSet.Builder> change) {
        return token(header("RS256", "rsa"), new Signer(RSA).rsa(), change);
    }

    private static JWSHeader header(String algorithm, @Nullable String keyId) {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(keyId).build();
    }

    private static String token(
            JWSHeader header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> change) {
        return made(() -> {
            SignedJWT jwt = new SignedJWT(header, claims(change));
            jwt.sign(signer);
            return jwt.serialize();
        });
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer("https://a.example.com")
                        .audience("us")
                        .claim("appid", "app-1")
                        .subject("subject-1")
                        .expirationTime(Date.from(NOW.plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    private static RSAKey rsa(String id, KeyUse use) {
        return made(() -> new RSAKeyGenerator(2048).keyID(id).keyUse(use).generate());
    }

    private static String weakKey() {
        return made(() ->
                new RSAKeyGenerator(1024, true)
                        .keyID("rsa")
                        .generate()
                        .toPublicJWK()
                        .toJSONString());
    }

    private static ECKey ec() {
        return made(() -> new ECKeyGenerator(Curve.P_256).keyID("ec").generate());
    }

    private static OctetSequenceKey shared() {
        return made(() -> new OctetSequenceKeyGenerator(256).keyID("shared").generate());
    }

    private interface Making<T> {
        T make() throws Exception;
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

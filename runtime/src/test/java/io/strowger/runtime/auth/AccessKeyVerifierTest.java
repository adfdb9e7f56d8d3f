package io.strowger.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyVerifierTest {
    /// As an official client sent it.
    private static final SignedRequest REAL =
            new SignedRequest(
                    "POST",
                    "/calling/callConnections?api-version=2026-03-12",
                    "127.0.0.1:18080",
                    null,
                    "Sun, 22 Nov 2026 16:33:38 GMT",
                    "uqEe7m355lOk9pBIvrHzMJOBHNZz/67JfMGfRsQvJzI=",
                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=kg26WWtTS71AmT4u6i75/ZUgVf0CDiN+JXCI/tTAJGs=");

    private static final byte[] KEY =
            Base64.getDecoder().decode("c3R1Yi1hY2Nlc3Mta2V5LTAxMjM0NTY3ODlhYmNkZWY=");
    private static final byte[] OTHER = "another key".getBytes(StandardCharsets.UTF_8);
    private static final Instant THEN = Instant.parse("2026-11-22T16:33:38Z");

    private final AccessKeyVerifier verifier =
            new AccessKeyVerifier(List.of(OTHER, KEY), List.of("calls.example.com"));

    @Test
    void acceptsARealRequestAgainAndAgain() {
        assertInstanceOf(Verdict.Genuine.class, verifier.verify(REAL, THEN));
        assertInstanceOf(Verdict.Genuine.class, verifier.verify(REAL, THEN));
    }

    @ParameterizedTest
    @CsvSource({"-900,true", "-901,false", "0,true", "900,true", "901,false"})
    void acceptsAQuarterOfAnHourOfSkewEachWay(long offS, boolean accepted) {
        Verdict verdict = verifier.verify(REAL, THEN.plusSeconds(offS));

        assertEquals(
                accepted,
                !verdict.equals(new Verdict.Refused(AuthRefusal.WRONG_DATE)),
                "" + verdict);
    }

    @Test
    void tellsTheKeysApartWithoutShowingThem() {
        String first = keyId(request(OTHER, "/a", "h", "h", null));
        String second = keyId(request(KEY, "/a", "h", "h", null));

        assertNotEquals(first, second);
        assertFalse(first.contains("another"));
    }

    @ParameterizedTest
    @CsvSource({
        "h.example:8080,h.example:8080",
        "h.example:8080,h.example",
        "h.example,h.example",
        "[::1]:8080,[::1]",
        "10.0.0.1:8080,calls.example.com",
    })
    void acceptsTheFormsOfTheHostThatClientsSign(String sent, String signed) {
        assertInstanceOf(
                Verdict.Genuine.class,
                verifier.verify(request(KEY, "/a", sent, signed, null), THEN));
    }

    @Test
    void acceptsTheResourceHostHeaderOnlyForItsOwnNames() {
        SignedRequest own = request(KEY, "/a", "x", "CALLS.example.com", "CALLS.example.com");
        SignedRequest foreign = request(KEY, "/a", "x", "evil.example", "evil.example");

        assertInstanceOf(Verdict.Genuine.class, verifier.verify(own, THEN));
        assertEquals(
                new Verdict.Refused(AuthRefusal.WRONG_SIGNATURE), verifier.verify(foreign, THEN));
    }

    @ParameterizedTest
    @CsvSource({
        "/a?q=a%20b,/a?q=a+b",
        "/a?q=a:b,/a?q=a%3Ab",
        "/a?q,/a?q=",
        "/a?q=%c3%a4,/a?q=%C3%A4",
        "/a%20b?x=1&&y=2,/a%20b?x=1&y=2",
    })
    void acceptsTheQueryAsAClientWritesItAnew(String sent, String signed) {
        SignedRequest onTheWire = sentAs(sent, request(KEY, signed, "h", "h", null));

        assertInstanceOf(Verdict.Genuine.class, verifier.verify(onTheWire, THEN));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/v1/objects/a?x=1,/v1/objects/a,h,h,-",
                "/v1/objects/a?x=1,/v1/objects/a?x=1,h,h,-",
                "/v1/objects/a,/v1/objects/a,files.example:443,api.example:8443,api.example:8443",
                "/v1/objects/a?x=1,/v1/objects/a,127.0.0.1:8443,127.0.0.1,-",
            })
    void acceptsForContentAloneThePathAndTheHostThatClientsNamed(
            String sent, String signed, String host, String signedHost, @Nullable String resource) {
        SignedRequest request = sentAs(sent, request(KEY, signed, host, signedHost, resource));
        boolean ordinary = sent.equals(signed) && resource == null;

        assertInstanceOf(Verdict.Genuine.class, verifier.verifyContent(request, THEN));
        assertEquals(
                ordinary, verifier.verify(request, THEN) instanceof Verdict.Genuine, sent + host);
    }

    @Test
    void refusesForContentAnotherPathAndAHostThatNobodyNamed() {
        SignedRequest otherPath = sentAs("/v1/objects/b?x=1", request(KEY, "/a", "h", "h", null));
        SignedRequest otherHost = request(KEY, "/v1/objects/a", "h", "api.example", null);

        for (SignedRequest request : List.of(otherPath, otherHost)) {
            assertEquals(
                    new Verdict.Refused(AuthRefusal.WRONG_SIGNATURE),
                    verifier.verifyContent(request, THEN));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void refusesEveryRequestWithOneChangedCharacter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            SignedRequest changed =
                    new SignedRequest(
                            changed(REAL.method(), random, i % 6 == 0),
                            changed(REAL.target(), random, i % 6 == 1),
                            changed(String.valueOf(REAL.host()), random, i % 6 == 2),
                            null,
                            i % 6 == 3 ? "Sun, 22 Nov 2026 16:33:39 GMT" : REAL.date(),
                            changed(String.valueOf(REAL.contentHash()), random, i % 6 == 4),
                            changedSignature(random, i % 6 == 5));

            assertInstanceOf(
                    Verdict.Refused.class,
                    verifier.verify(changed, THEN),
                    "seed " + seed + changed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,d,h,NO_CREDENTIALS",
                "Bearer abc,d,h,UNKNOWN_SCHEME",
                "HMAC-SHA256 SignedHeaders=host,d,h,UNKNOWN_SCHEME",
                "HMAC-SHA256 Signature=%%%,d,h,UNKNOWN_SCHEME",
                "HMAC-SHA256 Signature=AAAA,-,h,NO_DATE",
                "HMAC-SHA256 Signature=AAAA,x,h,NO_DATE",
                "HMAC-SHA256 Signature=AAAA,d,-,NO_CONTENT_HASH",
                "HMAC-SHA256 Signature=,d,h,WRONG_SIGNATURE",
                "hmac-sha256 x&Signature=AAAA&y,d,h,WRONG_SIGNATURE",
            })
    void saysWhyARequestIsNotAuthenticated(
            @Nullable String authorization,
            @Nullable String date,
            @Nullable String hash,
            AuthRefusal reason) {
        SignedRequest request =
                new SignedRequest(
                        "GET",
                        "/a",
                        null,
                        null,
                        "d".equals(date) ? REAL.date() : date,
                        hash,
                        authorization);

        assertEquals(new Verdict.Refused(reason), verifier.verify(request, THEN));
    }

    @Test
    void comparesTheBodyWithItsHash() {
        String empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

        assertTrue(verifier.isHashOf(empty, new byte[0]));
        assertFalse(verifier.isHashOf(empty, new byte[1]));
        assertFalse(verifier.isHashOf(null, new byte[0]));
    }

    @Test
    void writesDatesAsItReadsThem() {
        assertEquals(THEN, HttpDate.parse(HttpDate.format(THEN)).orElseThrow());
        assertEquals(
                java.util.Optional.empty(),
                HttpDate.parse(HttpDate.format(THEN).replace("Sun", "Mon")));
        assertTrue(Duration.ofMinutes(15).toSeconds() == 900);
    }

    /// With another target than the one that was signed.
    private static SignedRequest sentAs(String target, SignedRequest request) {
        return new SignedRequest(
                request.method(),
                target,
                request.host(),
                request.resourceHost(),
                request.date(),
                request.contentHash(),
                request.authorization());
    }

    private String keyId(SignedRequest request) {
        return assertInstanceOf(Verdict.Genuine.class, verifier.verify(request, THEN)).keyId();
    }

    private static String changed(String text, SplittableRandom random, boolean change) {
        if (!change) {
            return text;
        }
        int at = random.nextInt(text.length());
        char other = (char) (text.charAt(at) ^ (1 + random.nextInt(15)));
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static String changedSignature(SplittableRandom random, boolean change) {
        String authorization = String.valueOf(REAL.authorization());
        if (!change) {
            return authorization;
        }
        int start = authorization.indexOf("Signature=") + "Signature=".length();
        byte[] signature = Base64.getDecoder().decode(authorization.substring(start));
        signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));
        return authorization.substring(0, start) + Base64.getEncoder().encodeToString(signature);
    }

    private static SignedRequest request(
            byte[] key, String target, String host, String signedHost, @Nullable String resource) {
        try {
            String hash = String.valueOf(REAL.contentHash());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String text = "GET\n" + target + "\n" + REAL.date() + ";" + signedHost + ";" + hash;
            String signature =
                    Base64.getEncoder()
                            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return new SignedRequest(
                    "GET",
                    target,
                    host,
                    resource,
                    REAL.date(),
                    hash,
                    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-256&Signature="
                            + signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

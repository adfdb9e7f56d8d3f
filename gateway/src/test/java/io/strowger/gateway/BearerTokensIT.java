package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.strowger.gateway.SignedClient.Response;
import io.strowger.gateway.shell.http.HttpLimits;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import io.strowger.testsupport.IdentityProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway that takes tokens of an identity provider, which changes its keys, fails and comes
/// back.
class BearerTokensIT {
    private static final String V = "?api-version=2026-03-12";

    /// Keys are fetched once in five seconds at most.
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final String CREATE =
            """
            {"targets":[{"rawId":"4:+15550100001","phoneNumber":{"value":"+15550100001"}}],
             "sourceCallerIdNumber":{"value":"+15550100000"},
             "callbackUri":"http://127.0.0.1:9/events"}\
            """;

    @TempDir static Path directory;
    private static IdentityProvider provider;
    private static RunningGateway gateway;
    private static String target;

    @BeforeAll
    static void start() throws Exception {
        provider = IdentityProvider.start(0);
        gateway =
                new RunningGateway(
                        directory, settings(provider.keys().toString()), HttpLimits.usual(100_000));
        target = target(gateway);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    @BeforeEach
    void answerAsAnOrchestratorWould() throws Exception {
        gateway.orchestrator.answers(PlayedAnswers::to);
        provider.answer(200);
        awaitStatus(200, provider.token());
    }

    private static Map<String, String> settings(String jwks) {
        return Map.of(
                "STROWGER_AUTH_JWT_JWKS",
                jwks,
                "STROWGER_AUTH_JWT_ISSUERS",
                "[https://other.example.com/, \"" + IdentityProvider.ISSUER + "\"]",
                "STROWGER_AUTH_JWT_AUDIENCES",
                "[\"" + IdentityProvider.AUDIENCE + "\"]");
    }

    private static String target(RunningGateway of) {
        return "/calling/callConnections/" + of.ids.newCall(new Random(1)).connection(1) + V;
    }

    @Test
    void aTokenServesForEveryRequestBesideAccessKeys() throws Exception {
        Response created = send(gateway, "POST", "/calling/callConnections" + V, CREATE, token());

        assertEquals(201, created.status(), created.raw().body());
        assertEquals(200, send(gateway, "GET", target, "", token()).status());
        assertEquals(200, gateway.client().get(target).status());
    }

    @Test
    void callsAreCountedForTheApplicationThatTheTokenNames() throws Exception {
        String first = countedFor(provider.token());
        String again = countedFor(provider.token(claims -> claims.subject("another")));
        String other = countedFor(provider.token(claims -> claims.claim("appid", "app-2")));
        String bySubject = countedFor(provider.token(claims -> claims.claim("appid", null)));

        assertEquals(first, again);
        assertNotEquals(first, other);
        assertNotEquals(first, bySubject);
        assertTrue(first.matches("[0-9a-f]{16}"), first);
    }

    private static String countedFor(String token) {
        assertEquals(
                201, send(gateway, "POST", "/calling/callConnections" + V, CREATE, token).status());
        return String.valueOf(gateway.orchestrator.last().application());
    }

    @Test
    void refusesWhatItsClaimsForbid() throws Exception {
        refused("issuer", provider.token(claims -> claims.issuer("https://evil.example.com")));
        refused("audience", provider.token(claims -> claims.audience("https://graph.example.com")));
        refused("audience", provider.token(claims -> claims.audience((String) null)));
        refused("expired", provider.token(claims -> claims.expirationTime(in(-60))));
        refused("expired", provider.token(claims -> claims.expirationTime(null)));
        refused("not valid yet", provider.token(claims -> claims.notBeforeTime(in(120))));
        refused(
                "names its application",
                provider.token(claims -> claims.claim("appid", null).subject(null)));
    }

    @Test
    void clocksMayDifferALittle() throws Exception {
        String justExpired = provider.token(claims -> claims.expirationTime(in(-10)));
        String soonValid = provider.token(claims -> claims.notBeforeTime(in(15)));

        assertEquals(200, send(gateway, "GET", target, "", justExpired).status());
        assertEquals(200, send(gateway, "GET", target, "", soonValid).status());
    }

    @Test
    void refusesUnsignedTokensAndThoseThatThePublicKeysCouldMake() throws Exception {
        String unsigned = new PlainJWT(IdentityProvider.claims(claims -> {})).serialize();
        SignedJWT symmetric =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(provider.signingKey().getKeyID())
                                .build(),
                        IdentityProvider.claims(claims -> {}));
        symmetric.sign(
                new MACSigner(
                        provider.signingKey()
                                .toPublicJWK()
                                .toJSONString()
                                .getBytes(StandardCharsets.UTF_8)));

        refused("algorithm", unsigned);
        refused("algorithm", symmetric.serialize());
        refused("not a signed JWT", "abc");
    }

    @Test
    void refusesWhatWasChangedAndWhatAnotherSigned() throws Exception {
        String[] good = provider.token().split("\\.");
        String[] other = provider.token(claims -> claims.claim("appid", "admin")).split("\\.");
        var impostor = IdentityProvider.key(provider.signingKey().getKeyID());

        refused("signature", good[0] + "." + other[1] + "." + good[2]);
        refused("signature", IdentityProvider.signed(impostor, claims -> {}));
        refused(
                "does not publish",
                IdentityProvider.signed(IdentityProvider.key("unknown"), claims -> {}));
    }

    @Test
    void unknownKeysDoNotMakeTheProviderBusy() throws Exception {
        String unknown = IdentityProvider.signed(IdentityProvider.key("unknown"), claims -> {});
        long startNs = System.nanoTime();
        int before = provider.fetches();

        for (int i = 0; i < 50; i++) {
            assertEquals(401, send(gateway, "GET", target, "", unknown).status());
        }

        long seconds = Duration.ofNanos(System.nanoTime() - startNs).toSeconds();
        int most = 2 + (int) (seconds / 5);
        assertTrue(provider.fetches() - before <= most, "fetches: " + provider.fetches());
    }

    @Test
    void aNewKeyOfTheProviderCountsWithoutARestart() throws Exception {
        String old = provider.token();

        provider.rotate(true);

        awaitStatus(200, provider.token());
        assertEquals(200, send(gateway, "GET", target, "", old).status());
        provider.rotate(false);
        awaitStatus(200, provider.token());
        assertEquals(401, send(gateway, "GET", target, "", old).status());
    }

    @Test
    void aBodyWaitsWhileAKeyIsFetched() throws Exception {
        provider.rotate(true);
        String token = provider.token();

        Eventually.holds(
                "the new key counts for a request with a body",
                SOON,
                () ->
                        send(gateway, "POST", "/calling/callConnections" + V, CREATE, token)
                                        .status()
                                == 201);
    }

    @Test
    void knownKeysCountWhileTheProviderFails() throws Exception {
        String old = provider.token();
        provider.rotate(true);
        provider.answer(500);

        refused("does not publish", provider.token());
        assertEquals(200, send(gateway, "GET", target, "", old).status());
        provider.answer(200);
        awaitStatus(200, provider.token());
    }

    @Test
    void aProviderThatIsNotThereAtTheStartIsFoundLater(@TempDir Path other) throws Exception {
        int port = FreePorts.pair();
        try (RunningGateway early =
                new RunningGateway(
                        other,
                        settings("http://127.0.0.1:" + port + "/keys"),
                        HttpLimits.usual(100_000))) {
            early.orchestrator.answers(PlayedAnswers::to);
            String at = target(early);
            Response refused = send(early, "GET", at, "", provider.token());
            assertEquals(401, refused.status());
            assertTrue(refused.errorMessage().contains("No key"), refused.errorMessage());
            assertEquals(200, early.client().get(at).status());

            try (IdentityProvider late = IdentityProvider.start(port)) {
                String token = late.token();
                Eventually.holds(
                        "the provider is found",
                        SOON,
                        () -> send(early, "GET", at, "", token).status() == 200);
            }
        }
    }

    @Test
    void tokensAreNotTakenUnlessSetUp(@TempDir Path other) throws Exception {
        try (RunningGateway without =
                new RunningGateway(other, Map.of(), HttpLimits.usual(100_000))) {
            Response refused = send(without, "GET", target(without), "", provider.token());

            assertEquals(401, refused.status());
            assertEquals("HMAC-SHA256", refused.header("WWW-Authenticate"));
            assertTrue(refused.errorMessage().contains("auth.jwt"), refused.errorMessage());
        }
    }

    @Test
    void saysHowToAuthenticate() {
        Response refused = gateway.client().unsigned(target);

        assertEquals(401, refused.status());
        assertEquals("HMAC-SHA256, Bearer", refused.header("WWW-Authenticate"));
    }

    private static String token() throws Exception {
        return provider.token();
    }

    private static void refused(String why, String token) {
        Response response = send(gateway, "GET", target, "", token);

        assertEquals(401, response.status(), response.raw().body());
        assertEquals("Denied", response.errorCode());
        assertTrue(response.errorMessage().contains(why), response.errorMessage());
        assertEquals(
                "Bearer error=\"invalid_token\", HMAC-SHA256", response.header("WWW-Authenticate"));
        assertFalse(response.raw().body().contains(token));
    }

    private static void awaitStatus(int expected, String token) {
        Eventually.holds(
                "status " + expected,
                SOON,
                () -> send(gateway, "GET", target, "", token).status() == expected);
    }

    private static Response send(
            RunningGateway to, String method, String path, String body, String token) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return to.client().send(method, path, body, headers);
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }
}

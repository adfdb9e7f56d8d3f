package io.strowger.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.IdentityProvider;
import io.strowger.testsupport.WebhookReceiver;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who trusts whom: applications by bearer token, the platform's certificate in a Java program, the
/// platform's own tokens at a receiver, keys at the command line. Against `up` as anybody runs it.
class AuthenticationIT {
    private static final String VERSION = "?api-version=2026-03-12";
    private static final String RESOURCE = "8ac2c1c5-6b5c-4a3e-9a3e-0c1f9a3d7e55";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir static Path folder;
    private static IdentityProvider provider;
    private static Phone callee;
    private static WebhookReceiver receiver;
    private static Map<String, String> environment;
    private static Command up;
    private static URI endpoint;
    private static String secureEndpoint;
    private static String keytool;
    private static String java;

    @BeforeAll
    static void start() throws Exception {
        provider = IdentityProvider.start(0);
        callee = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
        receiver = WebhookReceiver.start();
        Files.writeString(folder.resolve("primary"), key("primary"));
        Files.writeString(folder.resolve("secondary"), key("secondary"));
        environment =
                Stage.environment(
                        folder.resolve("data of it"),
                        Map.of("+1", callee.address()),
                        Map.of(
                                "STROWGER_AUTH_JWT_JWKS",
                                provider.keys().toString(),
                                "STROWGER_AUTH_JWT_ISSUERS",
                                "[\"" + IdentityProvider.ISSUER + "\"]",
                                "STROWGER_AUTH_JWT_AUDIENCES",
                                "[\"" + IdentityProvider.AUDIENCE + "\"]",
                                "STROWGER_AUTH_RESOURCEID",
                                RESOURCE,
                                "STROWGER_AUTH_ACCESSKEYFILES",
                                List.of(folder.resolve("primary"), folder.resolve("secondary"))
                                        .toString()));
        up = Command.start(environment, "up");
        up.awaitLine("READY");
        endpoint = URI.create(endpoint(up.awaitLine("connection string")));
        secureEndpoint = endpoint(up.awaitLine("by https"));
        up.awaitLine("certificate  ");
        keytool = up.awaitLine("keytool").replaceAll(".*?(keytool .*)", "$1");
        java = up.awaitLine("trustStore=").replaceAll(".*?(java .*)", "$1");
    }

    @AfterAll
    static void stop() throws Exception {
        up.close();
        receiver.close();
        callee.close();
        provider.close();
    }

    private static String endpoint(String line) {
        return line.replaceAll(".*endpoint=([^;]+);.*", "$1");
    }

    private static String key(String name) {
        return Base64.getEncoder()
                .encodeToString(
                        ("access-key-of-the-tests-" + name).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anApplicationCallsByItsTokenAndVerifiesTheTokenOfTheWebhookByWhatIsPublished()
            throws Exception {
        HttpResponse<String> created = create(provider.token());
        String shown =
                receiver.awaitBody("CallConnected", Stage.SOON).headers().get("authorization");

        assertEquals(201, created.statusCode(), created.body());
        assertTrue(shown != null && shown.startsWith("Bearer "), shown);
        String token = String.valueOf(shown).substring("Bearer ".length());
        JsonObject published = published();
        JWTClaimsSet claims = receiving(published, RESOURCE).process(token, null);
        assertEquals(published.getString("issuer"), claims.getIssuer());
        assertEquals(List.of(RESOURCE), claims.getAudience());
        Assertions.assertThrows(
                BadJWTException.class, () -> receiving(published, "another").process(token, null));
    }

    @Test
    void aTokenForOthersIsRefused() throws Exception {
        HttpResponse<String> refused =
                create(provider.token(claims -> claims.audience("https://graph.example.com")));

        assertEquals(401, refused.statusCode());
        assertEquals(
                "Denied", new JsonObject(refused.body()).getJsonObject("error").getString("code"));
    }

    private static HttpResponse<String> create(String token) throws Exception {
        String body =
                """
                {"targets":[{"rawId":"4:+15550100001"}],"callbackUri":"%s",
                 "sourceCallerIdNumber":{"value":"+15550100000"}}\
                """
                        .formatted(receiver.uri("/events"));
        return HTTP.send(
                HttpRequest.newBuilder(endpoint.resolve("/calling/callConnections" + VERSION))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /// What a receiver knows of the platform: the address of its discovery document.
    private static JsonObject published() throws Exception {
        URI discovery = endpoint.resolve("/calling/.well-known/acsopenidconfiguration");
        return new JsonObject(
                HTTP.send(HttpRequest.newBuilder(discovery).build(), BodyHandlers.ofString())
                        .body());
    }

    /// As an application of Azure verifies: signature by `jwks_uri`, issuer, audience, times.
    private static DefaultJWTProcessor<SecurityContext> receiving(
            JsonObject published, String audience) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(
                        JWSAlgorithm.RS256,
                        JWKSourceBuilder.create(URI.create(published.getString("jwks_uri")).toURL())
                                .build()));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        audience,
                        new JWTClaimsSet.Builder().issuer(published.getString("issuer")).build(),
                        Set.of("exp", "nbf", "iat")));
        return processor;
    }

    /// The printed lines are run as they are, by a shell, with this JDK on the path.
    @Test
    void aJavaProgramTrustsTheCertificateAsUpSays(@TempDir Path elsewhere) throws Exception {
        Files.writeString(
                elsewhere.resolve("Ask.java"),
                """
                import java.net.URI;
                import java.net.http.*;

                void main(String[] arguments) throws Exception {
                    var request = HttpRequest.newBuilder(URI.create(arguments[0])).build();
                    var response = HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString());
                    IO.println("status " + response.statusCode());
                }
                """);
        String ask = "Ask.java " + secureEndpoint + "calling/keys";
        Ran without = shell(elsewhere, "java " + ask);
        Ran made = shell(elsewhere, keytool);
        Ran with = shell(elsewhere, java.replace("-jar app.jar", ask));

        assertFalse(without.exitCode == 0, without.output);
        assertTrue(without.output.contains("PKIX"), without.output);
        assertEquals(0, made.exitCode, made.output);
        assertEquals(0, with.exitCode, with.output);
        assertTrue(with.output.contains("status 200"), with.output);
    }

    private record Ran(int exitCode, String output) {}

    private static Ran shell(Path directory, String line) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        String bin = Path.of(System.getProperty("java.home"), "bin").toString();
        builder.environment().merge("PATH", bin, (path, own) -> own + ":" + path);
        Path output = directory.resolve("output");
        Process process = builder.redirectOutput(output.toFile()).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), line);
            return new Ran(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theCommandLineShowsFingerprintsAndTheKeyOnlyWhenAsked() throws Exception {
        String listed = keys(0, "list");
        String connection =
                keys(0, "connection-string", "--key", "2", "--endpoint", secureEndpoint);

        assertTrue(listed.contains(folder.resolve("primary").toString()), listed);
        assertFalse(listed.contains(key("primary")) || listed.contains(key("secondary")), listed);
        assertTrue(listed.matches("(?s).*1 +[0-9a-f]{16} +.*2 +[0-9a-f]{16} +.*"), listed);
        assertEquals("endpoint=" + secureEndpoint + ";accesskey=" + key("secondary"), connection);
        assertTrue(keys(1, "connection-string").contains("http.tls.port is 0, any free one"));
        assertTrue(
                keys(1, "connection-string", "--key", "3", "--endpoint", secureEndpoint)
                        .contains("--key is 3: allowed is 1..2"));
        assertEquals(32, Base64.getDecoder().decode(keys(0, "new")).length);
        assertTrue(keys(0, "rotate", "--help").contains("auth.accessKeyFiles"));
        assertTrue(keys(1, "rotate", "/none").contains("/none is none of auth.accessKeyFiles"));
    }

    private static String keys(int exitCode, String... words) throws Exception {
        String[] all = new String[words.length + 1];
        all[0] = "keys";
        System.arraycopy(words, 0, all, 1, words.length);
        try (Command command = Command.start(environment, all)) {
            String output = String.join("\n", command.awaitEnd(Duration.ofSeconds(60)));
            assertEquals(exitCode, command.exitCode(), output);
            return output;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

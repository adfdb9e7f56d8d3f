package io.strowger.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.testsupport.IdentityProvider;
import io.strowger.testsupport.StreamReceiver;
import io.strowger.testsupport.ToneRecognizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every method of every client of every version, unchanged: only the connection string differs.
@Tag("interop")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SdkIT extends SecureStage {
    /// A place for recordings where nobody answers.
    static final String DEAD_CONTAINER = "http://127.0.0.1:9/recordings";

    private static final Duration LONGEST = Duration.ofSeconds(150);
    private static final String WRITE = "strowger.docs.write";

    private PhoneDesk desk;
    private StreamReceiver streams;
    private final ToneRecognizer recognizer =
            ToneRecognizer.start(Map.of(700.0, "yes", 1000.0, "no"));

    private final IdentityProvider provider = IdentityProvider.start(0);

    SdkIT() throws Exception {}

    @Override
    protected Map<String, String> further() throws Exception {
        Map<String, String> settings = new HashMap<>(super.further());
        settings.put(
                "STROWGER_RECORDINGS_CONTAINERS",
                "[{url: \"%s\", region: r, accessKeyId: a, secretAccessKey: s}]"
                        .formatted(DEAD_CONTAINER));
        settings.put("STROWGER_AUTH_JWT_JWKS", provider.keys().toString());
        settings.put("STROWGER_AUTH_JWT_ISSUERS", "[\"" + IdentityProvider.ISSUER + "\"]");
        settings.put("STROWGER_AUTH_JWT_AUDIENCES", "[\"" + IdentityProvider.AUDIENCE + "\"]");
        settings.put("STROWGER_MEDIA_RECOGNIZER_URL", recognizer.url());
        return settings;
    }

    @BeforeAll
    void openDesk() throws Exception {
        streams = StreamReceiver.start();
        desk = PhoneDesk.open(this, streams);
        Files.createDirectories(Path.of("target", "results"));
    }

    @AfterAll
    void closeDesk() throws Exception {
        desk.close();
        streams.close();
        recognizer.close();
        provider.close();
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @EnumSource
    void everyMethodDoesWhatItPromises(Sdk sdk) throws Exception {
        Files.deleteIfExists(sdk.result());
        System.out.println(sdk + ":");

        try (Program driver =
                Program.start(
                        Path.of("").toAbsolutePath(),
                        environment(sdk),
                        sdk.isJava() ? java(sdk) : node(sdk))) {
            driver.awaitSuccess(LONGEST);
        }

        Result result = Result.read(sdk);
        System.out.println(result.summary());
        assertEquals(List.of(), result.failures());
        assertTrue(result.methods().size() > 25, "too few methods seen: " + result.methods());
        assertEquals(sdk.apiVersion().wire(), result.apiVersion());
    }

    @Test
    @Order(2)
    void thePageSaysWhatTheSdksCameTo() throws Exception {
        Path page = Path.of("..", "docs", "azure-compat.md");
        List<Result> results = new ArrayList<>();
        for (Sdk sdk : Sdk.values()) {
            results.add(Result.read(sdk));
        }

        String expected = new CompatibilityPage(results).in(Files.readString(page));

        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(page, expected);
        }
        assertEquals(
                expected,
                Files.readString(page),
                "docs/azure-compat.md is stale: run this test with -D" + WRITE + "=true");
    }

    private Map<String, String> environment(Sdk sdk) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("CONNECTION_STRING", connectionString());
        environment.put("TOKEN", provider.token());
        environment.put(
                "TOKEN_FOR_OTHERS",
                provider.token(claims -> claims.audience("https://graph.example.com")));
        environment.put("PEOPLE", desk.address().toString());
        environment.put("STREAM", streams.uri("/audio").toString());
        environment.put("RESULT", sdk.result().toString());
        environment.put("NODE_EXTRA_CA_CERTS", Trust.certificate(dataFolder).toString());
        return environment;
    }

    private static List<String> node(Sdk sdk) throws Exception {
        return List.of(
                "node",
                Path.of("driver", "js", "main.mjs").toString(),
                Program.npm(sdk.sources()).toString());
    }

    private List<String> java(Sdk sdk) throws Exception {
        Path target = sdk.sources().resolve("target");
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            List<Path> classPath =
                    Stream.concat(Stream.of(target.resolve("classes")), jars).toList();
            return Program.java(
                    Trust.store(dataFolder), classPath, "io.strowger.sdk.driver.Main", sdk.id());
        }
    }
}

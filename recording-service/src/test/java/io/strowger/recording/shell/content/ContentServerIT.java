package io.strowger.recording.shell.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.kafka.Json;
import io.strowger.recording.core.store.RecordingStore;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import io.strowger.recording.shell.content.RawExchange.Response;
import io.strowger.recording.shell.store.FileStore;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.IdentityProvider;
import io.strowger.testsupport.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentServerIT {
    private static final byte[] KEY =
            "an access key of thirty-two bytes".getBytes(StandardCharsets.UTF_8);
    private static final RecordingId RECORDING = new RecordingId(77, (88L << 16) | 1);
    private static final String OBJECT = "/v1/objects/" + RECORDING;
    private static final String AUDIO = OBJECT + "/content/audio";
    private static final byte[] METADATA = "{\"chunkIndex\":0}".getBytes(StandardCharsets.UTF_8);
    private static final Duration IDLE = Duration.ofSeconds(5);

    @TempDir Path directory;
    private final Telemetry telemetry = new Telemetry();
    private final byte[] bytes = new byte[200_000];
    private RecordingStore store;
    private ContentServer server;

    @BeforeEach
    void start() throws Exception {
        new SplittableRandom(1).nextBytes(bytes);
        store = new FileStore(directory.resolve("store"));
        keep(bytes);
        Settings settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_HTTP_HOST",
                                "127.0.0.1",
                                "STROWGER_HTTP_PUBLICURL",
                                "https://calls.example.com/",
                                "STROWGER_AUTH_JWT_JWKS",
                                directory.resolve("keys.json").toString(),
                                "STROWGER_AUTH_JWT_ISSUERS",
                                "[\"" + IdentityProvider.ISSUER + "\"]",
                                "STROWGER_AUTH_JWT_AUDIENCES",
                                "[\"" + IdentityProvider.AUDIENCE + "\"]"));
        ServiceContext context =
                TestContext.withoutBroker(settings, TestContext.secrets(KEY), telemetry);
        server = new ContentServer(context, store, IDLE);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        telemetry.close();
    }

    private void keep(byte[] audio) throws IOException {
        Path file = Files.write(directory.resolve("audio"), audio);
        store.put(RECORDING, file, ContentType.WAV, METADATA);
    }

    private String host() {
        return "127.0.0.1:" + server.port();
    }

    private String head(String method, String target, String further) {
        return new SignedRequests(KEY, host(), host(), target).head(method, target, further);
    }

    private Response ask(String method, String target, String further) throws IOException {
        return RawExchange.ask(server.port(), head(method, target, further));
    }

    private static JsonNode error(Response response) throws IOException {
        JsonNode body = Json.mapper().readTree(response.body());
        assertEquals("application/json; charset=utf-8", response.header("content-type"));
        assertEquals(response.status(), body.path("status").asInt());
        assertFalse(body.path("message").asText().isEmpty());
        assertEquals(body.path("message"), body.path("error").path("message"));
        assertFalse(body.path("error").path("code").asText().isEmpty());
        return body;
    }

    @Test
    void aBearerTokenServesAsASignatureDoesOnceItsKeysAreThere() throws Exception {
        try (IdentityProvider provider = IdentityProvider.start(0)) {
            String good = provider.token();
            assertEquals(401, shown(good).status());

            Files.writeString(directory.resolve("keys.json"), provider.publishedKeys());

            Eventually.holds("served", Duration.ofSeconds(15), () -> shown(good).status() == 200);
            assertArrayEquals(bytes, shown(good).body());
            Response expired = shown(provider.token(claims -> claims.expirationTime(new Date(0))));
            assertEquals(401, expired.status());
            assertTrue(error(expired).path("message").asText().contains("expired"));
            assertEquals(
                    "Bearer error=\"invalid_token\", HMAC-SHA256",
                    expired.header("www-authenticate"));
        }
    }

    private Response shown(String token) {
        try {
            return RawExchange.ask(
                    server.port(),
                    "GET "
                            + AUDIO
                            + " HTTP/1.1\r\nHost: "
                            + host()
                            + "\r\nAuthorization: Bearer "
                            + token
                            + "\r\n\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio", "video"})
    void givesAllOfTheAudio(String word) throws Exception {
        Response response = ask("GET", OBJECT + "/content/" + word, "");

        assertEquals(200, response.status());
        assertArrayEquals(bytes, response.body());
        assertEquals("audio/wav", response.header("content-type"));
        assertEquals("bytes", response.header("accept-ranges"));
        assertFalse(response.header("etag").isEmpty());
        assertFalse(response.header("last-modified").isEmpty());
        assertEquals("", response.header("content-range"));
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,0,9",
        "bytes=199990-,199990,199999",
        "bytes=-5,199995,199999",
        "bytes=0-4194303,0,199999",
    })
    void givesARange(String range, int first, int last) throws Exception {
        Response response = ask("GET", AUDIO, "Range: " + range + "\r\n");

        assertEquals(206, response.status());
        assertEquals("bytes " + first + "-" + last + "/200000", response.header("content-range"));
        assertArrayEquals(Arrays.copyOfRange(bytes, first, last + 1), response.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=undefined", "bytes=10", "bytes=0-1,4-5", "bytes=9-3"})
    void givesAllWhenTheRangeIsNone(String range) throws Exception {
        Response response = ask("GET", AUDIO, "Range: " + range + "\r\n");

        assertEquals(200, response.status());
        assertEquals(bytes.length, response.body().length);
    }

    @Test
    void saysHowLongTheFileIsWhenNothingIsInTheRange() throws Exception {
        Response response = ask("GET", AUDIO, "Range: bytes=200000-\r\n");

        assertEquals(416, response.status());
        assertEquals("bytes */200000", response.header("content-range"));
        error(response);
    }

    @Test
    void givesAnEmptyFileOnlyWithoutARange() throws Exception {
        keep(new byte[0]);

        Response ranged = ask("GET", AUDIO, "Range: bytes=0-4194303\r\n");
        Response whole = ask("GET", AUDIO, "");

        assertEquals(416, ranged.status());
        assertEquals("bytes */0", ranged.header("content-range"));
        assertEquals(200, whole.status());
        assertEquals("0", whole.header("content-length"));
    }

    @Test
    void givesAllWhenTheClientHasPartOfAnotherFile() throws Exception {
        String etag = ask("HEAD", AUDIO, "").header("etag");

        Response same = ask("GET", AUDIO, "Range: bytes=0-1\r\nIf-Range: " + etag + "\r\n");
        Response other = ask("GET", AUDIO, "Range: bytes=0-1\r\nIf-Range: \"x\"\r\n");

        assertEquals(206, same.status());
        assertEquals(200, other.status());
    }

    @Test
    void answersHeadWithoutTheBody() throws Exception {
        Response response = ask("HEAD", AUDIO, "Range: bytes=0-1\r\n");

        assertEquals(200, response.status());
        assertEquals("200000", response.header("content-length"));
    }

    @Test
    void givesTheMetadata() throws Exception {
        Response response = ask("GET", OBJECT + "/content/acsmetadata", "");

        assertEquals(200, response.status());
        assertArrayEquals(METADATA, response.body());
        assertEquals("application/json; charset=utf-8", response.header("content-type"));
    }

    @Test
    void deletesOnce() throws Exception {
        Response first = ask("DELETE", OBJECT, "");
        Response second = ask("DELETE", OBJECT, "");
        Response read = ask("GET", AUDIO, "");

        assertEquals(200, first.status());
        assertEquals("{}", first.text());
        assertEquals(404, second.status());
        assertEquals(404, read.status());
        error(read);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/objects/AAAAAAAAAAAAAAAAAAAAAQ/content/audio,404",
        "GET,/v1/objects/nonsense/content/audio,404",
        "GET,/v1/objects/../../etc/passwd,404",
        "GET,/v1/objects/,404",
        "DELETE,/v1/objects/nonsense,404",
    })
    void doesNotFindWhatIsNotThere(String method, String target, int status) throws Exception {
        Response response = ask(method, target, "");

        assertEquals(status, response.status());
        error(response);
    }

    @Test
    void saysWhichMethodsThereAre() throws Exception {
        Response read = ask("GET", OBJECT, "");
        Response delete = ask("DELETE", AUDIO, "");

        assertEquals("DELETE", read.header("allow"));
        assertEquals("GET, HEAD", delete.header("allow"));
        assertEquals(405, error(read).path("status").asInt());
    }

    /// The ways of the official clients: JavaScript, with the endpoint's host in a header; Java,
    /// without the port; both without the query.
    @ParameterizedTest
    @CsvSource({
        "files.example.com,api.example.com:8443,x-ms-host: api.example.com:8443",
        "127.0.0.1,127.0.0.1,x-other: 1",
        "localhost:1,calls.example.com,x-other: 1",
    })
    void acceptsTheSignaturesOfOfficialClients(String host, String signedHost, String header)
            throws Exception {
        String request =
                new SignedRequests(KEY, host, signedHost, AUDIO)
                        .head("GET", AUDIO + "?a=b%20c", header + "\r\n");

        assertEquals(200, RawExchange.ask(server.port(), request).status());
    }

    @Test
    void refusesWhatIsNotSignedOrSignedForSomethingElse() throws Exception {
        byte[] otherKey = KEY.clone();
        otherKey[0]++;
        List<String> wrong =
                List.of(
                        "GET " + AUDIO + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n",
                        new SignedRequests(otherKey, host(), host(), AUDIO).head("GET", AUDIO, ""),
                        new SignedRequests(KEY, host(), host(), OBJECT).head("GET", AUDIO, ""),
                        new SignedRequests(KEY, host(), "evil.example", AUDIO)
                                .head("GET", AUDIO, ""),
                        head("GET", OBJECT, "").replaceFirst("GET", "DELETE"));

        for (String request : wrong) {
            Response response = RawExchange.ask(server.port(), request);

            assertEquals(401, response.status(), request);
            error(response);
        }
        assertTrue(store.find(RECORDING).isPresent());
    }

    @Test
    void takesNoBody() throws Exception {
        Response response = ask("DELETE", OBJECT, "Content-Length: 5\r\n");

        assertEquals(400, response.status());
        error(response);
        assertTrue(store.find(RECORDING).isPresent());
    }

    @Test
    void sendsALargeFileThroughLittleMemory() throws Exception {
        long size = 200L << 20;
        large(size);
        long most = 0;
        long received = 0;

        try (RawExchange exchange = new RawExchange(server.port())) {
            exchange.send(head("GET", AUDIO, ""));
            assertEquals(Long.toString(size), exchange.head().header("content-length"));
            byte[] piece = new byte[1 << 20];
            InputStream body = exchange.body();
            while (received < size) {
                int read = body.readNBytes(piece, 0, piece.length);
                assertTrue(read > 0, "it ended after " + received);
                received += read;
                if (received % (20L << 20) == 0) {
                    most = Math.max(most, usedAfterGc());
                }
            }
        }

        assertEquals(size, received);
        assertTrue(most < 150L << 20, "heap in use: " + most);
    }

    @Test
    void aClientThatTakesNothingHoldsNobodyUpAndIsLetGo() throws Exception {
        large(50L << 20);
        try (RawExchange slow = new RawExchange(server.port())) {
            slow.send(head("GET", AUDIO, ""));
            assertEquals(200, slow.head().status());

            Response other = ask("GET", AUDIO, "Range: bytes=0-99\r\n");

            assertEquals(206, other.status());
            Eventually.holds(
                    "the slow one is let go",
                    Duration.ofSeconds(20),
                    () -> telemetry.scrape().contains("outcome=\"broken\""));
        }
    }

    private void large(long size) throws IOException {
        Path file = directory.resolve("large");
        try (var out = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(size);
        }
        store.put(RECORDING, file, ContentType.WAV, METADATA);
    }

    private static long usedAfterGc() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

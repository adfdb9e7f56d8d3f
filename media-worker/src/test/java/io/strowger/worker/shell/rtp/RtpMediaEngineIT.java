package io.strowger.worker.shell.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand.DtmfOptions;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.PlayEnded;
import io.strowger.contracts.media.MediaEvent.PlayStarted;
import io.strowger.contracts.media.MediaEvent.RecognizeEnded;
import io.strowger.contracts.media.MediaEvent.ToneReceived;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import io.strowger.testsupport.Eventually;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.ToneReports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine as call control has it: real sockets, a real web server for prompts, a phone that
/// listens.
class RtpMediaEngineIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ServerCallId CALL = new ServerCallId(42, 0);
    private static final LegId LEG = new LegId(1);

    /// 400 ms of 450 Hz at 16 kHz: made as 225 Hz at 8 kHz.
    private static final byte[] WAV = WavWriter.write(Tones.sine(225, 800, 8000), 16_000);

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @TempDir Path directory;
    private HttpServer server;
    private TestEngine engines;
    private MediaEngine engine;
    private FarPhone phone;
    private int port;
    private int operations;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/a.wav", exchange -> answer(exchange, 200, WAV, WAV.length));
        server.createContext("/chunked.wav", exchange -> answer(exchange, 200, WAV, 0));
        server.createContext("/gone.wav", exchange -> answer(exchange, 404, new byte[0], -1));
        server.createContext("/large.wav", exchange -> answer(exchange, 200, new byte[200_000], 0));
        byte[] page = "<html>no audio</html>".getBytes(StandardCharsets.UTF_8);
        server.createContext("/page.wav", exchange -> answer(exchange, 200, page, page.length));
        server.createContext(
                "/moved.wav",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/a.wav");
                    answer(exchange, 302, new byte[0], -1);
                });
        server.createContext("/stalls.wav", this::stall);
        server.setExecutor(threads);
        server.start();
        Files.write(directory.resolve("in.wav"), WAV);
        engines = TestEngine.start(directory, true);
        engine = engines.engine();
        phone = new FarPhone();
        port = engine.openLeg(CALL, LEG, ToneReports.of(true)).orElseThrow();
        engine.connectLeg(CALL, LEG, phone.audio());
    }

    @AfterEach
    void stop() throws Exception {
        stalled.countDown();
        engine.release(CALL);
        engines.close();
        phone.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, int status, byte[] body, long length)
            throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            exchange.sendResponseHeaders(status, length);
            if (length >= 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private void stall(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, WAV.length);
            exchange.getResponseBody().write(WAV, 0, 100);
            exchange.getResponseBody().flush();
            stalled.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private URI http(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    private OperationId play(URI uri, @Nullable String cacheId, boolean loop) {
        OperationId id = new OperationId(new UUID(0, ++operations));
        engine.startPlay(
                CALL,
                new MediaCommand.StartPlay(
                        id, List.of(new PlaySource.FileSource(uri, cacheId)), List.of(), loop));
        return id;
    }

    private PlayEnded ended(OperationId id) {
        return engines.await(PlayEnded.class, event -> event.operationId().equals(id), SOON);
    }

    private PlayEnded played(URI uri) {
        return ended(play(uri, null, false));
    }

    private int heardMs() {
        return ToneDetector.heardMs(phone.heard(0), 450);
    }

    @Test
    void aPromptIsHeardAtTheFarEndInAnUnbrokenStream() {
        OperationId id = play(http("a.wav"), null, false);

        assertEquals(new PlayEnded(id, PlayOutcome.COMPLETED, null, null), ended(id));
        Eventually.holds("the tone is heard", SOON, () -> heardMs() >= 380);
        var packets = phone.taken();
        for (int i = 1; i < packets.size(); i++) {
            assertEquals(
                    (RtpHeader.sequenceNumber(packets.get(i - 1)) + 1) & 0xFFFF,
                    RtpHeader.sequenceNumber(packets.get(i)));
            assertEquals(RtpHeader.ssrc(packets.getFirst()), RtpHeader.ssrc(packets.get(i)));
        }
        assertEquals(
                List.of(new PlayStarted(id), new PlayEnded(id, PlayOutcome.COMPLETED, null, null)),
                engines.events());
    }

    @Test
    void redirectsChunksAndFilesAreFollowed() {
        List<URI> all =
                List.of(
                        http("moved.wav"),
                        http("chunked.wav"),
                        directory.resolve("in.wav").toUri());
        for (URI uri : all) {
            assertEquals(PlayOutcome.COMPLETED, played(uri).outcome(), uri.toString());
        }

        Eventually.holds("every tone is heard", SOON, () -> heardMs() >= 3 * 360);
    }

    @Test
    void whatCannotBePlayedSaysWhy() throws IOException {
        Path outside = Files.createTempFile("strowger", ".wav");
        Files.write(outside, WAV);
        Files.createSymbolicLink(directory.resolve("link.wav"), outside);

        assertFails(http("gone.wav"), PlayOutcome.FETCH_FAILED, "404");
        assertFails(http("page.wav"), PlayOutcome.BAD_FORMAT, "RIFF");
        assertFails(http("large.wav"), PlayOutcome.FETCH_FAILED, "larger than 100000");
        assertFails(http("stalls.wav"), PlayOutcome.FETCH_FAILED, "within 1500 ms");
        assertFails(URI.create("ftp://127.0.0.1/a"), PlayOutcome.FETCH_FAILED, "http");
        assertFails(outside.toUri(), PlayOutcome.FETCH_FAILED, "not below");
        assertFails(directory.resolve("link.wav").toUri(), PlayOutcome.FETCH_FAILED, "not below");
        assertFails(
                URI.create(directory.toUri() + "../" + outside.getFileName()),
                PlayOutcome.FETCH_FAILED,
                "file");
        assertFails(
                directory.resolve("none.wav").toUri(), PlayOutcome.FETCH_FAILED, "cannot be read");
        Files.delete(outside);
    }

    private void assertFails(URI uri, PlayOutcome outcome, String reason) {
        PlayEnded ended = played(uri);
        assertEquals(outcome, ended.outcome(), ended.toString());
        assertEquals(0, ended.failedSourceIndex());
        assertTrue(String.valueOf(ended.detail()).contains(reason), ended.toString());
    }

    @Test
    void privateAddressesAreRefusedUnlessTheyAreAllowed() throws Exception {
        try (TestEngine guarded = TestEngine.start(directory, false);
                FarPhone far = new FarPhone()) {
            guarded.engine().openLeg(CALL, LEG, ToneReports.of(false));
            guarded.engine().connectLeg(CALL, LEG, far.audio());
            guarded.engine()
                    .startPlay(
                            CALL,
                            new MediaCommand.StartPlay(
                                    new OperationId(new UUID(7, 7)),
                                    List.of(new PlaySource.FileSource(http("a.wav"), null)),
                                    List.of(),
                                    false));

            PlayEnded ended = guarded.await(PlayEnded.class, _ -> true, SOON);
            guarded.engine().release(CALL);

            assertEquals(PlayOutcome.FETCH_FAILED, ended.outcome());
            assertTrue(String.valueOf(ended.detail()).contains("private"), ended.toString());
            assertEquals(0, asked.get());
        }
    }

    @Test
    void aLoopPlaysUntilItIsCancelled() {
        OperationId id = play(http("a.wav"), null, true);
        Eventually.holds("it loops", SOON, () -> heardMs() >= 1000);

        engine.stopPlay(CALL, id);

        assertEquals(PlayOutcome.CANCELED, ended(id).outcome());
        int first = phone.packets() + 3;
        Eventually.holds("silence follows", SOON, () -> phone.packets() > first + 20);
        assertEquals(0, ToneDetector.heardMs(phone.heard(first), 450));
    }

    @Test
    void playsOfOneCacheIdShareOneFetch() {
        List<OperationId> plays =
                List.of(
                        play(http("a.wav"), "greeting", false),
                        play(http("a.wav"), "greeting", false),
                        play(http("a.wav"), "greeting", false));
        plays.forEach(this::ended);

        assertEquals(
                PlayOutcome.COMPLETED, ended(play(http("a.wav"), "greeting", false)).outcome());

        assertEquals(1, asked.get());
    }

    @Test
    void keysAreHeardAndCollected() throws IOException {
        OperationId id = new OperationId(new UUID(1, 1));
        engine.startRecognize(
                CALL,
                new MediaCommand.StartRecognize(
                        id,
                        LEG,
                        List.of(new PlaySource.FileSource(http("a.wav"), null)),
                        true,
                        new DtmfOptions(
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(5),
                                null,
                                Set.of(Tone.POUND))));
        engines.await(PlayStarted.class, _ -> true, SOON);

        phone.press(port, 4, 1000);
        phone.press(port, 2, 3000);
        phone.press(port, 11, 5000);

        RecognizeEnded ended = engines.await(RecognizeEnded.class, _ -> true, SOON);
        assertEquals(RecognizeOutcome.STOP_TONE, ended.outcome());
        assertEquals(List.of(Tone.FOUR, Tone.TWO), ended.tones());
        assertEquals(
                List.of(1, 2, 3),
                engines.events().stream()
                        .filter(ToneReceived.class::isInstance)
                        .map(event -> ((ToneReceived) event).sequenceId())
                        .toList());
    }

    @Test
    void aPeerThatNamesAHostOrAnotherFamilyHarmsNobody() {
        LegId named = new LegId(2);
        LegId nowhere = new LegId(3);
        LegId sixth = new LegId(4);
        engine.openLeg(CALL, named, ToneReports.of(false));
        engine.openLeg(CALL, nowhere, ToneReports.of(false));
        engine.openLeg(CALL, sixth, ToneReports.of(false));
        engine.connectLeg(CALL, named, phone.audio("localhost"));
        engine.connectLeg(CALL, nowhere, phone.audio("no-such-host.invalid"));
        engine.connectLeg(CALL, sixth, phone.audio("2001:db8::1"));

        OperationId id = play(http("a.wav"), null, false);

        assertEquals(PlayOutcome.COMPLETED, ended(id).outcome());
        Eventually.holds(
                "the host that was named is sent to as well",
                SOON,
                () -> phone.taken().stream().map(RtpHeader::ssrc).distinct().count() == 2);
    }

    @Test
    void aClosedLegEndsItsPlayAndFreesItsPort() throws Exception {
        OperationId id = play(http("a.wav"), null, true);
        engines.await(PlayStarted.class, _ -> true, SOON);

        engine.closeLeg(CALL, LEG);

        PlayEnded ended = ended(id);
        assertEquals(PlayOutcome.FAILED, ended.outcome());
        Eventually.holds(
                "the port is free",
                SOON,
                () -> {
                    try (LegSockets again = LegSockets.bind("127.0.0.1", port)) {
                        return again != null;
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    @Test
    void ordersForACallThatIsNotThereFail() {
        ServerCallId nobody = new ServerCallId(43, 0);
        OperationId id = new OperationId(new UUID(9, 9));
        engine.startPlay(
                nobody,
                new MediaCommand.StartPlay(
                        id,
                        List.of(new PlaySource.FileSource(http("a.wav"), null)),
                        List.of(),
                        false));

        MediaEvent event = ended(id);

        assertNotNull(event);
        assertEquals(PlayOutcome.FAILED, assertInstanceOf(PlayEnded.class, event).outcome());
    }
}

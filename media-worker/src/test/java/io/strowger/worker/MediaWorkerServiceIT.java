package io.strowger.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaOrder;
import io.strowger.contracts.media.MediaReport;
import io.strowger.contracts.media.WorkerReport;
import io.strowger.contracts.placement.Placement;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Records;
import io.strowger.testsupport.TestContext;
import io.strowger.worker.shell.call.QuietEngine;
import io.strowger.worker.shell.rtp.RtpMediaEngineFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worker as a service, with a real broker: its life as the orchestrator sees it.
class MediaWorkerServiceIT {
    private static final int ORDINAL = 3;
    private static final Duration SOON = Duration.ofSeconds(20);
    @TempDir static Path directory;
    private EmbeddedKafka broker;
    private Settings settings;
    private KafkaClients kafka;
    private KafkaConsumer<String, byte[]> beats;
    private KafkaConsumer<String, byte[]> reports;
    private DatagramSocket silentTrunk;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        silentTrunk = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
        Path file = directory.resolve("worker.yaml");
        Files.writeString(
                file,
                """
                sip: {host: 127.0.0.1, port: 0}
                worker: {ordinal: 3}
                media: {timeouts: {drain: PT1S}}
                users:
                  - {id: "8:acs:home_alice", sipUsername: alice, password: wonderland}
                trunks:
                  - {name: silent, uri: "sip:127.0.0.1:%d", prefixes: ["+1"]}
                """
                        .formatted(silentTrunk.getLocalPort()));
        settings = SettingsLoader.load(file, Map.of());
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (var admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
        beats = reader(Topics.MEDIA_WORKERS.name());
        reports = reader(Topics.MEDIA_EVENTS.name());
    }

    @AfterEach
    void stop() throws Exception {
        beats.close(CloseOptions.timeout(Duration.ZERO));
        reports.close(CloseOptions.timeout(Duration.ZERO));
        broker.close();
        silentTrunk.close();
    }

    @Test
    void beatsTwiceASecondAndSignsOffAndComesBackWithALargerEpoch() throws Exception {
        MediaWorkerService first = worker();
        List<ConsumerRecord<String, byte[]>> heard = read(beats, 5);
        first.stop();
        List<ConsumerRecord<String, byte[]>> rest = new ArrayList<>();
        while (rest.isEmpty() || rest.getLast().value() != null) {
            rest.addAll(read(beats, 1));
        }
        MediaWorkerService second = worker();
        WorkerReport back = beat(read(beats, 1).getFirst());
        second.stop();

        long spanMs = heard.get(4).timestamp() - heard.get(0).timestamp();
        assertTrue(spanMs >= 1_800 && spanMs <= 4_000, "five beats in " + spanMs + " ms");
        assertNull(rest.getLast().value());
        assertEquals(new WorkerId(ORDINAL), back.worker());
        assertTrue(back.epoch() > beat(heard.getFirst()).epoch());
    }

    @Test
    void obeysOrdersOfItsOwnLifeOnly() throws Exception {
        MediaWorkerService worker = worker();
        long epoch = beat(read(beats, 1).getFirst()).epoch();

        order(1, epoch - 1, "+4930");
        order(2, epoch + 1, "+4930");
        order(3, epoch, "+4930");
        MediaReport report = report(read(reports, 1).getFirst());
        worker.stop();

        assertEquals(new ServerCallId(3, 0), report.call());
        assertEquals(epoch, report.placement().workerEpoch());
        LegEnd end = assertInstanceOf(MediaEvent.LegEnded.class, report.event()).end();
        assertEquals(LegEnd.Cause.NO_ROUTE, end.cause());
    }

    @Test
    void carriesACallThatComesIn() throws Exception {
        MediaWorkerService worker = worker(new RtpMediaEngineFactory());
        long epoch = beat(read(beats, 1).getFirst()).epoch();
        try (Phone phone =
                Phone.start(PhoneSettings.listening("127.0.0.1", 0).withUser("+15550100002"))) {
            PhoneCall call = phone.call("sip:+15550100001@127.0.0.1:" + worker.sipPort());
            MediaReport offer = report(read(reports, 1).getFirst());
            order(offer.call(), epoch, 1, new MediaCommand.AnswerLeg(new LegId(1), true));
            MediaReport answer = report(read(reports, 1).getFirst());
            assertTrue(call.awaitState(PhoneCall.State.ANSWERED, SOON));
            call.press("7");
            MediaReport key = report(read(reports, 1).getFirst());

            assertTrue(new CallIds(new byte[32]).isGenuine(offer.call()));
            assertEquals(new Placement(new WorkerId(ORDINAL), epoch, 1), offer.placement());
            assertInstanceOf(MediaEvent.LegOffered.class, offer.event());
            assertInstanceOf(MediaEvent.LegAnswered.class, answer.event());
            assertEquals(
                    Tone.SEVEN,
                    assertInstanceOf(MediaEvent.ToneReceived.class, key.event()).tone());
            assertTrue(call.await(present -> present.packetsReceived() > 10, SOON));
        }
        worker.stop();
    }

    @Test
    void endsWhatIsLeftAfterTheDrainAndSaysSo() throws Exception {
        MediaWorkerService worker = worker();
        long epoch = beat(read(beats, 1).getFirst()).epoch();
        order(1, epoch, "+15550100001");
        byte[] invite = new byte[4_000];
        silentTrunk.setSoTimeout(10_000);
        silentTrunk.receive(new java.net.DatagramPacket(invite, invite.length));

        long start = System.nanoTime();
        worker.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertTrue(took.compareTo(Duration.ofSeconds(1)) >= 0, "waited for the call: " + took);
        assertTrue(took.compareTo(Duration.ofSeconds(6)) < 0, "took " + took);
    }

    @Test
    void ringsAPhoneThatRegisteredInAnEarlierLife() throws Exception {
        MediaWorkerService first = worker();
        BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
        PhoneSettings settings =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withAccount(
                                new PhoneSettings.Account(
                                        "127.0.0.1:" + first.sipPort(),
                                        "alice",
                                        "wonderland",
                                        Duration.ofMinutes(5)));
        PhoneListener registers =
                new PhoneListener() {
                    @Override
                    public void registered(int status) {
                        answers.add(status);
                    }
                };
        try (Phone phone = Phone.start(settings, registers)) {
            Integer registered = answers.poll(SOON.toSeconds(), TimeUnit.SECONDS);
            long firstEpoch = beat(read(beats, 1).getFirst()).epoch();
            first.stop();
            MediaWorkerService second = worker();
            List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
            while (all.isEmpty()
                    || all.getLast().value() == null
                    || beat(all.getLast()).epoch() == firstEpoch) {
                all.addAll(read(beats, 1));
            }
            order(
                    1,
                    beat(all.getLast()).epoch(),
                    new Identifier.CommunicationUser("8:acs:home_alice"));
            PhoneCall call = phone.awaitCall(one -> one.state() == PhoneCall.State.ANSWERED, SOON);
            second.stop();

            assertEquals(200, registered);
            assertTrue(call.inviteHeader("X-Server-Call-Id").isPresent());
        }
    }

    @Test
    void stopsInTimeWithoutABroker() throws Exception {
        MediaWorkerService worker = worker();
        read(beats, 1);
        broker.close();

        long start = System.nanoTime();
        worker.stop();

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, "took " + took);
    }

    private MediaWorkerService worker() throws Exception {
        QuietEngine engine = new QuietEngine();
        return worker((_, _) -> new MediaEngineFactory.Running(engine, engine));
    }

    private MediaWorkerService worker(MediaEngineFactory engines) throws Exception {
        ServiceContext context =
                TestContext.of(
                        settings, kafka, TestContext.secrets(), new Health(), new Telemetry());
        MediaWorkerService worker = new MediaWorkerService(context, engines);
        worker.start();
        return worker;
    }

    private void order(int call, long epoch, String number) throws Exception {
        order(call, epoch, new Identifier.PhoneNumber(number));
    }

    private void order(int call, long epoch, Identifier target) throws Exception {
        order(
                new ServerCallId(call, 0),
                epoch,
                1,
                new MediaCommand.Dial(
                        new LegId(1), target, null, null, Duration.ofSeconds(30), false, Map.of()));
    }

    private void order(ServerCallId call, long epoch, long sequence, MediaCommand command)
            throws Exception {
        MediaOrder order =
                new MediaOrder(
                        call, new Placement(new WorkerId(ORDINAL), epoch, 1), sequence, command);
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.MEDIA_COMMANDS.name(),
                                    ORDINAL,
                                    order.call().toString(),
                                    Topics.MEDIA_COMMANDS.codec().encode(order)))
                    .get();
        }
    }

    private KafkaConsumer<String, byte[]> reader(String topic) {
        return Records.reader(kafka, topic);
    }

    private static List<ConsumerRecord<String, byte[]>> read(
            KafkaConsumer<String, byte[]> consumer, int atLeast) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + SOON.toNanos();
        while (records.size() < atLeast) {
            assertTrue(System.nanoTime() < deadline, "only " + records.size() + " records");
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    private static WorkerReport beat(ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        return Topics.MEDIA_WORKERS.codec().decode(record.value());
    }

    private static MediaReport report(ConsumerRecord<String, byte[]> record)
            throws UndecodableException {
        return Topics.MEDIA_EVENTS.codec().decode(record.value());
    }
}

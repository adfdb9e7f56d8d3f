package io.strowger.worker.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.kafka.Topics;
import io.strowger.contracts.sip.Registration;
import io.strowger.kafka.EmbeddedKafka;
import io.strowger.kafka.EmbeddedKafkaSettings;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.TopicCreation;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.Records;
import io.strowger.worker.core.registration.Registrar.Change;
import io.strowger.worker.core.registration.Registrations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contacts that several workers share, through a real broker.
class RegistrationLogIT {
    private static final CommunicationUser ALICE = new CommunicationUser("8:acs:home_alice");
    private static final Duration SOON = Duration.ofSeconds(15);
    private EmbeddedKafka broker;
    private KafkaClients kafka;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        broker = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data));
        Settings settings = SettingsLoader.load(null, Map.of());
        kafka = new KafkaClients(broker.bootstrapServers(), settings.kafka());
        try (var admin = kafka.admin()) {
            TopicCreation.ensure(admin, settings.kafka());
        }
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void whatOneWorkerWritesEveryWorkerKnowsAndALaterOneFromTheStart() throws Exception {
        try (Worker one = new Worker();
                Worker two = new Worker()) {
            one.write(change("a", "sip:a@10.0.0.1", 300));
            List<String> ownAtOnce = one.contacts();
            two.write(change("b", "sip:b@10.0.0.2", 300));
            one.write(change("a", "sip:a@10.0.0.9", 300), new Change("never", null));
            two.awaitContacts("sip:a@10.0.0.9", "sip:b@10.0.0.2");
            one.awaitContacts("sip:a@10.0.0.9", "sip:b@10.0.0.2");
            two.write(new Change("a", null));
            one.awaitContacts("sip:b@10.0.0.2");

            assertEquals(List.of("sip:a@10.0.0.1"), ownAtOnce);
            try (Worker three = new Worker()) {
                assertEquals(List.of("sip:b@10.0.0.2"), three.contacts());
            }
        }
    }

    @Test
    void strikesOutWhatHasExpiredThoughItsWriterIsGone() throws Exception {
        try (Worker gone = new Worker()) {
            gone.write(change("a", "sip:a@10.0.0.1", -61));
            gone.write(change("b", "sip:b@10.0.0.2", -1));
        }

        try (Worker heir = new Worker()) {
            int before = heir.registrations.size();
            Eventually.holds(
                    "a struck out", Duration.ofSeconds(25), () -> heir.registrations.size() == 1);

            assertEquals(2, before);
            assertEquals(List.of(), heir.contacts());
        }
    }

    @Test
    void putsAsideWhatCannotBeReadAndGoesOn() throws Exception {
        try (KafkaProducer<String, byte[]> producer = kafka.producer(0)) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.SIP_REGISTRATIONS.name(),
                                    0,
                                    "bad",
                                    "{}".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }

        try (Worker worker = new Worker()) {
            worker.write(change("a", "sip:a@10.0.0.1", 300));

            assertEquals(List.of("sip:a@10.0.0.1"), worker.contacts());
            assertEquals("bad", deadLetterKey());
            assertTrue(
                    worker.telemetry
                            .scrape()
                            .contains(
                                    "strowger_dead_letters_total{topic=\"sip.registrations\"} 1"));
        }
    }

    @Test
    void failsInTimeWithoutABroker() throws Exception {
        try (Worker worker = new Worker()) {
            worker.write(change("a", "sip:a@10.0.0.1", 300));
            broker.close();
            long start = System.nanoTime();

            assertThrows(
                    ExecutionException.class,
                    () -> worker.write(change("b", "sip:b@10.0.0.2", 300)));

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, "took " + took);
        }
    }

    private static Change change(String key, String contact, int seconds) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Change(
                key,
                new Registration(
                        ALICE,
                        contact,
                        "192.0.2.1:5060",
                        "udp",
                        "p",
                        "c",
                        1,
                        1000,
                        now,
                        now.plusSeconds(seconds)));
    }

    private String deadLetterKey() {
        try (KafkaConsumer<String, byte[]> consumer =
                Records.reader(kafka, Topics.SIP_REGISTRATIONS.deadLetterName())) {
            long deadline = System.nanoTime() + SOON.toNanos();
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    return record.key();
                }
            }
        }
        throw new AssertionError("no dead letter");
    }

    /// The part of a worker that knows contacts.
    private final class Worker implements AutoCloseable {
        final Registrations registrations = new Registrations(Instant::now);
        private final Health health = new Health();
        final Telemetry telemetry = new Telemetry();
        private final ReportProducer letters =
                new ReportProducer(kafka, telemetry, health.check("reports"));
        private final RegistrationLog log = new RegistrationLog(kafka, registrations, letters);
        private final CrashOnlyLoop loop = new CrashOnlyLoop("registrations", health, log);

        Worker() throws InterruptedException {
            loop.start();
            assertTrue(log.awaitCaughtUp(SOON), "not caught up");
        }

        void write(Change... changes) throws Exception {
            log.write(List.of(changes)).get(SOON.toSeconds(), TimeUnit.SECONDS);
        }

        List<String> contacts() {
            return registrations.of(ALICE).stream().map(Registration::contact).sorted().toList();
        }

        void awaitContacts(String... contacts) {
            Eventually.holds(
                    SOON, () -> contacts().equals(List.of(contacts)), () -> contacts().toString());
        }

        @Override
        public void close() throws InterruptedException {
            loop.stop(SOON);
            log.close();
            letters.close();
        }
    }
}

package io.strowger.benchmarks;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// From a media fact to the application's socket. The fact: the phone hangs up; its end: the
/// CallDisconnected event arrives. Beside it one transactional hop of Kafka with no logic: begin,
/// send, commit, seen by a `read_committed` reader.
final class WebhookLatency {
    private static final int CALLS = 150;
    private static final int HOPS = 150;
    private static final long BETWEEN_NS = 100_000_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    private WebhookLatency() {}

    static void measure(Rig rig, Phone phone, Main.Printer printer) throws Exception {
        printer.note("media fact to webhook");
        Latencies ours = new Latencies();
        for (int i = 0; i < CALLS; i++) {
            int connected = rig.sink.count("CallConnected") + 1;
            StandingCalls.create(rig).get();
            if (!EventSink.await(() -> rig.sink.count("CallConnected") >= connected, SOON)) {
                throw new IllegalStateException("a call was not connected");
            }
            LockSupport.parkNanos(BETWEEN_NS); // the call's first events are delivered by then
            PhoneCall call = phone.calls().getLast();
            int before = rig.sink.count("CallDisconnected");
            long startNs = System.nanoTime();
            call.hangUp();
            while (rig.sink.count("CallDisconnected") == before) {
                if (System.nanoTime() - startNs > SOON.toNanos()) {
                    throw new IllegalStateException("no CallDisconnected came");
                }
                LockSupport.parkNanos(50_000);
            }
            ours.add(System.nanoTime() - startNs);
        }
        Latencies floor = hops(rig.bootstrapServers);
        for (int percent : new int[] {50, 99}) {
            printer.print(
                    new Figure(
                            "webhook.p" + percent,
                            "ms",
                            ours.percentileMs(percent),
                            floor.percentileMs(percent),
                            Map.of(
                                    "from",
                                    "phone hangs up",
                                    "to",
                                    "CallDisconnected at receiver")));
        }
    }

    private static Latencies hops(String bootstrapServers) {
        Properties producing = new Properties();
        producing.putAll(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "transactional.id", "bench-hop",
                        "retry.backoff.ms", "2",
                        "max.in.flight.requests.per.connection", "1",
                        "linger.ms", "0",
                        "acks", "all"));
        Properties consuming = new Properties();
        consuming.putAll(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"));
        Latencies latencies = new Latencies();
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                producing, new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(
                                consuming,
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("bench.replies", 0);
            consumer.assign(java.util.List.of(partition));
            consumer.seekToEnd(java.util.List.of(partition));
            consumer.position(partition);
            producer.initTransactions();
            for (int i = 0; i < HOPS; i++) {
                long startNs = System.nanoTime();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("bench.replies", 0, null, new byte[300]));
                producer.commitTransaction();
                int seen = 0;
                while (seen == 0) {
                    seen = consumer.poll(Duration.ofSeconds(1)).count();
                }
                if (i >= HOPS / 5) {
                    latencies.add(System.nanoTime() - startNs);
                }
                LockSupport.parkNanos(BETWEEN_NS); // at the same rate as ours: waking up costs
            }
        }
        return latencies;
    }
}

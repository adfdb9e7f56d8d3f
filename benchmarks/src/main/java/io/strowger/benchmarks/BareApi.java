package io.strowger.benchmarks;

import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// An HTTP API with nothing behind it but the same two Kafka hops as ours: a request becomes a
/// record, [KafkaEcho] sends it back in a transaction, the answer is 202. No signature is checked,
/// nothing is parsed or decided or kept. All in one JVM, as our services are when measured:
/// `BareApi BOOTSTRAP FROM TO` prints its port.
final class BareApi {
    private static final int EVENT_LOOPS = 2;
    private static final int COMMAND_BYTES = 230;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String commands;
    private final Map<Long, Asked> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastCorrelation = new AtomicLong();

    private record Asked(Context context, HttpServerRequest request) {
        void answer() {
            context.runOnContext(_ -> request.response().setStatusCode(202).end());
        }
    }

    private BareApi(String bootstrapServers, String commands) {
        Properties settings = new Properties();
        settings.putAll(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"));
        this.producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.commands = commands;
        producer.partitionsFor(commands);
    }

    public static void main(String[] args) throws Exception {
        Logging.configure(new Settings.Log("WARN", "text"));
        BareApi api = new BareApi(args[0], args[1]);
        Thread.ofPlatform()
                .daemon()
                .name("bare-replies")
                .start(() -> api.readReplies(args[0], args[2]));
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        List<HttpServer> servers = new CopyOnWriteArrayList<>();
        vertx.deployVerticle(
                        () -> api.verticle(servers),
                        new DeploymentOptions().setInstances(EVENT_LOOPS))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        int port = servers.getFirst().actualPort();
        KafkaEcho.run(
                args[0], args[1], args[2], () -> System.out.println("bare API on port " + port));
    }

    private AbstractVerticle verticle(List<HttpServer> servers) {
        return new AbstractVerticle() {
            @Override
            public void start(Promise<Void> started) {
                HttpServer server =
                        vertx.createHttpServer().requestHandler(request -> take(context, request));
                servers.add(server);
                server.listen(-1, "127.0.0.1").<Void>mapEmpty().onComplete(started);
            }
        };
    }

    private void take(Context context, HttpServerRequest request) {
        request.body()
                .onSuccess(_ -> {
                    long correlation = lastCorrelation.incrementAndGet();
                    waiting.put(correlation, new Asked(context, request));
                    byte[] value = new byte[COMMAND_BYTES];
                    ByteBuffer.wrap(value).putLong(correlation);
                    producer.send(
                            new ProducerRecord<>(
                                    commands,
                                    String.valueOf(request.path()).getBytes(StandardCharsets.UTF_8),
                                    value));
                });
    }

    private void readReplies(String bootstrapServers, String replies) {
        Properties settings = new Properties();
        settings.putAll(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(replies, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> reply : consumer.poll(Duration.ofMillis(100))) {
                    Asked asked = waiting.remove(ByteBuffer.wrap(reply.value()).getLong());
                    if (asked != null) {
                        asked.answer();
                    }
                }
            }
        }
    }
}

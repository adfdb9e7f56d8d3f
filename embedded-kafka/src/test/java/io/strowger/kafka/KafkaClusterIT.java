package io.strowger.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterIT {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final String TOPIC = "thrice";

    @Test
    void takesWritesWithoutOneNodeAndNoneWithoutTwo(@TempDir Path directory) throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(directory, ports())) {
            cluster.awaitNodes(3, LONG);
            try (Admin admin = Admin.create(client(cluster));
                    KafkaProducer<String, String> producer =
                            new KafkaProducer<>(
                                    client(cluster),
                                    new StringSerializer(),
                                    new StringSerializer())) {
                admin.createTopics(
                                List.of(
                                        new NewTopic(TOPIC, 1, (short) 3)
                                                .configs(Map.of("min.insync.replicas", "2"))))
                        .all()
                        .get();
                producer.send(new ProducerRecord<>(TOPIC, "whole")).get();

                cluster.kill(1);
                producer.send(new ProducerRecord<>(TOPIC, "without one")).get();
                cluster.kill(2);
                assertThrows(
                        ExecutionException.class,
                        () -> producer.send(new ProducerRecord<>(TOPIC, "without two")).get());

                cluster.start(1);
                cluster.start(2);
                cluster.awaitNodes(3, LONG);
                assertEquals(
                        TOPIC, producer.send(new ProducerRecord<>(TOPIC, "again")).get().topic());
            }
        }
    }

    private static Map<String, Object> client(KafkaCluster cluster) {
        return Map.of(
                "bootstrap.servers", cluster.bootstrapServers(),
                "acks", "all",
                "request.timeout.ms", "3000",
                "delivery.timeout.ms", "12000",
                "linger.ms", "0");
    }

    private static List<Integer> ports() throws Exception {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 2 * KafkaCluster.NODES; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.add(socket.getLocalPort());
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}

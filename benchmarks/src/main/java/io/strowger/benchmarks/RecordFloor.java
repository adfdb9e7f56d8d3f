package io.strowger.benchmarks;

import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.log.Logging;
import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// The least that recording can cost: the same audio from the same topic, each record's bytes at
/// the end of a file; nothing is decided, forced or committed. In a JVM of its own: `RecordFloor
/// BOOTSTRAP DIRECTORY`.
final class RecordFloor {
    private RecordFloor() {}

    public static void main(String[] args) throws IOException {
        Logging.configure(new Settings.Log("WARN", "text"));
        Path directory = Files.createDirectories(Path.of(args[1], "floor"));
        Properties consuming = new Properties();
        consuming.putAll(
                Map.of(
                        "bootstrap.servers", args[0],
                        "group.id", "bench-record-floor",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "fetch.min.bytes", "1048576",
                        "fetch.max.wait.ms", "150",
                        "max.poll.records", "2000"));
        Map<String, FileChannel> files = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        consuming, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.RECORDING_AUDIO.name()));
            System.out.println("READY");
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    file(files, directory, record.key()).write(ByteBuffer.wrap(record.value()));
                }
            }
        } finally {
            for (FileChannel file : files.values()) {
                file.close();
            }
        }
    }

    private static FileChannel file(Map<String, FileChannel> files, Path directory, String name)
            throws IOException {
        FileChannel open = files.get(name);
        if (open == null) {
            open =
                    FileChannel.open(
                            directory.resolve(name),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            files.put(name, open);
        }
        return open;
    }
}

package io.strowger.examples.analytics;

import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;

/// Runs the statistics: `Main BOOTSTRAP_SERVERS [PREFIX_DIGITS]`.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("usage: Main BOOTSTRAP_SERVERS [PREFIX_DIGITS]");
        }
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "analytics-calls-by-minute");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueExceptionHandler.class);
        int digits = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        KafkaStreams streams = new KafkaStreams(CallStatistics.topology(digits), settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            streams.close();
                            stopped.countDown();
                        }));
        streams.start();
        stopped.await();
    }
}

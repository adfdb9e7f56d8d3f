package io.strowger.examples.analytics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The statistics of calls, record for record.
class CallStatisticsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> records;
    private final TestOutputTopic<String, String> statistics;

    CallStatisticsTest(@TempDir Path folder) {
        Properties settings = new Properties();
        settings.put("application.id", "analytics-test");
        settings.put("bootstrap.servers", "nowhere:1");
        settings.put("state.dir", folder.toString());
        driver = new TopologyTestDriver(CallStatistics.topology(3), settings);
        records =
                driver.createInputTopic(
                        Topics.CALL_RECORDS.name(),
                        new StringSerializer(),
                        new ByteArraySerializer());
        statistics =
                driver.createOutputTopic(
                        CallStatistics.OUTPUT, new StringDeserializer(), new StringDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void countsCallsAndTalkTimeOfAPrefixAndMinute() {
        call("+15550100001", 30, 20);
        call("+15550100002", 40, 0);
        call("+15550100003", 50, 10);

        assertEquals(
                "{\"minute\":\"2026-01-02T12:00:00Z\",\"calls\":3,\"answerRate\":0.667,\"talkSeconds\":30}",
                latest().get("+155"));
    }

    @Test
    void keepsPrefixesAndMinutesApart() {
        call("+15550100001", 30, 20);
        call("+442071838750", 30, 5);
        call("+15550100001", 90, 7);

        Map<String, String> latest = latest();
        assertTrue(String.valueOf(latest.get("+442")).contains("\"calls\":1"));
        assertEquals(
                "{\"minute\":\"2026-01-02T12:01:00Z\",\"calls\":1,\"answerRate\":1.000,\"talkSeconds\":7}",
                latest.get("+155"));
    }

    @Test
    void takesRecordsAsTheyStandInTheLog() throws IOException {
        for (String golden :
                Files.readAllLines(
                        Path.of("../../contracts/src/test/resources/golden/call.records.jsonl"))) {
            records.pipeInput("call", golden.getBytes(StandardCharsets.UTF_8));
        }

        Map<String, String> latest = latest();
        assertTrue(String.valueOf(latest.get("+155")).contains("\"talkSeconds\":56"));
        assertTrue(String.valueOf(latest.get("no number")).contains("\"answerRate\":0.000"));
    }

    /// @param talked 0: nobody answered
    private void call(String number, int endsAfter, int talked) {
        Instant end = NOON.plusSeconds(endsAfter);
        String answered = talked == 0 ? "" : "\"answeredAt\":\"" + end.minusSeconds(talked) + "\",";
        String record =
                """
                {"call":"GPMpUvhClj3nzkbnngIAAA","correlationId":"33333333-3333-4333-8333-333333333333",
                 "direction":"OUTBOUND","startedAt":"%s",%s"endedAt":"%s",
                 "legs":[{"leg":"1","participant":{"type":"PhoneNumber","value":"%s"},"startedAt":"%s",
                 "endedAt":"%s","sipStatus":200,"reason":"hung up"}],"termination":"PARTICIPANT",
                 "result":{"code":200,"subCode":0,"message":"ok"}}\
                """
                        .formatted(NOON, answered, end, number, NOON, end);
        records.pipeInput("call", record.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> latest() {
        Map<String, String> latest = new HashMap<>();
        statistics.readKeyValuesToList().forEach(line -> latest.put(line.key, line.value));
        return latest;
    }
}

package io.strowger.orchestrator.shell.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.strowger.contracts.kafka.Topics;
import io.strowger.testsupport.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// What the coordinator relies on, for the fake and the real log alike.
abstract class TransactionalLogContract {
    private static final String INPUT = Topics.CALL_COMMANDS.name();
    private static final String OUTPUT = Topics.CALL_EVENTS.name();

    /// A new process of the same ordinal, in the place of the last one.
    abstract TransactionalLog newProcess() throws Exception;

    /// Somebody else's record, partition 0.
    abstract void produce(String topic, String key, String value) throws Exception;

    /// The values that a `read_committed` reader sees in a topic by now.
    abstract List<String> visible(String topic) throws Exception;

    @Test
    void readsInTheOrderWritten() throws Exception {
        TransactionalLog log = newProcess();
        produce(INPUT, "a", "1");
        produce(INPUT, "b", "2");
        produce(INPUT, "a", "3");

        assertEquals(List.of("1", "2", "3"), poll(log, 3));
    }

    @Test
    void showsNothingOfATransactionBeforeItIsCommittedAndAllAfter() throws Exception {
        TransactionalLog log = newProcess();
        produce(INPUT, "a", "1");
        poll(log, 1);

        log.begin();
        log.write(output("x"));
        log.write(output("y"));
        assertEquals(List.of(), visible(OUTPUT));
        log.commit();

        assertVisible("x", "y");
    }

    @Test
    void givesWhatWasNotCommittedToTheNextProcessAgain() throws Exception {
        TransactionalLog first = newProcess();
        produce(INPUT, "a", "1");
        poll(first, 1);
        first.begin();
        first.write(output("never"));

        TransactionalLog second = newProcess();

        assertEquals(List.of("1"), poll(second, 1));
        second.begin();
        second.write(output("once"));
        second.commit();
        assertVisible("once");
    }

    @Test
    void doesNotGiveWhatWasCommittedAgain() throws Exception {
        TransactionalLog first = newProcess();
        produce(INPUT, "a", "1");
        poll(first, 1);
        first.begin();
        first.write(output("x"));
        first.commit();

        TransactionalLog second = newProcess();
        produce(INPUT, "a", "2");

        assertEquals(List.of("2"), poll(second, 1));
    }

    @Test
    void commitsOffsetsOfAllThatWasPolledSinceTheLastCommit() throws Exception {
        TransactionalLog first = newProcess();
        produce(INPUT, "a", "1");
        poll(first, 1); // a turn without a transaction
        produce(INPUT, "a", "2");
        poll(first, 1);
        first.begin();
        first.write(output("x"));
        first.commit();

        TransactionalLog second = newProcess();
        produce(INPUT, "a", "3");

        assertEquals(List.of("3"), poll(second, 1));
    }

    @Test
    void sendsOutsideOfTransactions() throws Exception {
        TransactionalLog log = newProcess();
        log.send(output("x"));

        produce(INPUT, "a", "1");
        poll(log, 1);
        log.begin();
        log.write(output("y"));
        log.commit();

        assertVisible("x", "y");
    }

    @Test
    void refusesTheCommitOfAProcessThatWasReplaced() throws Exception {
        TransactionalLog first = newProcess();
        produce(INPUT, "a", "1");
        poll(first, 1);
        first.begin();
        first.write(output("stale"));
        TransactionalLog second = newProcess();
        poll(second, 1);

        assertThrows(RuntimeException.class, first::commit);
        assertEquals(List.of(), visible(OUTPUT));
    }

    /// A commit returns when it is certain, which is before readers are shown it.
    private void assertVisible(String... expected) {
        List<List<String>> last = new ArrayList<>(List.of(List.of()));
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> {
                    try {
                        last.set(0, visible(OUTPUT));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    return last.getFirst().size() >= expected.length;
                },
                () -> "visible: " + last.getFirst());
        assertEquals(List.of(expected), last.getFirst());
    }

    private static ProducerRecord<String, byte[]> output(String value) {
        return new ProducerRecord<>(OUTPUT, 0, "key", value.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> poll(TransactionalLog log, int atLeast) {
        List<String> values = new ArrayList<>();
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (values.size() < atLeast && System.nanoTime() - deadlineNs < 0) {
            for (ConsumerRecord<String, byte[]> record : log.poll(Duration.ofMillis(100))) {
                values.add(new String(record.value(), StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}

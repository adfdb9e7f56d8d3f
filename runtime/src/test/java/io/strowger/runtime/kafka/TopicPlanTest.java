package io.strowger.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.kafka.Topics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The layout of topics in an installation.
class TopicPlanTest {
    private final Map<String, TopicPlan> production =
            TopicPlan.all(48, (short) 3).stream()
                    .collect(Collectors.toMap(TopicPlan::name, Function.identity()));

    @Test
    void everyTopicHasItsDeadLetters() {
        assertEquals(2 * Topics.all().size(), production.size());
        Topics.all().forEach(topic -> assertTrue(production.containsKey(topic.deadLetterName())));
    }

    @Test
    void topicsKeyedByCallHaveTheSetPartitionsAndOthersTheirOwn() {
        for (String name : List.of("call.commands", "call.state", "media.events")) {
            assertEquals(48, plan(name).partitions(), name);
        }
        assertEquals(64, plan("media.commands").partitions());
        assertEquals(32, plan("call.replies").partitions());
        assertEquals(1, plan("call.commands.dlq").partitions());
    }

    @Test
    void withThreeCopiesAWriteIsAnsweredOnceTwoHaveIt() {
        assertEquals("2", plan("call.state").configs().get("min.insync.replicas"));
        assertEquals(
                "1", TopicPlan.all(12, (short) 1).getFirst().configs().get("min.insync.replicas"));
    }

    @Test
    void statesAreCompactedAndFactsDeletedWithTime() {
        assertEquals("compact", plan("call.state").configs().get("cleanup.policy"));
        assertEquals("604800000", plan("call.events").configs().get("retention.ms"));
        assertEquals("delete", plan("call.state.dlq").configs().get("cleanup.policy"));
    }

    private TopicPlan plan(String name) {
        return java.util.Objects.requireNonNull(production.get(name), name);
    }
}

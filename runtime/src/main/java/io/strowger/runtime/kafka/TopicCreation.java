package io.strowger.runtime.kafka;

import io.strowger.runtime.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Makes the topics that are missing and refuses a cluster whose topics are laid out otherwise.
/// Safe to run from several processes at once.
public final class TopicCreation {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);

    private TopicCreation() {}

    /// @throws IllegalStateException naming the topic whose number of partitions is not the set one
    public static void ensure(Admin admin, Settings.Kafka settings)
            throws InterruptedException, ExecutionException {
        List<TopicPlan> wanted = TopicPlan.all(settings);
        var present = admin.listTopics().names().get();
        create(admin, wanted.stream().filter(plan -> !present.contains(plan.name())).toList());
        check(admin, wanted);
    }

    /// Makes these topics; one that another process makes at the same moment is as good.
    public static void create(Admin admin, List<TopicPlan> missing)
            throws InterruptedException, ExecutionException {
        List<NewTopic> topics =
                missing.stream()
                        .map(plan ->
                                new NewTopic(plan.name(), plan.partitions(), plan.replication())
                                        .configs(plan.configs()))
                        .toList();
        for (var result : admin.createTopics(topics).values().entrySet()) {
            try {
                result.getValue().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /// Blocks until every broker that may be asked knows these topics.
    public static void awaitKnown(Admin admin, List<TopicPlan> topics)
            throws InterruptedException, ExecutionException {
        describe(admin, topics.stream().map(TopicPlan::name).toList());
    }

    private static void check(Admin admin, List<TopicPlan> wanted)
            throws InterruptedException, ExecutionException {
        Map<String, TopicDescription> present =
                describe(admin, wanted.stream().map(TopicPlan::name).toList());
        for (TopicPlan topic : wanted) {
            int partitions =
                    java.util.Objects.requireNonNull(present.get(topic.name())).partitions().size();
            if (partitions != topic.partitions()) {
                throw new IllegalStateException(
                        "topic "
                                + topic.name()
                                + " has "
                                + partitions
                                + " partitions, not "
                                + topic.partitions()
                                + ": kafka.partitions cannot change once topics exist");
            }
        }
    }

    /// A topic that was just made may not have reached the broker that is asked.
    private static Map<String, TopicDescription> describe(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException {
        long deadlineNs = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            try {
                return admin.describeTopics(names).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() - deadlineNs > 0) {
                    throw e;
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}

package io.strowger.standalone.topics;

import io.strowger.runtime.kafka.TopicPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/// Looks at the topics of a cluster. Changes nothing. Needs the right to describe topics and their
/// configs.
public final class TopicSurvey {
    private TopicSurvey() {}

    /// @return one state a plan, in the same order
    public static List<TopicState> of(Admin admin, List<TopicPlan> plans)
            throws InterruptedException, ExecutionException {
        Set<String> names = admin.listTopics().names().get();
        List<String> present = plans.stream().map(TopicPlan::name).filter(names::contains).toList();
        Map<String, TopicDescription> described =
                admin.describeTopics(present).allTopicNames().get();
        Map<String, Map<String, String>> configs = configs(admin, present);
        return plans.stream()
                .map(plan -> state(plan, described, configs.getOrDefault(plan.name(), Map.of())))
                .toList();
    }

    private static TopicState state(
            TopicPlan plan, Map<String, TopicDescription> described, Map<String, String> configs) {
        TopicDescription found = described.get(plan.name());
        if (found == null) {
            return TopicState.missing(plan);
        }
        int copies =
                found.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0);
        return new TopicState(plan, found.partitions().size(), copies, configs);
    }

    private static Map<String, Map<String, String>> configs(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources =
                names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<String, Map<String, String>> all = new HashMap<>();
        for (Map.Entry<ConfigResource, Config> entry :
                admin.describeConfigs(resources).all().get().entrySet()) {
            Map<String, String> values = new HashMap<>();
            entry.getValue()
                    .entries()
                    .forEach(config -> {
                        if (config.value() != null) {
                            values.put(config.name(), config.value());
                        }
                    });
            all.put(entry.getKey().name(), values);
        }
        return all;
    }
}

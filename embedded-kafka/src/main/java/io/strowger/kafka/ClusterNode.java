package io.strowger.kafka;

import java.nio.file.Path;
import java.util.List;

/// The main of one node of a [KafkaCluster]: runs until it is killed.
final class ClusterNode {
    private ClusterNode() {}

    /// @param words the directory of the node, then the words of [BrokerNode]
    public static void main(String[] words) throws Exception {
        List<String> all = List.of(words);
        try (EmbeddedKafka node =
                EmbeddedKafka.start(
                        Path.of(all.getFirst()), BrokerNode.of(all.subList(1, all.size())))) {
            // Ends with the process that started it, too: nobody else would stop it.
            ProcessHandle.current()
                    .parent()
                    .orElseThrow(() -> new IllegalStateException("no parent of " + node))
                    .onExit()
                    .join();
        }
    }
}

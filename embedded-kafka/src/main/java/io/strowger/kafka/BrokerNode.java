package io.strowger.kafka;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// One of the brokers of a cluster on this machine, controller included.
///
/// @param id 1, 2...
/// @param clusterId the same for all nodes, a Kafka Uuid
/// @param nodes all of them, this one too, in the order of their ids
record BrokerNode(int id, String clusterId, String host, List<Ports> nodes) {
    /// The one that stands alone.
    static final int ALONE = 1;

    BrokerNode {
        nodes = List.copyOf(nodes);
    }

    static BrokerNode alone(String clusterId, String host, Ports ports) {
        return new BrokerNode(ALONE, clusterId, host, List.of(ports));
    }

    Ports own() {
        return nodes.get(id - 1);
    }

    /// Copies of each record: on up to three nodes.
    int copies() {
        return Math.min(3, nodes.size());
    }

    /// Copies that must exist before a write is acknowledged: one node may be away.
    int copiesInSync() {
        return copies() >= 3 ? 2 : 1;
    }

    String voters() {
        StringBuilder voters = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            voters.append(i == 0 ? "" : ",")
                    .append(i + 1)
                    .append('@')
                    .append(host)
                    .append(':')
                    .append(nodes.get(i).controller());
        }
        return voters.toString();
    }

    /// As the arguments of a process.
    List<String> words() {
        return List.of(
                Integer.toString(id),
                clusterId,
                host,
                nodes.stream()
                        .map(ports -> ports.broker() + "/" + ports.controller())
                        .collect(Collectors.joining(",")));
    }

    static BrokerNode of(List<String> words) throws IOException {
        if (words.size() != 4) {
            throw new IOException("a node is an id, a cluster id, a host and all ports: " + words);
        }
        List<Ports> nodes =
                List.of(words.get(3).split(",")).stream()
                        .map(pair -> pair.split("/"))
                        .map(pair ->
                                new Ports(Integer.parseInt(pair[0]), Integer.parseInt(pair[1])))
                        .toList();
        return new BrokerNode(Integer.parseInt(words.get(0)), words.get(1), words.get(2), nodes);
    }
}

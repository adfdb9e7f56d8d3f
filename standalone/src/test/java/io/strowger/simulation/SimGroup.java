package io.strowger.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A consumer group as its coordinator in Kafka sees it: who is a member, and who has which
/// partition number. A partition goes from one member to another only when the first has given it
/// back in a poll, or was given up.
final class SimGroup {
    private final World world;
    private final long sessionMs;
    private final int partitions;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final @Nullable Member[] owners;
    private final @Nullable Member[] targets;

    /// A life of a consumer. Polls tell that it lives.
    static final class Member {
        final String instance;
        final SimProcess process;
        private long heardMs;
        private boolean expelled;

        private Member(String instance, SimProcess process, long nowMs) {
            this.instance = instance;
            this.process = process;
            this.heardMs = nowMs;
        }
    }

    SimGroup(World world, int partitions, long sessionMs) {
        this.world = world;
        this.partitions = partitions;
        this.sessionMs = sessionMs;
        this.owners = new Member[partitions];
        this.targets = new Member[partitions];
    }

    /// A member with the same instance id takes the place of its earlier life.
    Member join(String instance, SimProcess process) {
        Member member = new Member(instance, process, world.time.nowMs());
        Member before = members.put(instance, member);
        if (before != null) {
            expel(before);
        }
        assign();
        return member;
    }

    void leave(Member member) {
        if (members.remove(member.instance, member)) {
            expel(member);
            assign();
        }
    }

    /// Gives up who is silent. To be called often; not while Kafka itself is away.
    void watch() {
        long nowMs = world.time.nowMs();
        if (!world.kafka.isUp()) {
            members.values().forEach(member -> member.heardMs = nowMs);
            return;
        }
        List<Member> silent = new ArrayList<>();
        for (Member member : members.values()) {
            if (member.process.isRunning() && member.process.hasKafka()) {
                member.heardMs = nowMs; // heartbeats have a thread of their own
            } else if (nowMs - member.heardMs >= sessionMs) {
                silent.add(member);
            }
        }
        for (Member member : silent) {
            world.trace(member.instance, () -> "is given up by its group");
            members.remove(member.instance);
            expel(member);
        }
        if (!silent.isEmpty()) {
            assign();
        }
    }

    private void expel(Member member) {
        member.expelled = true;
        for (int i = 0; i < partitions; i++) {
            if (owners[i] == member) {
                owners[i] = null;
            }
        }
    }

    private void assign() {
        List<Member> all =
                members.values().stream()
                        .sorted((one, other) -> one.instance.compareTo(other.instance))
                        .toList();
        for (int i = 0; i < partitions; i++) {
            targets[i] = all.isEmpty() ? null : all.get(i % all.size());
        }
    }

    /// Whether the member was given up: its poll fails.
    boolean isExpelled(Member member) {
        return member.expelled;
    }

    /// Whether the member has to give a partition back.
    boolean mustLeave(Member member, int partition) {
        return owners[partition] == member && targets[partition] != member;
    }

    /// What the member has to give back, which is free for its next owner from now on.
    List<Integer> revoke(Member member) {
        List<Integer> revoked = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            if (owners[i] == member && targets[i] != member) {
                owners[i] = null;
                revoked.add(i);
            }
        }
        return revoked;
    }

    /// What the member gets.
    List<Integer> acquire(Member member) {
        List<Integer> acquired = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            if (targets[i] == member && owners[i] == null) {
                owners[i] = member;
                acquired.add(i);
            }
        }
        return acquired;
    }

    boolean owns(Member member, int partition) {
        return owners[partition] == member;
    }
}

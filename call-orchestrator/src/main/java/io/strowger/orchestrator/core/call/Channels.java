package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand.ChannelAffinity;
import io.strowger.contracts.recording.RecordingCommand.RecordedParticipant;
import io.strowger.contracts.recording.RecordingFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who is on which channel of an unmixed recording. A channel belongs to one participant for good.
final class Channels {
    private Channels() {}

    /// What was asked for as one list: the affinities, then the ordering on the channels that are
    /// left to it.
    static List<ChannelAffinity> wishes(List<ChannelAffinity> affinity, List<Identifier> ordering) {
        List<ChannelAffinity> wishes = new ArrayList<>(affinity);
        for (int i = 0; i < ordering.size(); i++) {
            int channel = i;
            Identifier who = ordering.get(i);
            boolean free =
                    wishes.stream()
                            .noneMatch(wish ->
                                    wish.channel() == channel || isOf(wish.participant(), who));
            if (free) {
                wishes.add(new ChannelAffinity(channel, who));
            }
        }
        return wishes;
    }

    /// The channel of somebody who was not recorded before: the one wished for, else the first that
    /// nobody has or wishes for, else the first that nobody has; null: none is left.
    static @Nullable Integer next(Recording recording, Identifier who) {
        Set<Integer> taken = new HashSet<>();
        for (RecordedParticipant one : recording.participants()) {
            Integer channel = one.channel();
            if (channel != null) {
                taken.add(channel);
            }
        }
        Set<Integer> wished = new HashSet<>();
        for (ChannelAffinity wish : recording.wishes()) {
            if (isOf(wish.participant(), who) && !taken.contains(wish.channel())) {
                return wish.channel();
            }
            wished.add(wish.channel());
        }
        OptionalInt free = first(channel -> !taken.contains(channel) && !wished.contains(channel));
        OptionalInt any = free.isPresent() ? free : first(channel -> !taken.contains(channel));
        return any.isPresent() ? any.getAsInt() : null;
    }

    private static OptionalInt first(java.util.function.IntPredicate wanted) {
        return IntStream.range(0, RecordingFormat.MAX_CHANNELS).filter(wanted).findFirst();
    }

    private static boolean isOf(Identifier one, Identifier other) {
        return one.rawId().equals(other.rawId());
    }
}

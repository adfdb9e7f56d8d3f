package io.strowger.gateway.shell.kafka;

import io.strowger.contracts.call.CallReply.Answer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Requests that wait for their reply. Safe for use by many threads.
final class ReplyTable {
    private final Map<String, Consumer<Answer>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /// @return the correlation to send along
    String add(Consumer<Answer> answered) {
        String correlation = Long.toString(numbers.incrementAndGet());
        waiting.put(correlation, answered);
        return correlation;
    }

    /// Answers a request once; later answers to it are dropped.
    void answer(String correlation, Answer answer) {
        Consumer<Answer> answered = waiting.remove(correlation);
        if (answered != null) {
            answered.accept(answer);
        }
    }

    int size() {
        return waiting.size();
    }
}

package io.strowger.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.event.EventRecord;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.TestJvm;
import io.strowger.testsupport.WebhookReceiver;
import io.strowger.testsupport.WebhookReceiver.Answer;
import io.strowger.testsupport.WebhookReceiver.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 while requests are under way, again and again.
class CrashIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLS = 30;
    private static final int EVENTS = 40;
    private static final int KILLS = 4;

    @Test
    void noEventIsLostOrOutOfOrderWhateverIsKilledWhen(@TempDir Path folder) throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        try (DispatcherFixture fixture = new DispatcherFixture(folder);
                WebhookReceiver receiver = WebhookReceiver.start()) {
            receiver.answer(request -> {
                underWay.incrementAndGet();
                LockSupport.parkNanos(10_000_000);
                underWay.decrementAndGet();
                // Some are refused once, so that events wait in the log when the kill comes.
                return Answer.status(asked.incrementAndGet() % 23 == 0 ? 503 : 200);
            });
            TestJvm dispatcher = DispatcherProcess.start(fixture);

            for (int kill = 0; kill < KILLS; kill++) {
                tell(fixture, receiver, kill * EVENTS / KILLS, (kill + 1) * EVENTS / KILLS);
                int enough = receiver.requests().size() + CALLS * EVENTS / KILLS / 2;
                Eventually.holds(
                        "requests are under way",
                        LONG,
                        () -> receiver.requests().size() >= enough && underWay.get() > 0);
                dispatcher.kill();
                dispatcher = DispatcherProcess.start(fixture);
            }

            Eventually.holds(
                    LONG,
                    () -> ids(receiver).size() == CALLS * EVENTS,
                    () -> "all events; there are " + ids(receiver).size());
            dispatcher.kill();
            assertEachInOrderAndTheSameEachTime(receiver);
            assertTrue(receiver.requests().size() > CALLS * EVENTS, "nothing came twice: too kind");
        }
    }

    private static void tell(
            DispatcherFixture fixture, WebhookReceiver receiver, int from, int to) {
        for (int sequence = from + 1; sequence <= to; sequence++) {
            for (int call = 0; call < CALLS; call++) {
                fixture.tell(event(receiver, call, sequence));
            }
        }
    }

    private static EventRecord event(WebhookReceiver receiver, int call, long sequence) {
        return Events.event("crash-" + call, receiver.uri("/" + call), sequence, Instant.now());
    }

    private static Set<String> ids(WebhookReceiver receiver) {
        Set<String> ids = new HashSet<>();
        receiver.requests().forEach(request -> ids.add(request.headers().get("webhook-id")));
        return ids;
    }

    private static void assertEachInOrderAndTheSameEachTime(WebhookReceiver receiver)
            throws Exception {
        Map<String, LinkedHashSet<Long>> inOrder = new LinkedHashMap<>();
        Map<String, String> idOf = new HashMap<>();
        for (Request request : receiver.requests()) {
            JsonNode event = JSON.readTree(request.body()).get(0);
            String call = request.uri().getPath();
            long sequence = event.get("sequence").asLong();
            inOrder.computeIfAbsent(call, unused -> new LinkedHashSet<>()).add(sequence);
            String id = event.get("id").asText();
            assertEquals(id, request.headers().get("webhook-id"));
            String known = idOf.putIfAbsent(call + "/" + sequence, id);
            assertTrue(known == null || known.equals(id), "another id for the same event");
        }
        List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
        assertEquals(CALLS, inOrder.size());
        inOrder.forEach((call, seen) -> assertEquals(all, List.copyOf(seen), "call " + call));
        assertEquals(CALLS * EVENTS, new HashSet<>(idOf.values()).size());
    }
}

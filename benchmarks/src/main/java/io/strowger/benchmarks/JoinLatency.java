package io.strowger.benchmarks;

import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneListener;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From the 200 OK of a phone that is added to a call to the ParticipantsUpdated that names it, at
/// the application's socket.
final class JoinLatency implements PhoneListener {
    private static final double RATE = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration MEASURE = Duration.ofSeconds(15);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern NUMBER = Pattern.compile("sip:(\\+[0-9]+)@");
    private final Map<String, Long> answeredNs = new ConcurrentHashMap<>();
    private volatile Latencies latencies = new Latencies();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public void answered(PhoneCall call) {
        Matcher number = NUMBER.matcher(call.inviteHeader("To").orElse(""));
        if (number.find()) {
            answeredNs.put("4:" + number.group(1), System.nanoTime());
        }
    }

    /// @param paths of calls that are up
    void measure(Rig rig, List<String> paths, Main.Printer printer) {
        rig.sink.onEvent(this::told);
        printer.note((int) RATE + " joins/s: warming up");
        joins(rig, paths, WARM_UP, 1_000_000);
        latencies = new Latencies();
        printer.note((int) RATE + " joins/s");
        long sent = joins(rig, paths, MEASURE, 2_000_000);
        if (latencies.count() < sent) {
            throw new IllegalStateException(
                    (sent - latencies.count()) + " of " + sent + " joins were not told");
        }
        for (int percent : new int[] {50, 99}) {
            printer.print(
                    new Figure(
                            "join.p" + percent,
                            "ms",
                            latencies.percentileMs(percent),
                            null,
                            Map.of(
                                    "from",
                                    "200 OK of the phone",
                                    "to",
                                    "ParticipantsUpdated at receiver",
                                    "joinsPerSecond",
                                    RATE,
                                    "joins",
                                    sent)));
        }
    }

    /// @return how many, each of which was told or failed
    private long joins(Rig rig, List<String> paths, Duration duration, long firstNumber) {
        long sent =
                Pacer.run(
                        RATE,
                        duration,
                        1,
                        (intendedNs, number) ->
                                join(
                                        rig,
                                        paths.get((int) (number % paths.size())),
                                        "+1555" + (firstNumber + number)));
        EventSink.await(() -> latencies.count() + failures.get() >= sent, SOON);
        return sent;
    }

    private void join(Rig rig, String path, String number) {
        rig.api
                .send(
                        HttpMethod.POST,
                        path + "/participants:add?" + ApiClient.VERSION,
                        "{\"participantToAdd\":{\"phoneNumber\":{\"value\":\""
                                + number
                                + "\"}},\"sourceCallerIdNumber\":{\"value\":\"+15550100000\"}}",
                        202)
                .onFailure(failure -> {
                    failures.incrementAndGet();
                    System.err.println("bench: " + failure.getMessage());
                });
    }

    private void told(JsonObject event) {
        if (!event.getString("type").endsWith(".ParticipantsUpdated")) {
            return;
        }
        long nowNs = System.nanoTime();
        for (Object one : event.getJsonObject("data").getJsonArray("participants")) {
            String rawId = ((JsonObject) one).getJsonObject("identifier").getString("rawId");
            Long answered = answeredNs.remove(rawId);
            if (answered != null) {
                latencies.add(nowNs - answered);
            }
        }
    }
}

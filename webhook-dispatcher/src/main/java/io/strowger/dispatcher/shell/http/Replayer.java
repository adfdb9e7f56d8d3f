package io.strowger.dispatcher.shell.http;

import io.micrometer.core.instrument.Counter;
import io.strowger.contracts.event.EventRecord;
import io.strowger.dispatcher.core.delivery.Answer;
import io.strowger.dispatcher.core.delivery.Courier;
import io.strowger.dispatcher.core.letters.DeadLetter;
import io.strowger.dispatcher.core.letters.LetterPage;
import io.strowger.dispatcher.core.letters.LetterQuery;
import io.strowger.dispatcher.core.letters.Letters;
import io.strowger.dispatcher.core.letters.ReplayRun;
import io.strowger.runtime.log.LogFields;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends dead letters again, one after the other, past the lanes: their turn there is over. One run
/// at a time. Methods block; not for event loops.
public final class Replayer {
    private static final Logger LOG = LoggerFactory.getLogger("io.strowger.webhook");
    private static final Duration MARGIN = Duration.ofSeconds(15);
    private final Letters letters;
    private final Courier courier;
    private final Duration patience;
    private final Map<ReplayRun.Outcome, Counter> counters = new EnumMap<>(ReplayRun.Outcome.class);
    private final AtomicBoolean running = new AtomicBoolean();

    /// Hears of each letter.
    interface Progress {
        /// @return whether to go on
        boolean done(DeadLetter letter, ReplayRun.Result result) throws InterruptedException;
    }

    /// @param courier may be called on any thread
    /// @param timeout of one attempt
    public Replayer(Letters letters, Courier courier, Duration timeout, Telemetry telemetry) {
        this.letters = letters;
        this.courier = courier;
        this.patience = timeout.plus(MARGIN);
        for (ReplayRun.Outcome outcome : ReplayRun.Outcome.values()) {
            counters.put(outcome, telemetry.counter(Telemetry.WEBHOOK_REPLAYS, "outcome", outcome));
        }
    }

    /// @return false: a run is under way
    boolean begin() {
        return running.compareAndSet(false, true);
    }

    void end() {
        running.set(false);
    }

    /// Between [#begin] and [#end]: all that the query means, also beyond its limit.
    void replay(LetterQuery query, Progress progress) throws InterruptedException {
        ReplayRun run = new ReplayRun();
        OptionalLong after = OptionalLong.of(query.after());
        while (after.isPresent()) {
            LetterPage page = letters.find(query.after(after.getAsLong()));
            for (DeadLetter letter : page.letters()) {
                if (!progress.done(letter, replay(letter, run))) {
                    return;
                }
            }
            after = page.next();
        }
    }

    ReplayRun.Result replay(DeadLetter letter, ReplayRun run) throws InterruptedException {
        ReplayRun.Result result = run.withoutAsking(letter).orElse(null);
        EventRecord event = letter.event();
        if (result == null && event != null) {
            result = run.answered(event, attempt(event));
            if (result.outcome() == ReplayRun.Outcome.ACCEPTED) {
                letters.replayed(letter);
            }
            LOG.atInfo()
                    .addKeyValue("deadLetter", letter.id())
                    .addKeyValue("eventId", event.eventId())
                    .addKeyValue(LogFields.SERVER_CALL_ID, event.call())
                    .addKeyValue("outcome", result.outcome())
                    .addKeyValue(LogFields.REASON, result.reason())
                    .log("dead letter replayed");
        }
        if (result == null) {
            throw new IllegalStateException("a letter without event is never asked about");
        }
        Counter counter = counters.get(result.outcome());
        if (counter != null) {
            counter.increment();
        }
        return result;
    }

    private Answer attempt(EventRecord event) throws InterruptedException {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        courier.deliver(event, null, answer::complete);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the courier does not answer", e);
        }
    }
}

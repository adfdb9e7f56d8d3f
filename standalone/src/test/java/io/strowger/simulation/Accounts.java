package io.strowger.simulation;

import io.strowger.contracts.call.CallReply;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.event.CallRecord;
import io.strowger.contracts.event.EventRecord;
import io.strowger.contracts.event.SubscriberEvent;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.kafka.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Holds what was answered and told against what was asked: each accepted question had its effect
/// once, each operation one end, each receiver a gap-free sequence.
final class Accounts {
    private final World world;
    private final Judge judge;
    private final List<EventRecord> told;
    private final Map<String, Map<String, Integer>> endsByContext = new HashMap<>();

    Accounts(World world, Judge judge) {
        this.world = world;
        this.judge = judge;
        this.told =
                world.kafka.all(Topics.CALL_EVENTS.name()).stream()
                        .map(one -> SimKafka.decoded(Topics.CALL_EVENTS.codec(), one.value()))
                        .toList();
        for (EventRecord event : told) {
            endsByContext
                    .computeIfAbsent(
                            String.valueOf(event.operationContext()), unused -> new HashMap<>())
                    .merge(event.event().getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    void check() {
        checkSequences();
        checkAnswers();
        checkRecords();
        world.tapes.check(told);
        for (Application.Asked asked : world.application.asked()) {
            if (asked.answer == null) {
                judge.wrong("never answered: " + asked.ask);
            } else if (asked.isAccepted()) {
                checkEffect(asked.ask);
            }
        }
    }

    private void checkSequences() {
        Map<String, Long> last = new LinkedHashMap<>();
        Set<UUID> ids = new HashSet<>();
        for (EventRecord event : told) {
            String receiver = event.call() + " " + event.connection() + " " + event.callbackUri();
            if (event.sequence() != last.getOrDefault(receiver, 0L) + 1) {
                judge.wrong("event " + event.sequence() + " out of turn for " + receiver);
            }
            last.put(receiver, event.sequence());
            if (!ids.add(event.eventId())) {
                judge.wrong("an event id was given twice: " + event);
            }
        }
    }

    /// These are no repeatable requests of the API: what they find may change.
    private static boolean isRepeatable(Plan.Ask.Kind kind) {
        return switch (kind) {
            case DESCRIBE, PAUSE_RECORDING, RESUME_RECORDING, STOP_RECORDING -> false;
            default -> true;
        };
    }

    /// Once accepted, a repeatable command has the same answer for ever.
    private void checkAnswers() {
        Map<CommandId, Answer> accepted = new HashMap<>();
        Set<CommandId> questions = new HashSet<>();
        world.application
                .asked()
                .forEach(asked -> {
                    if (!isRepeatable(asked.ask.kind())) {
                        questions.add(asked.identity.commandId());
                    }
                });
        world.kafka.all(Topics.CALL_REPLIES.name()).stream()
                .map(one -> SimKafka.decoded(Topics.CALL_REPLIES.codec(), one.value()))
                .filter(reply -> !questions.contains(reply.commandId()))
                .forEach(reply -> {
                    Answer before = accepted.get(reply.commandId());
                    if (before != null && !before.equals(reply.answer())) {
                        judge.wrong("answered " + before + " and then " + reply.answer());
                    } else if (!(reply.answer() instanceof CallReply.Refused)) {
                        accepted.put(reply.commandId(), reply.answer());
                    }
                });
    }

    private void checkRecords() {
        Map<ServerCallId, Integer> records = new HashMap<>();
        world.kafka.all(Topics.CALL_RECORDS.name()).stream()
                .map(one -> SimKafka.decoded(Topics.CALL_RECORDS.codec(), one.value()))
                .map(CallRecord::call)
                .forEach(call -> records.merge(call, 1, Integer::sum));
        records.forEach((call, count) -> {
            if (count > 1) {
                judge.wrong(count + " records of " + call);
            }
        });
        for (Application.Asked asked : world.application.asked()) {
            ServerCallId call = world.application.call(asked.ask.call());
            boolean begins = isCreation(asked.ask) || asked.ask.kind() == Plan.Ask.Kind.ANSWER;
            if (begins && asked.isAccepted() && !records.containsKey(call)) {
                judge.wrong("no record of " + call);
            }
        }
    }

    static boolean isCreation(Plan.Ask ask) {
        return ask.kind() == Plan.Ask.Kind.CREATE || ask.kind() == Plan.Ask.Kind.CREATE_TWO;
    }

    private void checkEffect(Plan.Ask ask) {
        switch (ask.kind()) {
            case CREATE, CREATE_TWO -> one(ask, "CallDisconnected", "CreateCallFailed");
            case ANSWER -> one(ask, "CallDisconnected", "AnswerFailed");
            case PLAY, PLAY_LOOP, PLAY_NOW ->
                    one(ask, "PlayCompleted", "PlayFailed", "PlayCanceled");
            case RECOGNIZE ->
                    one(ask, "RecognizeCompleted", "RecognizeFailed", "RecognizeCanceled");
            case ADD -> invitation(ask);
            case CANCEL_ADD ->
                    one(ask, "CancelAddParticipantSucceeded", "CancelAddParticipantFailed");
            case REMOVE -> one(ask, "RemoveParticipantSucceeded", "RemoveParticipantFailed");
            case SEND_TONES -> one(ask, "SendDtmfTonesCompleted", "SendDtmfTonesFailed");
            case TRANSFER -> one(ask, "CallTransferAccepted", "CallTransferFailed");
            case RECORD -> {
                // Told to others: see `Tapes`.
            }
            case MUTE,
                    HOLD,
                    UNHOLD,
                    TONES_ON,
                    TONES_OFF,
                    CANCEL_MEDIA,
                    PAUSE_RECORDING,
                    RESUME_RECORDING,
                    STOP_RECORDING,
                    DESCRIBE,
                    HANG_UP,
                    TERMINATE,
                    REJECT,
                    REDIRECT -> {
                // They end nothing of their own.
            }
        }
    }

    /// It succeeds, fails, or is cancelled, which is told with the cancellation's context.
    private void invitation(Plan.Ask ask) {
        OperationId id = world.application.operationOf(ask);
        long cancelled =
                told.stream()
                        .filter(event ->
                                event.event()
                                        .equals(
                                                new SubscriberEvent.CancelAddParticipantSucceeded(
                                                        id)))
                        .count();
        if (cancelled == 0) {
            one(ask, "AddParticipantSucceeded", "AddParticipantFailed");
        } else if (cancelled > 1 || count(ask, "AddParticipantSucceeded") > 0) {
            judge.wrong("an invitation that was cancelled has another end: " + ask);
        }
    }

    private int count(Plan.Ask ask, String end) {
        return endsByContext.getOrDefault(Questions.context(ask), Map.of()).getOrDefault(end, 0);
    }

    private void one(Plan.Ask ask, String... ends) {
        Map<String, Integer> got = endsByContext.getOrDefault(Questions.context(ask), Map.of());
        int count = 0;
        for (String end : ends) {
            count += count(ask, end);
        }
        if (count != 1) {
            judge.wrong(count + " ends of " + ask + ": " + got);
        }
    }
}

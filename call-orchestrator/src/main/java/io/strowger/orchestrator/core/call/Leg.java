package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.DialogRecord;
import io.strowger.contracts.media.LegEnd;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person on a phone, as the call knows them.
///
/// @param dialog since it was answered: what another worker needs to carry it on
/// @param tones sequence of the last key that was told to anyone; 0: none
public record Leg(
        LegId id,
        Identifier participant,
        Phase phase,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable LegEnd end,
        @Nullable DialogRecord dialog,
        boolean onHold,
        int tones) {
    /// How far a leg is.
    public enum Phase {
        DIALING,
        RINGING,
        ANSWERED,
        ENDED
    }

    static Leg dialing(LegId id, Identifier participant, Instant at) {
        return new Leg(id, participant, Phase.DIALING, at, null, null, null, null, false, 0);
    }

    Leg ringing() {
        return new Leg(id, participant, Phase.RINGING, startedAt, null, null, null, null, false, 0);
    }

    Leg answered(DialogRecord established, Instant at) {
        return new Leg(
                id, participant, Phase.ANSWERED, startedAt, at, null, null, established, false, 0);
    }

    Leg updated(DialogRecord changed, boolean held) {
        return new Leg(
                id, participant, phase, startedAt, answeredAt, endedAt, end, changed, held, tones);
    }

    Leg heard(int sequence) {
        return new Leg(
                id,
                participant,
                phase,
                startedAt,
                answeredAt,
                endedAt,
                end,
                dialog,
                onHold,
                sequence);
    }

    Leg ended(LegEnd how, Instant at) {
        return new Leg(
                id, participant, Phase.ENDED, startedAt, answeredAt, at, how, null, false, tones);
    }

    boolean isLive() {
        return phase != Phase.ENDED;
    }

    boolean isAnswered() {
        return phase == Phase.ANSWERED;
    }

    Participant asParticipant() {
        return new Participant(participant, id, false, onHold);
    }
}

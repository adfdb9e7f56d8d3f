package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.Participant;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.placement.DialogRecord;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person on a phone, as the call knows them.
///
/// @param incoming they called us
/// @param taken of an incoming leg: the worker was told to answer it
/// @param dialog since it was answered, or given to this call: what another worker needs to carry
///   it on
/// @param heldByPeer the phone put us on hold
/// @param held an application put it on hold; null: none did
/// @param muted the others do not hear it
/// @param tones sequence of the last key that was told to anyone; 0: none
/// @param lastPress that counted, as in [io.strowger.contracts.media.MediaEvent.ToneReceived];
///   null: none, or heard as sound
/// @param leavingFor it is handed over to another call; null: it is not
/// @param referrer the leg that this one replaces once it answers; null: none
public record Leg(
        LegId id,
        Identifier participant,
        boolean incoming,
        Phase phase,
        boolean taken,
        Instant startedAt,
        @Nullable Instant answeredAt,
        @Nullable Instant endedAt,
        @Nullable LegEnd end,
        @Nullable DialogRecord dialog,
        boolean heldByPeer,
        @Nullable Held held,
        boolean muted,
        int tones,
        @Nullable Long lastPress,
        @Nullable LeavingFor leavingFor,
        @Nullable LegId referrer) {
    /// How far a leg is.
    public enum Phase {
        /// They call us, and hear nothing yet.
        OFFERED,
        DIALING,
        RINGING,
        ANSWERED,
        ENDED
    }

    /// Who put it on hold, for when the music cannot be played.
    ///
    /// @param music null: silence, or what was asked for cannot be played
    public record Held(
            OperationId operation,
            CallConnectionId connection,
            @Nullable String operationContext,
            @Nullable URI callbackUri,
            @Nullable PlaySource music) {
        Held inSilence() {
            return new Held(operation, connection, operationContext, callbackUri, null);
        }
    }

    /// Where a leg is handed over to.
    ///
    /// @param operation of the move, there
    /// @param begins it is none yet, and shall be where this one is
    public record LeavingFor(ServerCallId call, OperationId operation, boolean begins) {}

    static Leg dialing(LegId id, Identifier participant, Instant at, @Nullable LegId referrer) {
        return new Leg(
                id,
                participant,
                false,
                Phase.DIALING,
                false,
                at,
                null,
                null,
                null,
                null,
                false,
                null,
                false,
                0,
                null,
                null,
                referrer);
    }

    static Leg offered(LegId id, Identifier participant, Instant at) {
        return new Leg(
                id,
                participant,
                true,
                Phase.OFFERED,
                false,
                at,
                null,
                null,
                null,
                null,
                false,
                null,
                false,
                0,
                null,
                null,
                null);
    }

    Leg inheriting(DialogRecord given) {
        Change change = new Change(this);
        change.dialog = given;
        return change.done();
    }

    Leg ringing() {
        Change change = new Change(this);
        change.phase = Phase.RINGING;
        return change.done();
    }

    Leg beingTaken() {
        Change change = new Change(this);
        change.taken = true;
        return change.done();
    }

    Leg answered(DialogRecord established, Instant at) {
        Change change = new Change(this);
        change.phase = Phase.ANSWERED;
        change.answeredAt = at;
        change.dialog = established;
        return change.done();
    }

    Leg updated(DialogRecord changed, boolean heldByThePeer) {
        Change change = new Change(this);
        change.dialog = changed;
        change.heldByPeer = heldByThePeer;
        return change.done();
    }

    Leg heard(int sequence) {
        Change change = new Change(this);
        change.tones = sequence;
        return change.done();
    }

    Leg pressed(@Nullable Long press) {
        Change change = new Change(this);
        change.lastPress = press;
        return change.done();
    }

    Leg muted(boolean nowMuted) {
        Change change = new Change(this);
        change.muted = nowMuted;
        return change.done();
    }

    Leg held(@Nullable Held by) {
        Change change = new Change(this);
        change.held = by;
        return change.done();
    }

    Leg leavingFor(LeavingFor there) {
        Change change = new Change(this);
        change.leavingFor = there;
        return change.done();
    }

    Leg ended(LegEnd how, Instant at) {
        Change change = new Change(this);
        change.phase = Phase.ENDED;
        change.end = how;
        change.endedAt = at;
        change.dialog = null;
        change.heldByPeer = false;
        change.held = null;
        return change.done();
    }

    boolean isLive() {
        return phase != Phase.ENDED;
    }

    boolean isAnswered() {
        return phase == Phase.ANSWERED;
    }

    /// They call us, and nobody has taken the call yet.
    boolean isWaiting() {
        return incoming && isLive() && !isAnswered() && !taken;
    }

    boolean is(Identifier who) {
        return participant.rawId().equals(who.rawId());
    }

    Participant asParticipant() {
        return new Participant(participant, id, muted, heldByPeer || held != null);
    }

    /// A copy in the making.
    private static final class Change {
        private final Leg from;
        private Phase phase;
        private boolean taken;
        private @Nullable Instant answeredAt;
        private @Nullable Instant endedAt;
        private @Nullable LegEnd end;
        private @Nullable DialogRecord dialog;
        private boolean heldByPeer;
        private @Nullable Held held;
        private boolean muted;
        private int tones;
        private @Nullable Long lastPress;
        private @Nullable LeavingFor leavingFor;

        Change(Leg from) {
            this.from = from;
            phase = from.phase;
            taken = from.taken;
            answeredAt = from.answeredAt;
            endedAt = from.endedAt;
            end = from.end;
            dialog = from.dialog;
            heldByPeer = from.heldByPeer;
            held = from.held;
            muted = from.muted;
            tones = from.tones;
            lastPress = from.lastPress;
            leavingFor = from.leavingFor;
        }

        Leg done() {
            return new Leg(
                    from.id,
                    from.participant,
                    from.incoming,
                    phase,
                    taken,
                    from.startedAt,
                    answeredAt,
                    endedAt,
                    end,
                    dialog,
                    heldByPeer,
                    held,
                    muted,
                    tones,
                    lastPress,
                    leavingFor,
                    from.referrer);
        }
    }
}

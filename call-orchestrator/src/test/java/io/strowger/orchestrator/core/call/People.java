package io.strowger.orchestrator.core.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.ByIdentifier;
import io.strowger.contracts.call.CallCommand.Invitee;
import io.strowger.contracts.call.CallCommand.RejectReason;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.MediaEvent;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What applications and phones do with the people of the one call of a test.
final class People {
    static final PhoneNumber APPLICATION = new PhoneNumber("+15550199000");
    static final PhoneNumber NUMBER_OF_USER = new PhoneNumber("+15550199001");

    /// The connection that answered: the first was told of the call from outside.
    static final CallConnectionId ANSWERING = Inputs.CALL.connection(2);

    static final URI OUTSIDE = URI.create("https://other.example/op");
    private static final PlaySource MUSIC =
            new PlaySource.FileSource(URI.create("https://app.example/music.wav"), null);

    private People() {}

    static CallInput callsIn(Identifier from, Identifier to) {
        return Inputs.reports(
                new MediaEvent.LegOffered(new LegId(1), from, to, "carrier", "Ann", Map.of()));
    }

    static CallInput answersIncoming() {
        return Inputs.asks(
                50,
                new CallCommand.Answer(
                        Inputs.CALL, Inputs.CALLBACK, "incoming", Inputs.DAVE, null, null));
    }

    static CallInput rejects(RejectReason reason) {
        return Inputs.asks(51, new CallCommand.Reject(Inputs.CALL, reason));
    }

    static CallInput redirects(Identifier target) {
        return Inputs.asks(52, new CallCommand.Redirect(Inputs.CALL, target));
    }

    static CallInput joins(long number, RequestedEvent... requested) {
        return Inputs.asks(
                number,
                null,
                requested.length == 0 ? Inputs.NEWEST : Inputs.PREVIEW,
                new CallCommand.Join(
                        Inputs.CALL, Inputs.CALLBACK, null, "join", Set.of(requested), null, null));
    }

    private static Invitee invitee(Identifier target) {
        return new Invitee(target, null, null, Duration.ofSeconds(20), Map.of());
    }

    static CallInput adds(long number, Identifier target) {
        return adds(Inputs.CONNECTION, number, target);
    }

    static CallInput adds(CallConnectionId connection, long number, Identifier target) {
        return Inputs.asks(
                100 + number,
                new CallCommand.AddParticipant(
                        connection,
                        Inputs.operation(number),
                        invitee(target),
                        "add" + number,
                        null));
    }

    static CallInput addsFromOutside(long number, Identifier target) {
        return Inputs.asks(
                100 + number,
                null,
                Inputs.PREVIEW,
                new CallCommand.AddToCall(
                        Inputs.CALL,
                        Inputs.operation(number),
                        invitee(target),
                        "add" + number,
                        OUTSIDE));
    }

    static CallInput playsFromOutside(long number) {
        return Inputs.asks(
                100 + number,
                null,
                Inputs.PREVIEW,
                new CallCommand.PlayToCall(
                        Inputs.CALL,
                        Inputs.operation(number),
                        List.of(MUSIC),
                        false,
                        "op" + number,
                        OUTSIDE));
    }

    static CallInput removesFromOutside(long number, int leg) {
        return Inputs.asks(
                100 + number,
                null,
                Inputs.PREVIEW,
                new CallCommand.RemoveFromCall(
                        Inputs.CALL,
                        Inputs.operation(number),
                        new CallCommand.ByLeg(new LegId(leg))));
    }

    static CallInput removes(long number, Identifier who) {
        return Inputs.asks(
                100 + number,
                new CallCommand.RemoveParticipant(
                        Inputs.CONNECTION,
                        Inputs.operation(number),
                        new ByIdentifier(who),
                        "remove" + number,
                        null));
    }

    static CallInput cancels(long number, long invitation) {
        return Inputs.asks(
                100 + number,
                new CallCommand.CancelAddParticipant(
                        Inputs.CONNECTION,
                        Inputs.operation(number),
                        Inputs.operation(invitation),
                        "cancel" + number,
                        null));
    }

    static CallInput mutes(long number, Identifier... who) {
        return Inputs.asks(
                100 + number,
                new CallCommand.MuteParticipants(
                        Inputs.CONNECTION, Inputs.operation(number), Arrays.asList(who), null));
    }

    static CallInput holds(long number, Identifier who) {
        return Inputs.asks(
                100 + number,
                new CallCommand.Hold(
                        Inputs.CONNECTION,
                        Inputs.operation(number),
                        who,
                        MUSIC,
                        "hold" + number,
                        null));
    }

    static CallInput unholds(long number, Identifier who) {
        return Inputs.asks(100 + number, new CallCommand.Unhold(Inputs.CONNECTION, who, null));
    }

    static CallInput listens(long number, Identifier who) {
        return Inputs.asks(
                100 + number,
                new CallCommand.StartContinuousDtmf(Inputs.CONNECTION, who, "keys", null));
    }

    static CallInput listensNoMore(long number, Identifier who) {
        return Inputs.asks(
                100 + number,
                new CallCommand.StopContinuousDtmf(Inputs.CONNECTION, who, "stop", null));
    }

    static CallInput sends(long number, Identifier who, Tone... tones) {
        return Inputs.asks(
                100 + number,
                new CallCommand.SendDtmfTones(
                        Inputs.CONNECTION,
                        Inputs.operation(number),
                        Arrays.asList(tones),
                        who,
                        "send" + number,
                        null));
    }

    static CallInput sent(long number, @Nullable String failure) {
        return Inputs.reports(new MediaEvent.TonesSent(Inputs.operation(number), failure));
    }

    static CallInput transfers(long number, Identifier target) {
        return Inputs.asks(
                100 + number,
                new CallCommand.Transfer(
                        ANSWERING,
                        Inputs.operation(number),
                        invitee(target),
                        null,
                        "transfer" + number,
                        null));
    }

    static CallInput refers(int leg, Identifier target) {
        return Inputs.reports(new MediaEvent.TransferAsked(new LegId(leg), target));
    }
}

package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.CallScenario.given;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.call.CallCommand;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Numbers that cost, whichever way they are asked for.
class TollTest {
    private static final PhoneNumber PREMIUM = new PhoneNumber("+19005550100");
    private static final CallCommand.Invitee INVITEE =
            new CallCommand.Invitee(PREMIUM, null, null, null, Map.of());

    @Test
    void noCallIsMadeWhenOneOfItsTargetsIsDenied() {
        given().when(Inputs.create(Inputs.NEWEST, Inputs.ALICE, PREMIUM))
                .thenRefused(CallError.FORBIDDEN)
                .when(Inputs.asks(2, Inputs.createCommand(java.util.Set.of(), Inputs.ALICE)))
                .thenOrdered("Dial 1");
    }

    @ParameterizedTest
    @MethodSource("waysToRing")
    void aCallThatGoesOnRingsNoneEither(CallCommand command) {
        given(Inputs.create(Inputs.NEWEST, Inputs.ALICE), Inputs.rings(1), Inputs.answers(1))
                .when(Inputs.asks(50, command))
                .thenRefused(CallError.FORBIDDEN);
    }

    static Stream<CallCommand> waysToRing() {
        @Nullable String context = null;
        return Stream.of(
                new CallCommand.AddParticipant(
                        Inputs.CONNECTION, Inputs.operation(5), INVITEE, context, null),
                new CallCommand.AddToCall(
                        Inputs.CALL, Inputs.operation(5), INVITEE, context, Inputs.CALLBACK),
                new CallCommand.Transfer(
                        Inputs.CONNECTION, Inputs.operation(5), INVITEE, null, context, null),
                new CallCommand.Redirect(Inputs.CALL, PREMIUM));
    }
}

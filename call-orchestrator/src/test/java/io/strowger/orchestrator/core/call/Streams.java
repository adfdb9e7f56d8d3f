package io.strowger.orchestrator.core.call;

import static io.strowger.orchestrator.core.call.Inputs.CONNECTION;
import static io.strowger.orchestrator.core.call.Inputs.NEWEST;
import static io.strowger.orchestrator.core.call.Inputs.asks;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.stream.StreamOptions;
import io.strowger.contracts.stream.TranscriptionOptions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What tests of streams ask, of audio and of words.
final class Streams {
    private Streams() {}

    static CallInput creates(
            @Nullable StreamOptions audio,
            @Nullable TranscriptionOptions words,
            Identifier... targets) {
        return asks(
                1,
                null,
                NEWEST,
                new CallCommand.CreateCall(
                        CONNECTION,
                        Arrays.asList(targets),
                        null,
                        null,
                        null,
                        Inputs.CALLBACK,
                        "call",
                        new UUID(3, 4),
                        Set.of(),
                        audio,
                        words));
    }

    /// What a stream of the connection is called: the audio's; the words' differs by `mark`.
    ///
    /// @param run counts from 1
    static OperationId stream(int run, long mark) {
        UUID of = CONNECTION.value();
        return new OperationId(
                new UUID(
                        of.getMostSignificantBits() ^ run * 0xD6E8_FEB8_6659_FD93L,
                        of.getLeastSignificantBits() ^ mark));
    }
}

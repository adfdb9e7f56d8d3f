package io.strowger.contracts.call;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.stream.StreamSubscription;
import io.strowger.contracts.stream.TranscriptionSubscription;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// CallConnectionProperties of the API, before it is written in a version's dialect.
///
/// @param answeredBy the application's user that answered; null: it called, or named none
/// @param answeredFor the number that was called; null: the application called
/// @param streaming null: it did not ask for any when it came into the call
/// @param transcription null: likewise
public record CallProperties(
        CallConnectionId connection,
        ConnectionState state,
        List<Identifier> targets,
        @Nullable Identifier source,
        @Nullable PhoneNumber callerId,
        @Nullable String sourceDisplayName,
        URI callbackUri,
        UUID correlationId,
        @Nullable Identifier answeredBy,
        @Nullable PhoneNumber answeredFor,
        @Nullable StreamSubscription streaming,
        @Nullable TranscriptionSubscription transcription) {
    public CallProperties {
        targets = List.copyOf(targets);
    }
}

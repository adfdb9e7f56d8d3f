package io.strowger.gateway.core.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.IncomingCallContexts;
import io.strowger.contracts.id.ServerCallId;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Requests about one call. JSON stands in single quotes.
final class Bodies {
    static final CallIds IDS = new CallIds(new byte[32]);
    static final ServerCallId CALL = IDS.newCall(new Random(7));
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final IncomingCallContexts CONTEXTS = new IncomingCallContexts(new byte[32]);

    private Bodies() {}

    static void assertRefused(
            String message, Endpoint<?> endpoint, ApiVersion version, String body) {
        Refusal refusal = assertThrows(Refusal.class, () -> read(endpoint, version, body));

        assertEquals(CallError.INVALID_REQUEST, refusal.error());
        assertTrue(refusal.detail().contains(message), refusal.detail());
    }

    static CallCommand read(Endpoint<?> endpoint, ApiVersion version, String body)
            throws Refusal, JsonProcessingException {
        Object json = new ObjectMapper().readValue(body.replace('\'', '"'), Object.class);
        ApiCall call =
                new ApiCall(
                        version,
                        Map.of(
                                "callConnectionId", CALL.connection(1).toString(),
                                "serverCallId", CALL.toString(),
                                "participantId", "3"),
                        () -> json,
                        new CommandId(new UUID(1, 2)),
                        () -> CALL,
                        IDS,
                        new ApiCall.Installation(
                                CONTEXTS, url -> url.getHost().equals("s3.example"), NOW));
        return endpoint.command(call);
    }
}

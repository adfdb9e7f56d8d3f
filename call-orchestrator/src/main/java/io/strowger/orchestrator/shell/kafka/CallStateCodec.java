package io.strowger.orchestrator.shell.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.strowger.contracts.kafka.Codec;
import io.strowger.contracts.kafka.Json;
import io.strowger.contracts.kafka.UndecodableException;
import io.strowger.orchestrator.core.call.CallState;
import io.strowger.orchestrator.core.call.Operation;
import java.io.IOException;
import java.util.List;

/// The JSON of a call's state on `call.state`.
public final class CallStateCodec implements Codec<CallState> {
    private static final ObjectMapper MAPPER =
            Json.withSealed(List.of(CallState.class, Operation.Kind.class));
    private final ObjectReader reader = MAPPER.readerFor(CallState.class);
    private final ObjectWriter writer = MAPPER.writerFor(CallState.class);

    @Override
    public byte[] encode(CallState state) {
        try {
            return writer.writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "a state that has no JSON form: " + state.getClass(), e);
        }
    }

    @Override
    public CallState decode(byte[] bytes) throws UndecodableException {
        try {
            CallState state = reader.readValue(bytes);
            if (state == null) {
                throw new UndecodableException("JSON null is no state", new IOException());
            }
            return state;
        } catch (IOException e) {
            throw new UndecodableException(String.valueOf(e.getMessage()), e);
        }
    }
}

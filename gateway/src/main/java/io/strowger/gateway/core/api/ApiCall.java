package io.strowger.gateway.core.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import io.strowger.contracts.id.CallConnectionId;
import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.CommandId;
import io.strowger.contracts.id.IncomingCallContexts;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A request to one operation: authenticated, its path taken apart, its body not yet read.
///
/// @param path the parameters of the path, decoded
/// @param newCall the id of the call that this request would make; the same for every retry
public record ApiCall(
        ApiVersion version,
        Map<String, String> path,
        Body body,
        CommandId commandId,
        Supplier<ServerCallId> newCall,
        CallIds ids,
        Installation installation) {
    /// What is the same for all requests, but the time.
    ///
    /// @param contexts opens an `incomingCallContext`
    /// @param containers whether recordings may be put there
    /// @param now when the request came
    public record Installation(
            IncomingCallContexts contexts, Predicate<URI> containers, Instant now) {}

    /// The body, read when it is asked for.
    public interface Body {
        /// JSON as maps, lists, text, numbers and booleans; null when there is none.
        ///
        /// @throws Refusal when it is no JSON
        @Nullable Object read() throws Refusal;
    }

    /// The body of an operation that needs one.
    public Fields fields() throws Refusal {
        return Fields.ofBody(body.read());
    }

    /// The body of an operation that can do without.
    public Fields optionalFields() throws Refusal {
        Object json = body.read();
        return Fields.ofBody(json == null ? Map.of() : json);
    }

    /// The connection that the path names.
    ///
    /// @throws Refusal when this installation never made such an id
    public CallConnectionId connection() throws Refusal {
        return connection(parameter("callConnectionId"));
    }

    /// The connection with this `callConnectionId`.
    ///
    /// @throws Refusal when this installation never made such an id
    public CallConnectionId connection(String text) throws Refusal {
        try {
            CallConnectionId connection = CallConnectionId.parse(text);
            if (ids.isGenuine(connection.call())) {
                return connection;
            }
        } catch (IllegalArgumentException notAnId) {
            throw unknownCall();
        }
        throw unknownCall();
    }

    /// The call that the path names.
    ///
    /// @throws Refusal when this installation never made such an id
    public ServerCallId serverCall() throws Refusal {
        return serverCall(parameter("serverCallId"));
    }

    /// The call with this `serverCallId`.
    ///
    /// @throws Refusal when this installation never made such an id
    public ServerCallId serverCall(String text) throws Refusal {
        try {
            ServerCallId call = ServerCallId.parse(text);
            if (ids.isGenuine(call)) {
                return call;
            }
        } catch (IllegalArgumentException notAnId) {
            throw unknownCall();
        }
        throw unknownCall();
    }

    /// The recording that the path names.
    ///
    /// @throws Refusal when this installation never made such an id
    public RecordingId recording() throws Refusal {
        try {
            RecordingId recording = RecordingId.parse(parameter("recordingId"));
            if (ids.isGenuine(recording.call())) {
                return recording;
            }
        } catch (IllegalArgumentException notAnId) {
            throw unknownRecording();
        }
        throw unknownRecording();
    }

    /// The same, of the call that the path names, too.
    public RecordingId recordingOfCall() throws Refusal {
        RecordingId recording = recording();
        if (!recording.call().equals(serverCall())) {
            throw unknownRecording();
        }
        return recording;
    }

    /// The call that `incomingCallContext` stands for.
    ///
    /// @throws Refusal when it is not one of ours, or too old
    public ServerCallId incomingCall(Fields body) throws Refusal {
        IncomingCallContexts.Opened opened =
                installation
                        .contexts()
                        .open(body.requiredText("incomingCallContext"))
                        .orElseThrow(() ->
                                body.invalid("incomingCallContext", "is none of this service"));
        if (opened.expiresAt().isBefore(installation.now())) {
            throw body.invalid("incomingCallContext", "has expired");
        }
        return opened.call();
    }

    /// A bucket of the application's own for a recording.
    ///
    /// @throws Refusal when the settings do not name it
    public URI container(Fields storage) throws Refusal {
        String name = "recordingDestinationContainerUrl";
        URI url = storage.requiredWebUri(name);
        if (!installation.containers().test(url)) {
            throw storage.invalid(name, "is not in, or below, recordings.containers");
        }
        return url;
    }

    /// An id for what this request begins; the same for every retry of it.
    public OperationId operationId() {
        return new OperationId(commandId.value());
    }

    public String parameter(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the path has no " + name);
        }
        return value;
    }

    private static Refusal unknownRecording() {
        return new Refusal(CallError.RECORDING_NOT_FOUND, CallError.RECORDING_NOT_FOUND.message());
    }

    private static Refusal unknownCall() {
        return new Refusal(CallError.CALL_NOT_FOUND, CallError.CALL_NOT_FOUND.message());
    }
}

package io.strowger.gateway.core.api;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.call.CallCommand;
import io.strowger.gateway.core.current.CreateCallEndpoint;
import io.strowger.gateway.core.current.IncomingCallEndpoints;
import io.strowger.gateway.core.current.MediaStreaming;
import io.strowger.gateway.core.current.Transcription;
import java.util.List;
import java.util.stream.Stream;

/// Requests that bring an application into a call, with options of a stream.
///
/// @param member of the request, e.g. `mediaStreamingOptions`
record StreamBodies(String member) {
    CallCommand.CreateCall create(ApiVersion version, String options) throws Exception {
        return assertInstanceOf(
                CallCommand.CreateCall.class,
                Bodies.read(new CreateCallEndpoint(), version, creation(options)));
    }

    CallCommand.Answer answer(String options) throws Exception {
        String context = Bodies.CONTEXTS.seal(Bodies.CALL, Bodies.NOW.plusSeconds(30));
        return assertInstanceOf(
                CallCommand.Answer.class,
                ask(
                        ApiOperation.ANSWER_CALL,
                        body("'incomingCallContext':'" + context + "'", options)));
    }

    CallCommand.Join join(String options) throws Exception {
        return assertInstanceOf(
                CallCommand.Join.class,
                ask(
                        ApiOperation.CONNECT,
                        body("'callLocator':{'serverCallId':'" + Bodies.CALL + "'}", options)));
    }

    void assertRefused(String message, String options) {
        Bodies.assertRefused(
                "Invalid " + member + "." + message,
                new CreateCallEndpoint(),
                ApiVersion.V2026_03_12,
                creation(options));
    }

    private String creation(String options) {
        return body("'targets':[{'rawId':'8:acs:a_b'}]", options);
    }

    private String body(String what, String options) {
        return "{%s,'callbackUri':'https://app.example/e','%s':{%s}}"
                .formatted(what, member, options);
    }

    static CallCommand ask(ApiOperation operation, String body) throws Exception {
        return Bodies.read(endpoint(operation), ApiVersion.V2026_03_12, body);
    }

    static Endpoint<?> endpoint(ApiOperation operation) {
        return Stream.of(MediaStreaming.all(), Transcription.all(), IncomingCallEndpoints.all())
                .flatMap(List::stream)
                .filter(one -> one.operation() == operation)
                .findFirst()
                .orElseThrow();
    }
}

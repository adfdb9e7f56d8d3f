package io.strowger.gateway.core.current;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallCommand.RejectReason;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.FunctionEndpoint;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.util.List;
import java.util.Set;

/// Calls that somebody else began: taken, passed on, refused, joined.
public final class IncomingCallEndpoints {
    private static final Set<String> OTHER_LOCATORS = Set.of("groupCallLocator", "roomCallLocator");

    private IncomingCallEndpoints() {}

    public static List<Endpoint<?>> all() {
        return List.of(
                new FunctionEndpoint<>(
                        ApiOperation.ANSWER_CALL,
                        Described.class,
                        IncomingCallEndpoints::answer,
                        IncomingCallEndpoints::described),
                FunctionEndpoint.silent(
                        ApiOperation.REDIRECT_CALL, 204, IncomingCallEndpoints::redirect),
                FunctionEndpoint.silent(
                        ApiOperation.REJECT_CALL, 204, IncomingCallEndpoints::reject),
                new FunctionEndpoint<>(
                        ApiOperation.CONNECT,
                        Described.class,
                        IncomingCallEndpoints::connect,
                        IncomingCallEndpoints::described));
    }

    private static ApiResponse described(ApiCall call, Described answer) {
        return new ApiResponse(200, CallDialect.properties(call.version(), answer.properties()));
    }

    private static CallCommand answer(ApiCall call) throws Refusal {
        Fields body = call.fields();
        Unserved.refuseFeaturesOfCreate(call.version(), body);
        ServerCallId incoming = call.incomingCall(body);
        Identifier answeredBy = Identifiers.user(body, "answeredBy");
        return new CallCommand.Answer(
                incoming,
                body.requiredWebUri("callbackUri"),
                body.text("operationContext"),
                answeredBy,
                MediaStreaming.options(call.version(), body),
                Transcription.options(call.version(), body));
    }

    private static CallCommand redirect(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ServerCallId incoming = call.incomingCall(body);
        return new CallCommand.Redirect(
                incoming, Identifiers.dialable(body.requiredObject("target")));
    }

    private static CallCommand reject(ApiCall call) throws Refusal {
        Fields body = call.fields();
        ServerCallId incoming = call.incomingCall(body);
        String reason = body.text("callRejectReason");
        return new CallCommand.Reject(
                incoming,
                switch (reason == null ? "none" : reason) {
                    case "none" -> RejectReason.NONE;
                    case "busy" -> RejectReason.BUSY;
                    case "forbidden" -> RejectReason.FORBIDDEN;
                    default ->
                            throw body.invalid(
                                    "callRejectReason", "must be none, busy or forbidden");
                });
    }

    private static CallCommand connect(ApiCall call) throws Refusal {
        Fields body = call.fields();
        Unserved.refuseFeaturesOfCreate(call.version(), body);
        Fields locator = body.requiredObject("callLocator");
        String kind = locator.text("kind");
        if (kind != null && OTHER_LOCATORS.contains(kind)) {
            throw Refusal.unsupported("callLocator " + kind);
        }
        if (kind != null && !kind.equals("serverCallLocator")) {
            throw locator.invalid("kind", "must be serverCallLocator");
        }
        ServerCallId server = call.serverCall(locator.requiredText("serverCallId"));
        return new CallCommand.Join(
                server,
                body.requiredWebUri("callbackUri"),
                null,
                body.text("operationContext"),
                Set.of(),
                MediaStreaming.options(call.version(), body),
                Transcription.options(call.version(), body));
    }
}

package io.strowger.gateway.core.preview;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.gateway.core.api.ApiCall;
import io.strowger.gateway.core.api.ApiOperation;
import io.strowger.gateway.core.api.ApiResponse;
import io.strowger.gateway.core.api.Endpoint;
import io.strowger.gateway.core.api.Fields;
import io.strowger.gateway.core.api.Identifiers;
import io.strowger.gateway.core.api.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Places a call; answers its id alone.
public final class PreviewCreateCallEndpoint implements Endpoint<Described> {
    private static final int MOST_TARGETS = 350;

    @Override
    public ApiOperation operation() {
        return ApiOperation.PREVIEW_CREATE_CALL;
    }

    @Override
    public CallCommand command(ApiCall call) throws Refusal {
        Fields body = call.fields();
        refuseVideo(body);
        Identifier source = Identifiers.read(body.requiredObject("source"));
        List<Identifier> targets =
                Identifiers.dialables(body.requiredObjects("targets", MOST_TARGETS));
        body.text("subject");
        return new CallCommand.CreateCall(
                call.newCall().get().connection(1),
                targets,
                source,
                Identifiers.number(body, "alternateCallerId"),
                null,
                body.requiredWebUri("callbackUri"),
                null,
                call.commandId().value(),
                events(body));
    }

    private static void refuseVideo(Fields body) throws Refusal {
        for (String type : body.texts("requestedMediaTypes")) {
            switch (type) {
                case "audio" -> {
                    // What every call has.
                }
                case "video" -> throw Refusal.unsupported("requestedMediaTypes video");
                default -> throw body.invalid("requestedMediaTypes", "must name audio or video");
            }
        }
    }

    private static Set<RequestedEvent> events(Fields body) throws Refusal {
        Set<RequestedEvent> events = EnumSet.noneOf(RequestedEvent.class);
        for (String name : body.texts("requestedCallEvents")) {
            events.add(
                    switch (name) {
                        case "participantsUpdated" -> RequestedEvent.PARTICIPANTS_UPDATED;
                        case "dtmfReceived" -> RequestedEvent.DTMF_RECEIVED;
                        default ->
                                throw body.invalid(
                                        "requestedCallEvents",
                                        "must name participantsUpdated or dtmfReceived");
                    });
        }
        return events;
    }

    @Override
    public Class<Described> answers() {
        return Described.class;
    }

    @Override
    public ApiResponse response(ApiCall call, Described answer) {
        return new ApiResponse(
                201, Map.of("callConnectionId", answer.properties().connection().toString()));
    }
}

package io.strowger.gateway.shell.http.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Described;
import io.strowger.contracts.call.CallReply.OperationStarted;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.RequestedEvent;
import io.strowger.contracts.id.OperationId;
import io.strowger.gateway.shell.http.json.Fields;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Refusal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The operations of the 2021 preview.
public final class Preview2021 {
    private static final int MAX_WORD = 64;

    private Preview2021() {}

    /// `POST /calling/callConnections`.
    public static final class Create implements Operation {
        @Override
        public CallCommand command(ApiRequest request) throws Refusal {
            Fields body = Fields.of(request.body());
            Identifier source = Identifiers.read(body.object("source"));
            return new CallCommand.CreateCall(
                    CreateCall.newCall(request).connection(1),
                    CreateCall.targets(body),
                    source,
                    Identifiers.optionalNumber(body, "alternateCallerId"),
                    body.optionalText("subject", CreateCall.MAX_NAME),
                    body.webUri("callbackUri"),
                    null,
                    request.randomId().get(),
                    requestedEvents(body));
        }

        @Override
        public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
            var properties = ((Described) answer).properties();
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("callConnectionId", properties.connection().toString());
            return new ApiResponse(201, json, properties.correlationId());
        }
    }

    static Set<RequestedEvent> requestedEvents(Fields body) throws Refusal {
        Set<RequestedEvent> events = EnumSet.noneOf(RequestedEvent.class);
        for (String word : body.texts("requestedCallEvents", MAX_WORD)) {
            switch (word) {
                case "participantsUpdated" -> events.add(RequestedEvent.PARTICIPANTS_UPDATED);
                case "dtmfReceived" -> events.add(RequestedEvent.DTMF_RECEIVED);
                default ->
                        throw body.wrong(
                                "requestedCallEvents",
                                "has '"
                                        + word
                                        + "': participantsUpdated and dtmfReceived are known");
            }
        }
        return events;
    }

    /// `POST /calling/callConnections/{id}/:playAudio`.
    public static final class PlayAudio implements Operation {
        @Override
        public CallCommand command(ApiRequest request) throws Refusal {
            Fields body = Fields.of(request.body());
            return new CallCommand.Play(
                    request.connection(),
                    new OperationId(request.randomId().get()),
                    List.of(
                            new PlaySource.FileSource(
                                    body.mediaUri("audioFileUri"),
                                    body.optionalText("audioFileId", CreateCall.MAX_NAME))),
                    List.of(),
                    body.flag("loop", false),
                    false,
                    body.optionalText("operationContext", CreateCall.MAX_CONTEXT),
                    body.optionalWebUri("callbackUri"));
        }

        @Override
        public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
            return ApiResponse.of(202, operation((OperationStarted) answer, "running"));
        }
    }

    /// `POST /calling/callConnections/{id}/:cancelAllMediaOperations`.
    public static final class CancelAllMediaOperations implements Operation {
        @Override
        public CallCommand command(ApiRequest request) throws Refusal {
            return new CallCommand.CancelAllMedia(
                    request.connection(),
                    new OperationId(request.randomId().get()),
                    Fields.ofOptional(request.body())
                            .optionalText("operationContext", CreateCall.MAX_CONTEXT));
        }

        @Override
        public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
            return ApiResponse.of(200, operation((OperationStarted) answer, "completed"));
        }
    }

    private static ObjectNode operation(OperationStarted started, String status) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("operationId", started.operationId().toString());
        json.put("status", status);
        if (started.operationContext() != null) {
            json.put("operationContext", started.operationContext());
        }
        return json;
    }
}

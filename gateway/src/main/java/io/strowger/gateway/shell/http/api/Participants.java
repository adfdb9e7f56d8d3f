package io.strowger.gateway.shell.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.call.CallCommand;
import io.strowger.contracts.call.CallReply.Answer;
import io.strowger.contracts.call.CallReply.Found;
import io.strowger.contracts.call.CallReply.Roster;
import io.strowger.contracts.call.Participant;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Refusal;

/// Who is in a call: the list, and one of them.
public final class Participants {
    private Participants() {}

    /// `GET /calling/callConnections/{id}/participants`.
    public static final class ListAll implements Operation {
        @Override
        public CallCommand command(ApiRequest request) throws Refusal {
            return new CallCommand.ListParticipants(request.connection());
        }

        @Override
        public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode value = json.putArray("value");
            ((Roster) answer).participants().forEach(one -> value.add(write(request, one)));
            return ApiResponse.of(200, json);
        }
    }

    /// `GET /calling/callConnections/{id}/participants/{rawId}`.
    public static final class GetOne implements Operation {
        @Override
        public CallCommand command(ApiRequest request) throws Refusal {
            return new CallCommand.GetParticipant(
                    request.connection(), Identifier.ofRawId(request.parameters().get(1)));
        }

        @Override
        public ApiResponse response(ApiRequest request, CallCommand command, Answer answer) {
            return ApiResponse.of(200, write(request, ((Found) answer).participant()));
        }
    }

    static ObjectNode write(ApiRequest request, Participant participant) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("identifier", Identifiers.write(participant.identifier()));
        json.put("isMuted", participant.isMuted());
        if (request.version().isAtLeast(ApiVersion.V2024_09_15)) {
            json.put("isOnHold", participant.isOnHold());
        }
        return json;
    }
}

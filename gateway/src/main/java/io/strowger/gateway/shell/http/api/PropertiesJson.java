package io.strowger.gateway.shell.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.call.CallProperties;
import io.strowger.gateway.shell.http.json.Identifiers;
import io.strowger.gateway.shell.http.json.Words;

/// CallConnectionProperties.
final class PropertiesJson {
    private PropertiesJson() {}

    static ObjectNode write(CallProperties properties) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("callConnectionId", properties.connection().toString());
        json.put("serverCallId", properties.connection().call().toString());
        ArrayNode targets = json.putArray("targets");
        properties.targets().forEach(target -> targets.add(Identifiers.write(target)));
        json.put("callConnectionState", Words.state(properties.state()));
        json.put("callbackUri", properties.callbackUri().toString());
        var source = properties.source();
        if (source != null) {
            json.set("source", Identifiers.write(source));
        }
        var callerId = properties.callerId();
        if (callerId != null) {
            json.set("sourceCallerIdNumber", Identifiers.write(callerId).get("phoneNumber"));
        }
        if (properties.sourceDisplayName() != null) {
            json.put("sourceDisplayName", properties.sourceDisplayName());
        }
        return json.put("correlationId", properties.correlationId().toString());
    }
}

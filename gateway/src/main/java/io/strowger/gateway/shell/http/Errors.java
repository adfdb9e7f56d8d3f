package io.strowger.gateway.shell.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.CallError;

/// The body of every refusal, in both API lines.
final class Errors {
    private Errors() {}

    /// `{"error":{"code","message"}}`
    static ObjectNode body(String code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message);
        return json;
    }

    static ObjectNode body(CallError error, String detail) {
        return body(error.code(), detail.isBlank() ? error.message() : detail);
    }
}

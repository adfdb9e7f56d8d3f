package io.strowger.gateway.shell.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.ApiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The OpenAPI 3.1 document of exactly what is served: paths from the endpoints, their texts and
/// schemas from `openapi.json` of this module, keyed by the endpoint's id.
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    /// @throws IllegalStateException when an endpoint is not described
    static JsonNode document() {
        ObjectNode base = base();
        JsonNode operations = base.remove("x-operations");
        ObjectNode paths = base.putObject("paths");
        for (Endpoint endpoint : Endpoints.ALL) {
            JsonNode described = operations.get(endpoint.id());
            if (described == null) {
                throw new IllegalStateException(endpoint.id() + " is not described");
            }
            String template = unique(paths, endpoint);
            ObjectNode path = paths.withObjectProperty(template);
            path.set(
                    endpoint.method().toLowerCase(java.util.Locale.ROOT),
                    operation(endpoint, described));
        }
        return base;
    }

    /// Both lines have `POST /calling/callConnections`: OpenAPI tells operations of one path apart
    /// by method only, so the second is listed with its version in the path's query.
    private static String unique(ObjectNode paths, Endpoint endpoint) {
        boolean taken =
                paths.path(endpoint.template())
                        .has(endpoint.method().toLowerCase(java.util.Locale.ROOT));
        return taken
                ? endpoint.template() + "?api-version=2021-08-30-preview"
                : endpoint.template();
    }

    private static ObjectNode operation(Endpoint endpoint, JsonNode described) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", endpoint.id());
        operation.put("summary", described.path("summary").asText());
        operation.putArray("tags").add(endpoint.isPreview2021() ? "2021 preview" : "current line");
        var parameters = operation.putArray("parameters");
        Matcher parameter = PARAMETER.matcher(endpoint.template());
        while (parameter.find()) {
            parameters
                    .addObject()
                    .put("name", parameter.group(1))
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        ObjectNode version =
                parameters
                        .addObject()
                        .put("name", "api-version")
                        .put("in", "query")
                        .put("required", true);
        var values = version.putObject("schema").put("type", "string").putArray("enum");
        Arrays.stream(ApiVersion.values())
                .filter(endpoint::isServedIn)
                .forEach(one -> values.add(one.wire()));
        if (described.has("request")) {
            body(operation.putObject("requestBody"), described.path("request").asText());
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode success = responses.putObject(described.path("status").asText());
        success.put("description", described.path("success").asText("Done."));
        if (described.has("response")) {
            body(success, described.path("response").asText());
        }
        body(
                responses.putObject("default").put("description", "Refused."),
                "CommunicationErrorResponse");
        return operation;
    }

    private static void body(ObjectNode at, String schema) {
        at.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schema);
    }

    private static ObjectNode base() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/openapi-base.json")) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("the document is part of the program", e);
        }
    }
}

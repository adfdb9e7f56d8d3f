package io.strowger.gateway.core.api;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.CallError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which operation a request line asks for.
public sealed interface Resolution {
    /// @param parameters of the path, decoded
    record Found(ApiOperation operation, Map<String, String> parameters) implements Resolution {}

    /// The path exists, the method does not.
    ///
    /// @param allowed methods, comma-separated: the value of `Allow`
    record WrongMethod(String allowed) implements Resolution {}

    /// @param detail for the caller
    record Refused(CallError error, String detail) implements Resolution {}

    /// @param path as it stands in the request line, without the query
    static Resolution of(ApiVersion version, String method, String path) {
        Optional<List<String>> decoded = segments(path);
        if (decoded.isEmpty()) {
            return new Refused(CallError.INVALID_REQUEST, "The path is not well-formed.");
        }
        List<String> segments = decoded.get();
        TreeSet<String> allowed = new TreeSet<>();
        Optional<Resolution> otherwise = Optional.empty();
        for (ApiOperation operation : ApiOperation.values()) {
            Optional<Map<String, String>> parameters = operation.template().match(segments);
            if (parameters.isEmpty()) {
                continue;
            }
            boolean sameLine = operation.since().isPreview2021() == version.isPreview2021();
            boolean sameMethod = operation.method().equals(method);
            if (sameLine && sameMethod) {
                return version.isAtLeast(operation.since())
                        ? new Found(operation, parameters.get())
                        : newer(version, operation);
            }
            if (sameLine) {
                allowed.add(operation.method());
            } else if (otherwise.isEmpty() || sameMethod) {
                otherwise = Optional.of(otherLine(version, operation));
            }
        }
        if (!allowed.isEmpty()) {
            return new WrongMethod(String.join(", ", allowed));
        }
        return otherwise.orElse(
                new Refused(CallError.NOT_FOUND, "There is no operation at " + path + "."));
    }

    private static Refused newer(ApiVersion version, ApiOperation operation) {
        return new Refused(
                CallError.INVALID_REQUEST,
                operation.template()
                        + " came with api-version "
                        + operation.since().wire()
                        + "; the request asks for "
                        + version.wire()
                        + ".");
    }

    private static Refused otherLine(ApiVersion version, ApiOperation operation) {
        return new Refused(
                CallError.INVALID_REQUEST,
                operation.method()
                        + " "
                        + operation.template()
                        + " belongs to the API "
                        + (version.isPreview2021() ? "from 2023-03-06 on" : "of the 2021 previews")
                        + "; the request asks for api-version "
                        + version.wire()
                        + ".");
    }

    private static Optional<List<String>> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            try {
                // A plus is a plus in a path, so it is hidden from the form decoder.
                segments.add(
                        part.indexOf('%') < 0
                                ? part
                                : URLDecoder.decode(
                                        part.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }
        return Optional.of(segments);
    }
}

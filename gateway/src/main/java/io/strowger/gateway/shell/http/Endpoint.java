package io.strowger.gateway.shell.http;

import io.strowger.contracts.api.ApiVersion;
import io.strowger.gateway.shell.http.api.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address that is served: method, path, the versions that know it, what is done.
///
/// @param id of the operation, in documents and metrics
/// @param template e.g. `/calling/callConnections/{callConnectionId}:play`
/// @param since first version that has it; of the 2021 preview: only that line has it
record Endpoint(
        String id,
        String method,
        String template,
        ApiVersion since,
        Operation operation,
        Pattern pattern) {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

    static Endpoint of(
            String id, String method, String template, ApiVersion since, Operation operation) {
        return new Endpoint(id, method, template, since, operation, pattern(template));
    }

    /// A parameter reaches up to the last colon or to the next slash.
    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher parameter = PARAMETER.matcher(template);
        int from = 0;
        while (parameter.find()) {
            regex.append(Pattern.quote(template.substring(from, parameter.start())));
            regex.append("([^/]+)");
            from = parameter.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(template.substring(from))).toString());
    }

    /// The decoded parameters of a raw path of this template.
    Optional<List<String>> match(String rawPath) {
        Matcher matcher = pattern.matcher(rawPath);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> parameters = new ArrayList<>();
        try {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                parameters.add(
                        URLDecoder.decode(
                                matcher.group(group).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException badPercent) {
            return Optional.empty();
        }
        return Optional.of(parameters);
    }

    boolean isPreview2021() {
        return since.isPreview2021();
    }

    boolean isServedIn(ApiVersion version) {
        return version.isPreview2021() == isPreview2021() && version.isAtLeast(since);
    }
}

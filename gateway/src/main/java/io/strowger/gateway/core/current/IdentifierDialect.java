package io.strowger.gateway.core.current;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.Other;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.Map;

/// People as responses name them: always with `rawId` and `kind`, and with the one object of that
/// kind.
final class IdentifierDialect {
    private static final Map<String, String> TEAMS_CLOUDS =
            Map.of("8:orgid:", "public", "8:dod:", "dod", "8:gcch:", "gcch");
    private static final String TEAMS_VISITOR = "8:teamsvisitor:";

    private IdentifierDialect() {}

    static Map<String, Object> write(Identifier identifier) {
        return switch (identifier) {
            case CommunicationUser(var id) ->
                    json("communicationUser", identifier, Map.of("id", id));
            case PhoneNumber(var value) ->
                    json("phoneNumber", identifier, Map.of("value", number(value)));
            case Other(var rawId) -> other(identifier, rawId);
        };
    }

    private static Map<String, Object> other(Identifier identifier, String rawId) {
        int nameAt = rawId.indexOf(':', 2) + 1;
        String prefix = rawId.substring(0, nameAt);
        String name = rawId.substring(nameAt);
        boolean visitor = prefix.equals(TEAMS_VISITOR);
        String cloud = visitor ? "public" : TEAMS_CLOUDS.get(prefix);
        if (cloud == null) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", "unknown");
            json.put("rawId", rawId);
            return json;
        }
        return json(
                "microsoftTeamsUser",
                identifier,
                Map.of("userId", name, "isAnonymous", visitor, "cloud", cloud));
    }

    private static Map<String, Object> json(
            String kind, Identifier identifier, Map<String, Object> object) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind);
        json.put("rawId", identifier.rawId());
        json.put(kind, object);
        return json;
    }

    /// Without the text that tells apart two legs of one number.
    private static String number(String value) {
        int mark = value.indexOf('_');
        return mark < 0 ? value : value.substring(0, mark);
    }
}

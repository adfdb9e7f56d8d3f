package io.strowger.dispatcher.shell.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.strowger.contracts.api.ApiVersion;
import io.strowger.contracts.api.Identifier;
import java.io.IOException;
import java.util.Map;

/// Identifiers in events, as each API version writes them.
final class IdentifierJson {
    private static final Map<String, String> TEAMS_USERS =
            Map.of("8:orgid:", "public", "8:dod:", "dod", "8:gcch:", "gcch");
    private static final Map<String, String> TEAMS_APPS =
            Map.of("28:orgid:", "public", "28:dod:", "dod", "28:gcch:", "gcch");
    private static final String TEAMS_VISITOR = "8:teamsvisitor:";

    private IdentifierJson() {}

    /// The value of a field: an object with `rawId`, from 2023 on `kind`, and the one nested object
    /// of its kind.
    static void write(JsonGenerator json, Identifier identifier, ApiVersion version)
            throws IOException {
        json.writeStartObject();
        boolean withKind = !version.isPreview2021();
        switch (identifier) {
            case Identifier.CommunicationUser(var id) -> {
                begin(json, withKind, "communicationUser", id);
                json.writeObjectFieldStart("communicationUser");
                json.writeStringField("id", id);
                json.writeEndObject();
            }
            case Identifier.PhoneNumber(var value) -> {
                begin(json, withKind, "phoneNumber", identifier.rawId());
                json.writeObjectFieldStart("phoneNumber");
                json.writeStringField("value", value);
                if (version.isAtLeast(ApiVersion.V2025_06_15)) {
                    json.writeBooleanField("isAnonymous", value.equals("anonymous"));
                }
                json.writeEndObject();
            }
            case Identifier.Other(var rawId) -> other(json, withKind, rawId);
        }
        json.writeEndObject();
    }

    private static void other(JsonGenerator json, boolean withKind, String rawId)
            throws IOException {
        int idAt = rawId.indexOf(':', rawId.indexOf(':') + 1) + 1;
        String prefix = rawId.substring(0, idAt);
        String id = rawId.substring(idAt);
        String cloud = TEAMS_USERS.get(prefix);
        String appCloud = TEAMS_APPS.get(prefix);
        if (cloud != null || prefix.equals(TEAMS_VISITOR)) {
            begin(json, withKind, "microsoftTeamsUser", rawId);
            json.writeObjectFieldStart("microsoftTeamsUser");
            json.writeStringField("userId", id);
            json.writeBooleanField("isAnonymous", cloud == null);
            json.writeStringField("cloud", cloud == null ? "public" : cloud);
            json.writeEndObject();
        } else if (appCloud != null && withKind) {
            begin(json, true, "microsoftTeamsApp", rawId);
            json.writeObjectFieldStart("microsoftTeamsApp");
            json.writeStringField("appId", id);
            json.writeStringField("cloud", appCloud);
            json.writeEndObject();
        } else {
            begin(json, withKind, "unknown", rawId);
        }
    }

    private static void begin(JsonGenerator json, boolean withKind, String kind, String rawId)
            throws IOException {
        if (withKind) {
            json.writeStringField("kind", kind);
        }
        json.writeStringField("rawId", rawId);
    }
}

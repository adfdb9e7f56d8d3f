package io.strowger.gateway.core.api;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.Other;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads people as requests name them: a raw id, or one object that says the kind, or both when
/// they agree.
public final class Identifiers {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,32}");
    private static final Pattern USER = Pattern.compile("8:[a-z-]{1,16}:[A-Za-z0-9_.~-]{1,256}");
    private static final List<String> OBJECTS =
            List.of(
                    "communicationUser",
                    "phoneNumber",
                    "microsoftTeamsUser",
                    "microsoftTeamsApp",
                    "teamsExtensionUser");

    private Identifiers() {}

    public static Identifier read(Fields json) throws Refusal {
        List<String> present = OBJECTS.stream().filter(json::has).toList();
        if (present.size() > 1) {
            throw json.invalid(present.get(1), "cannot stand beside " + present.get(0));
        }
        String rawId = json.text("rawId");
        String kind = json.text("kind");
        if (present.isEmpty()) {
            if (rawId == null || rawId.isBlank()) {
                throw json.invalid("rawId", "is required where no object says who is meant");
            }
            return Identifier.ofRawId(rawId);
        }
        String object = present.getFirst();
        if (kind != null && !kind.equals(object)) {
            throw json.invalid("kind", "does not agree with " + object);
        }
        Identifier identifier = nested(object, json.requiredObject(object), rawId);
        if (rawId != null && !agrees(rawId, identifier)) {
            throw json.invalid("rawId", "does not agree with " + object);
        }
        return identifier;
    }

    /// Someone who can be rung: a phone number or a communication user.
    public static Identifier dialable(Fields json) throws Refusal {
        Identifier identifier = read(json);
        boolean sound =
                switch (identifier) {
                    case PhoneNumber(var value) -> NUMBER.matcher(value).matches();
                    case CommunicationUser(var id) -> USER.matcher(id).matches();
                    case Other _ -> false;
                };
        if (!sound) {
            throw json.invalid("rawId", "must be a phone number or a communication user to call");
        }
        return identifier;
    }

    public static List<Identifier> readAll(List<Fields> array) throws Refusal {
        List<Identifier> identifiers = new ArrayList<>();
        for (Fields json : array) {
            identifiers.add(read(json));
        }
        return identifiers;
    }

    public static List<Identifier> dialables(List<Fields> array) throws Refusal {
        List<Identifier> identifiers = new ArrayList<>();
        for (Fields json : array) {
            identifiers.add(dialable(json));
        }
        return identifiers;
    }

    /// A bare number `{value}`, e.g. a caller id.
    public static @Nullable PhoneNumber number(Fields parent, String name) throws Refusal {
        Fields json = parent.object(name);
        if (json == null) {
            return null;
        }
        String value = json.requiredText("value");
        if (!NUMBER.matcher(value).matches()) {
            throw json.invalid("value", "must be a phone number");
        }
        return new PhoneNumber(value);
    }

    /// A bare user `{id}`.
    public static @Nullable Identifier user(Fields parent, String name) throws Refusal {
        Fields json = parent.object(name);
        return json == null ? null : Identifier.ofRawId(json.requiredText("id"));
    }

    private static Identifier nested(String kind, Fields json, @Nullable String rawId)
            throws Refusal {
        return switch (kind) {
            case "communicationUser" -> new CommunicationUser(json.requiredText("id"));
            case "phoneNumber" -> phone(json.requiredText("value"), rawId);
            case "microsoftTeamsUser" ->
                    json.flag("isAnonymous", false)
                            ? new Other("8:teamsvisitor:" + json.requiredText("userId"))
                            : new Other("8:" + cloud(json) + ":" + json.requiredText("userId"));
            case "microsoftTeamsApp" ->
                    new Other("28:" + cloud(json) + ":" + json.requiredText("appId"));
            default ->
                    new CommunicationUser(
                            "8:acs:"
                                    + json.requiredText("resourceId")
                                    + "_"
                                    + json.requiredText("tenantId")
                                    + "_"
                                    + json.requiredText("userId"));
        };
    }

    /// A number that is in a call twice has a text of its own behind it in the raw id.
    private static Identifier phone(String value, @Nullable String rawId) {
        return rawId != null && rawId.startsWith("4:" + value + "_")
                ? Identifier.ofRawId(rawId)
                : new PhoneNumber(value);
    }

    private static boolean agrees(String rawId, Identifier identifier) {
        return rawId.equals(identifier.rawId());
    }

    private static String cloud(Fields json) throws Refusal {
        String cloud = Optional.ofNullable(json.text("cloud")).orElse("public");
        String prefix = Map.of("public", "orgid", "dod", "dod", "gcch", "gcch").get(cloud);
        if (prefix == null) {
            throw json.invalid("cloud", "must be public, dod or gcch");
        }
        return prefix;
    }
}

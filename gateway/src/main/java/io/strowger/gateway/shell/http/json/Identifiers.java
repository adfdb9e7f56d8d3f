package io.strowger.gateway.shell.http.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.contracts.api.Identifier.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads and writes CommunicationIdentifierModel. Requests may leave out `kind` and `rawId`; at
/// most one nested object says who it is.
public final class Identifiers {
    private static final int MAX_LENGTH = 256;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{2,20}");
    private static final List<String> TEAMS =
            List.of("microsoftTeamsUser", "microsoftTeamsApp", "teamsExtensionUser");

    private Identifiers() {}

    /// Reads an identifier.
    ///
    /// @param at the object itself
    public static Identifier read(Fields at) throws Refusal {
        List<Identifier> said = new ArrayList<>();
        Fields number = at.optionalObject("phoneNumber");
        if (number != null) {
            said.add(number(number, "value"));
        }
        Fields user = at.optionalObject("communicationUser");
        if (user != null) {
            said.add(user(user));
        }
        for (String kind : TEAMS) {
            if (at.has(kind)) {
                throw at.wrong(kind, "is a kind of participant that Strowger cannot reach");
            }
        }
        if (said.size() > 1) {
            throw Refusal.invalid("An identifier has one of phoneNumber and communicationUser.");
        }
        String rawId = at.optionalText("rawId", MAX_LENGTH);
        if (said.isEmpty()) {
            if (rawId == null || rawId.isBlank()) {
                throw at.missing("rawId");
            }
            return ofRawId(at, rawId);
        }
        Identifier identifier = said.getFirst();
        if (rawId != null && !rawId.isEmpty() && !rawId.equals(identifier.rawId())) {
            throw at.wrong("rawId", "says somebody else than the nested object");
        }
        return identifier;
    }

    private static Identifier ofRawId(Fields at, String rawId) throws Refusal {
        Identifier identifier = Identifier.ofRawId(rawId);
        if (identifier instanceof PhoneNumber(var value) && !isNumber(value)) {
            throw at.wrong("rawId", "has no phone number behind '4:'");
        }
        return identifier;
    }

    /// `{value}` of a phone number.
    public static PhoneNumber number(Fields at, String name) throws Refusal {
        String value = at.text(name, MAX_LENGTH);
        if (!isNumber(value)) {
            throw at.wrong(name, "must be a phone number such as +15550100001");
        }
        return new PhoneNumber(value);
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches() || value.equals("anonymous");
    }

    /// `{id}` of a communication user.
    public static CommunicationUser user(Fields at) throws Refusal {
        String id = at.text("id", MAX_LENGTH);
        if (!id.startsWith("8:")) {
            throw at.wrong("id", "must be a communication user's id such as 8:acs:...");
        }
        return new CommunicationUser(id);
    }

    public static List<Identifier> readAll(Fields at, String name, int most) throws Refusal {
        List<Identifier> all = new ArrayList<>();
        for (Fields one : at.objects(name, most)) {
            all.add(read(one));
        }
        return all;
    }

    /// A number in `{value}` under `name`, if there.
    public static @Nullable PhoneNumber optionalNumber(Fields at, String name) throws Refusal {
        Fields object = at.optionalObject(name);
        return object == null ? null : number(object, "value");
    }

    public static ObjectNode write(Identifier identifier) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (identifier) {
            case PhoneNumber(var value) -> {
                json.put("kind", "phoneNumber").put("rawId", identifier.rawId());
                json.putObject("phoneNumber").put("value", value);
            }
            case CommunicationUser(var id) -> {
                json.put("kind", "communicationUser").put("rawId", identifier.rawId());
                json.putObject("communicationUser").put("id", id);
            }
            case Identifier.Other(var rawId) -> json.put("kind", "unknown").put("rawId", rawId);
        }
        return json;
    }
}

package io.strowger.contracts.api;

/// Who: a participant, caller or source, as the API names people. `rawId` is the one text form of
/// each.
public sealed interface Identifier {
    /// E.g. `4:+15550100001` or `8:acs:...`; never blank.
    String rawId();

    /// A communication user.
    ///
    /// @param id e.g. `8:acs:resource_user`
    record CommunicationUser(String id) implements Identifier {
        @Override
        public String rawId() {
            return id;
        }
    }

    /// A phone number.
    ///
    /// @param value E.164 with its plus sign, or `anonymous`
    record PhoneNumber(String value) implements Identifier {
        @Override
        public String rawId() {
            return "4:" + value;
        }
    }

    /// Any other kind of identifier (Teams users, applications, unknown): carried, never rung.
    record Other(String rawId) implements Identifier {}

    /// Reads any raw id; what is neither a number nor a communication user is [Other].
    static Identifier ofRawId(String rawId) {
        if (rawId.startsWith("4:") && rawId.length() > 2) {
            return new PhoneNumber(rawId.substring(2));
        }
        if (rawId.startsWith("8:acs:")
                || rawId.startsWith("8:spool:")
                || rawId.startsWith("8:dod-acs:")
                || rawId.startsWith("8:gcch-acs:")) {
            return new CommunicationUser(rawId);
        }
        return new Other(rawId);
    }
}

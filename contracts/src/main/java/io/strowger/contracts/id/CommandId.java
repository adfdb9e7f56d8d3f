package io.strowger.contracts.id;

import java.util.UUID;

/// One command; a repeated one gets the same answer and has no second effect.
public record CommandId(UUID value) {
    /// @throws IllegalArgumentException when `text` is no GUID
    public static CommandId parse(String text) {
        return new CommandId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

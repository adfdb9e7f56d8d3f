package io.strowger.contracts.id;

import java.util.UUID;

/// A play, recognize, add, transfer or record: has exactly one terminal event.
public record OperationId(UUID value) {
    /// @throws IllegalArgumentException when `text` is no GUID
    public static OperationId parse(String text) {
        return new OperationId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

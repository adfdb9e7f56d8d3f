package io.strowger.contracts.id;

/// One SIP dialog with its RTP session, inside one call.
///
/// @param ordinal 1..65535, unique in the call, never used again
public record LegId(int ordinal) {
    public LegId {
        if (ordinal < 1 || ordinal > 0xFFFF) {
            throw new IllegalArgumentException("leg ordinal out of 1..65535: " + ordinal);
        }
    }

    @Override
    public String toString() {
        return Integer.toString(ordinal);
    }
}

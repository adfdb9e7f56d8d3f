package io.strowger.phone;

/// Told what happens at a phone, on its threads: must not block.
public interface PhoneListener {
    /// A call came in and rings, or was refused by the settings.
    default void incoming(PhoneCall call) {}

    /// The far end rings.
    default void ringing(PhoneCall call) {}

    default void answered(PhoneCall call) {}

    default void keyHeard(PhoneCall call, char key) {}

    /// @param reason for people, e.g. `hung up by the far end`
    default void ended(PhoneCall call, String reason) {}

    /// @param status of the registrar's answer
    default void registered(int status) {}
}

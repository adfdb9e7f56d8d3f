package io.strowger.worker.core.sip;

/// One header of a message that leaves.
///
/// @param name as on the wire, e.g. `Session-Expires`
/// @param value without the name, one line
public record HeaderLine(String name, String value) {
    public HeaderLine {
        if (!SipText.isToken(name) || !SipText.isOneLine(value)) {
            throw new IllegalArgumentException("no header line: " + name);
        }
    }
}

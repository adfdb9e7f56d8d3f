package io.strowger.worker.shell.sip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/// Keeps no message log: messages carry numbers and credentials. Made by the library, by name.
public final class NoServerLog implements ServerLogger {
    @Override
    public void closeLogFile() {
        // There is none.
    }

    @Override
    public void logMessage(
            SIPMessage message, String from, String to, boolean sender, long timeMs) {
        // Not kept.
    }

    @Override
    public void logMessage(
            SIPMessage message,
            String from,
            String to,
            String status,
            boolean sender,
            long timeMs) {
        // Not kept.
    }

    @Override
    public void logMessage(
            SIPMessage message, String from, String to, String status, boolean sender) {
        // Not kept.
    }

    @Override
    public void logException(Exception failure) {
        // The stack logger has it.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // Needs none.
    }

    @Override
    public void setSipStack(SipStack stack) {
        // Needs none.
    }
}

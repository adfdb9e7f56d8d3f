package io.strowger.worker.shell.sip;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what the SIP library has to say to SLF4J. Peers can provoke its errors at will (garbage,
/// broken connections), so they are no more than DEBUG here. Made by the library, by name.
public final class Slf4jStackLogger implements StackLogger {
    private static final Logger LOG = LoggerFactory.getLogger("io.strowger.worker.sip.library");
    private final boolean enabled = LOG.isDebugEnabled();

    @Override
    public void logStackTrace() {
        // Asked for at trace levels that are never on.
    }

    @Override
    public void logStackTrace(int level) {
        // As above.
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable failure) {
        LOG.atDebug().setCause(failure).log("exception in the SIP library");
    }

    @Override
    public void logDebug(String message) {
        LOG.trace(message);
    }

    @Override
    public void logDebug(String message, Exception failure) {
        LOG.atTrace().setCause(failure).log(message);
    }

    @Override
    public void logTrace(String message) {
        LOG.trace(message);
    }

    @Override
    public void logFatalError(String message) {
        LOG.error(message);
    }

    @Override
    public void logError(String message) {
        LOG.debug(message);
    }

    @Override
    public void logError(String message, Exception failure) {
        LOG.atDebug().setCause(failure).log(message);
    }

    @Override
    public void logWarning(String message) {
        LOG.debug(message);
    }

    @Override
    public void logInfo(String message) {
        LOG.debug(message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return enabled;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return enabled && level <= LogLevels.TRACE_ERROR;
    }

    @Override
    public void disableLogging() {
        // SLF4J's configuration decides.
    }

    @Override
    public void enableLogging() {
        // SLF4J's configuration decides.
    }

    @Override
    public void setBuildTimeStamp(String stamp) {
        // Of no interest.
    }

    @Override
    public void setStackProperties(Properties properties) {
        // Needs none.
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}

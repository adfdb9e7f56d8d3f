package io.strowger.testsupport;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;

/// Logging is there before the first test: two that begin at once would find it half made.
public final class LoggingFirst implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var _ = LoggerFactory.getILoggerFactory();
    }
}

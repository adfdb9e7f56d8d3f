package io.strowger.runtime.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import io.strowger.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets logback up from the settings, without a file: everything to standard error, so that
/// standard output stays the commands' own.
public final class Logging {
    private static final String[] QUIET = {
        "org.apache.kafka",
        "kafka",
        "io.netty",
        "io.vertx",
        "state.change.logger",
        "javax.sip",
        "gov.nist",
        // Shows session tokens at DEBUG.
        "software.amazon.awssdk"
    };

    /// Warn of what is as it should be: a broker's first start, a topic that is being made.
    private static final String[] CHATTER = {
        "kafka.server.DefaultAutoTopicCreationManager",
        "org.apache.kafka.controller.QuorumController"
    };

    private Logging() {}

    public static void configure(Settings.Log settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(settings.format().equals("json") ? json(context) : text(context));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        Level level = Level.toLevel(settings.level());
        root.setLevel(level);
        for (String library : QUIET) {
            context.getLogger(library)
                    .setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        }
        for (String chatter : CHATTER) {
            context.getLogger(chatter).setLevel(Level.ERROR);
        }
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%d{HH:mm:ss.SSS} %-5level %-28.28logger{0} %msg %kvp%n");
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }
}

package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.stack.timers.ScheduledExecutorSipTimer;
import java.util.Properties;

/// How the SIP library is set up: two threads that call the listener, small receive buffers (each
/// transaction keeps its own for 32 s), dialogs left to us.
final class SipStackProperties {
    private static final String NIST = "gov.nist.javax.sip.";

    private SipStackProperties() {}

    static Properties named(String name) {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", name);
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty(NIST + "AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        properties.setProperty(NIST + "DELIVER_UNSOLICITED_NOTIFY", "true");
        properties.setProperty(NIST + "THREAD_POOL_SIZE", "2");
        properties.setProperty(NIST + "REENTRANT_LISTENER", "true");
        properties.setProperty(NIST + "MAX_MESSAGE_SIZE", "16384");
        properties.setProperty(NIST + "RECEIVE_UDP_BUFFER_SIZE", "4000000");
        properties.setProperty(NIST + "SEND_UDP_BUFFER_SIZE", "1000000");
        properties.setProperty(
                NIST + "TIMER_CLASS_NAME", ScheduledExecutorSipTimer.class.getName());
        properties.setProperty(NIST + "STACK_LOGGER", Slf4jStackLogger.class.getName());
        properties.setProperty(NIST + "SERVER_LOGGER", NoServerLog.class.getName());
        properties.setProperty(
                NIST + "MESSAGE_PARSER_FACTORY", SilentParserFactory.class.getName());
        properties.setProperty("javax.sip.ROUTER_PATH", HopRouter.class.getName());
        properties.setProperty(NIST + "NETWORK_LAYER", GuardedSockets.class.getName());
        // A request that nobody answers must not stay for ever. Says nothing about INVITEs.
        properties.setProperty(NIST + "MAX_TX_LIFETIME_NON_INVITE", "40");
        properties.setProperty(NIST + "TRACE_LEVEL", "0");
        properties.setProperty(NIST + "TLS_CLIENT_PROTOCOLS", "TLSv1.3,TLSv1.2");
        // Phones have no certificates; they prove who they are by digest.
        properties.setProperty(NIST + "TLS_CLIENT_AUTH_TYPE", "Disabled");
        properties.setProperty(NIST + "SSL_HANDSHAKE_TIMEOUT", "5000");
        properties.setProperty(NIST + "TCP_NODELAY", "true");
        properties.setProperty(NIST + "READ_TIMEOUT", "1000");
        properties.setProperty(NIST + "MAX_CONNECTIONS", "1000");
        return properties;
    }
}

package io.strowger.worker.core.sip;

import java.util.Locale;
import java.util.Optional;

/// A `sip:` URI as far as routing needs it (RFC 3261 19.1). A `sips:` one is read as the same with
/// `transport=tls`: what it says beyond, that every further hop is secure, is not ours to enforce.
///
/// @param user empty: none
/// @param host name or address; IPv6 in brackets
/// @param port 0: none given
/// @param parameters what follows the first `;`, without it; empty: none
public record SipUri(String user, String host, int port, String parameters) {
    private static final int LONGEST = 1000;

    /// Reads `sip:` and `sips:` URIs, with or without angle brackets; empty for everything else.
    public static Optional<SipUri> parse(String text) {
        String bare = text.strip();
        if (bare.startsWith("<") && bare.endsWith(">")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.length() > LONGEST
                || !SipText.isOneLine(bare)
                || !bare.regionMatches(true, 0, "sip", 0, 3)) {
            return Optional.empty();
        }
        boolean secure = bare.regionMatches(true, 3, "s:", 0, 2);
        if (!secure && bare.indexOf(':') != 3) {
            return Optional.empty();
        }
        String rest = cut(bare.substring(secure ? 5 : 4), '?');
        String address = rest.substring(rest.indexOf('@') + 1);
        String user = rest.indexOf('@') < 0 ? "" : rest.substring(0, rest.indexOf('@'));
        String hostPort = cut(address, ';');
        String parameters =
                hostPort.length() == address.length()
                        ? ""
                        : address.substring(hostPort.length() + 1);
        return withPort(user, hostPort, secure ? overTls(parameters) : parameters);
    }

    private static String overTls(String parameters) {
        StringBuilder all = new StringBuilder("transport=tls");
        for (String parameter : parameters.split(";")) {
            if (!parameter.isEmpty() && !isTransport(parameter)) {
                all.append(';').append(parameter);
            }
        }
        return all.toString();
    }

    private static boolean isTransport(String parameter) {
        return parameter.regionMatches(true, 0, "transport=", 0, 10);
    }

    private static Optional<SipUri> withPort(String user, String hostPort, String parameters) {
        int bracket = hostPort.indexOf(']');
        int colon = hostPort.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? hostPort : hostPort.substring(0, colon);
        if (host.isEmpty() || host.indexOf(' ') >= 0) {
            return Optional.empty();
        }
        try {
            int port = colon < 0 ? 0 : Integer.parseInt(hostPort.substring(colon + 1));
            return port < 0 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new SipUri(user, host, port, parameters));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String cut(String text, char at) {
        int end = text.indexOf(at);
        return end < 0 ? text : text.substring(0, end);
    }

    /// `udp` unless the URI says otherwise.
    public String transport() {
        for (String parameter : parameters.split(";")) {
            if (isTransport(parameter)) {
                return parameter.substring("transport=".length()).toLowerCase(Locale.ROOT);
            }
        }
        return "udp";
    }

    /// This address with another user.
    public SipUri withUser(String otherUser) {
        return new SipUri(otherUser, host, port, parameters);
    }

    @Override
    public String toString() {
        return "sip:"
                + (user.isEmpty() ? "" : user + "@")
                + host
                + (port == 0 ? "" : ":" + port)
                + (parameters.isEmpty() ? "" : ";" + parameters);
    }
}

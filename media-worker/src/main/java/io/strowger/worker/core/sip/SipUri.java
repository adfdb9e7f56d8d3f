package io.strowger.worker.core.sip;

import java.util.Locale;
import java.util.Optional;

/// A `sip:` URI as far as routing needs it (RFC 3261 19.1).
///
/// @param user empty: none
/// @param host name or address; IPv6 in brackets
/// @param port 0: none given
/// @param parameters what follows the first `;`, without it; empty: none
public record SipUri(String user, String host, int port, String parameters) {
    private static final int LONGEST = 1000;

    /// Reads `sip:` URIs, with or without angle brackets; empty for everything else.
    public static Optional<SipUri> parse(String text) {
        String bare = text.strip();
        if (bare.startsWith("<") && bare.endsWith(">")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.length() > LONGEST
                || !SipText.isOneLine(bare)
                || !bare.regionMatches(true, 0, "sip:", 0, 4)) {
            return Optional.empty();
        }
        String rest = cut(bare.substring(4), '?');
        String address = rest.substring(rest.indexOf('@') + 1);
        String user = rest.indexOf('@') < 0 ? "" : rest.substring(0, rest.indexOf('@'));
        String hostPort = cut(address, ';');
        String parameters =
                hostPort.length() == address.length()
                        ? ""
                        : address.substring(hostPort.length() + 1);
        return withPort(user, hostPort, parameters);
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
            if (parameter.toLowerCase(Locale.ROOT).startsWith("transport=")) {
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

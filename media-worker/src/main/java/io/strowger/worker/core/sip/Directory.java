package io.strowger.worker.core.sip;

import io.strowger.contracts.api.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Whom a SIP or tel URI names: a configured user, or a number (RFC 3261 19.1, RFC 3966).
public final class Directory {
    /// Nobody but numbers.
    public static final Directory EMPTY = new Directory(Map.of());

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,32}");
    private static final Pattern SEPARATORS = Pattern.compile("[-.() ]");
    private static final int LONGEST = 1_000;
    private final Map<String, Identifier.CommunicationUser> users;

    /// @param users by their user name in SIP
    public Directory(Map<String, Identifier.CommunicationUser> users) {
        this.users = Map.copyOf(users);
    }

    /// Whether there are no users at all.
    public boolean isEmpty() {
        return users.isEmpty();
    }

    /// The user with this user name in a URI, if there is one.
    public Optional<Identifier.CommunicationUser> user(String uri) {
        return Optional.ofNullable(users.get(userPart(uri)));
    }

    /// The number that a URI names, as it is written there but without separators.
    public static Optional<Identifier.PhoneNumber> number(String uri) {
        String bare = SEPARATORS.matcher(userPart(uri)).replaceAll("");
        return NUMBER.matcher(bare).matches()
                ? Optional.of(new Identifier.PhoneNumber(bare))
                : Optional.empty();
    }

    /// Who is called by this URI: a user by name or by id, else a number.
    public Optional<Identifier> target(String uri) {
        String part = userPart(uri);
        Identifier.CommunicationUser byName = users.get(part);
        if (byName != null) {
            return Optional.of(byName);
        }
        Identifier byId = new Identifier.CommunicationUser(part);
        return users.containsValue(byId)
                ? Optional.of(byId)
                : number(uri).map(number -> (Identifier) number);
    }

    /// Whether the URI has a scheme that is understood here.
    public static boolean isReachable(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        return lower.startsWith("sip:") || lower.startsWith("sips:") || lower.startsWith("tel:");
    }

    /// The user part without password and parameters, e.g. `;phone-context`, escapes resolved.
    public static String userPart(String uri) {
        if (uri.length() > LONGEST) {
            return "";
        }
        String lower = uri.toLowerCase(Locale.ROOT);
        if (lower.startsWith("tel:")) {
            return unescaped(cut(cut(uri.substring(4), ';'), '?'));
        }
        int scheme = lower.startsWith("sip:") ? 4 : lower.startsWith("sips:") ? 5 : -1;
        int at = uri.indexOf('@');
        return scheme < 0 || at < scheme
                ? ""
                : unescaped(cut(cut(uri.substring(scheme, at), ';'), ':'));
    }

    private static String cut(String text, char at) {
        int end = text.indexOf(at);
        return end < 0 ? text : text.substring(0, end);
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 2 < text.length() && isHex(text, i + 1)) {
                bytes[count++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[count++] = (byte) c;
            }
        }
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    private static boolean isHex(String text, int at) {
        return Character.digit(text.charAt(at), 16) >= 0
                && Character.digit(text.charAt(at + 1), 16) >= 0;
    }
}

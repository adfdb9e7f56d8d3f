package io.strowger.worker.core.leg;

import io.strowger.contracts.api.Identifier;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.worker.core.route.Callee;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.SipMethods;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Builds the INVITE of a leg (RFC 3261 13.2.1): who calls, who is called, which headers go along.
final class Invites {
    private static final Pattern CALLER = Pattern.compile("\\+?[0-9*#]{1,32}");
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_VALUE = 1_000;

    private Invites() {}

    static SipRequest invite(LegPlan plan, Trunk trunk, AttemptIds ids, String offer) {
        Callee callee = trunk.callee();
        String target =
                callee == null
                        ? trunk.uri().withUser(user(plan.dial().target())).toString()
                        : callee.requestUri();
        return new SipRequest(
                "INVITE",
                target,
                from(plan, trunk) + ";tag=" + ids.localTag(),
                callee == null ? "<" + withoutTransport(target) + ">" : callee.to(),
                ids.sipCallId(),
                1,
                callee == null ? List.of() : callee.routes(),
                plan.local().contact(trunk.uri().transport()),
                headers(plan, trunk),
                offer);
    }

    /// Tells the peer which call it is in, for its logs and ours.
    static HeaderLine callHeader(ServerCallId call) {
        return new HeaderLine("X-Server-Call-Id", call.toString());
    }

    /// What a trunk can be told of the caller: a number, or nothing.
    private static @Nullable String number(@Nullable Identifier caller) {
        return caller instanceof Identifier.PhoneNumber(var number) ? number : null;
    }

    /// The name of a user who calls: `LegPlan` has them by their SIP name.
    private static @Nullable String username(@Nullable Identifier caller) {
        return caller instanceof Identifier.CommunicationUser(var name) && SipText.isToken(name)
                ? name
                : null;
    }

    private static String user(Identifier target) {
        return switch (target) {
            case Identifier.PhoneNumber(var number) -> number;
            case Identifier.CommunicationUser(var id) -> id;
            case Identifier.Other(var rawId) -> rawId;
        };
    }

    /// Parameters of the transport have no place in To (RFC 3261 19.1.1, table 1).
    private static String withoutTransport(String uri) {
        int parameters = uri.indexOf(';');
        return parameters < 0 ? uri : uri.substring(0, parameters);
    }

    private static String from(LegPlan plan, Trunk trunk) {
        MediaCommand.Dial dial = plan.dial();
        String caller = number(dial.caller());
        if (caller != null && caller.equalsIgnoreCase("anonymous")) {
            return "\"Anonymous\" <sip:anonymous@anonymous.invalid>";
        }
        String name = dial.callerDisplayName();
        String display =
                name == null || name.isBlank()
                        ? ""
                        : SipText.quoted(name.substring(0, Math.min(LONGEST_NAME, name.length())))
                                + " ";
        return display + "<sip:" + user(dial.caller(), trunk) + "@" + plan.local().host() + ">";
    }

    private static String user(@Nullable Identifier caller, Trunk trunk) {
        String number = number(caller);
        if (number != null && CALLER.matcher(number).matches()) {
            return number;
        }
        String username = username(caller);
        if (username != null) {
            return username;
        }
        return trunk.credentials() != null && SipText.isToken(trunk.credentials().username())
                ? trunk.credentials().username()
                : "strowger";
    }

    private static List<HeaderLine> headers(LegPlan plan, Trunk trunk) {
        List<HeaderLine> lines = new ArrayList<>();
        lines.add(new HeaderLine("Allow", SipMethods.ALLOWED));
        lines.add(new HeaderLine("Supported", "timer"));
        lines.add(callHeader(plan.call()));
        String caller = number(plan.dial().caller());
        if (trunk.assertIdentity() && caller != null && CALLER.matcher(caller).matches()) {
            lines.add(
                    new HeaderLine(
                            "P-Asserted-Identity",
                            "<sip:" + caller + "@" + plan.local().host() + ">"));
        }
        if (caller != null && caller.equalsIgnoreCase("anonymous")) {
            lines.add(new HeaderLine("Privacy", "id"));
        }
        plan.dial().sipHeaders().entrySet().stream()
                .filter(Invites::isForApplications)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> lines.add(new HeaderLine(entry.getKey(), entry.getValue())));
        return lines;
    }

    /// Applications may add headers of their own, never those that the protocol lives by.
    private static boolean isForApplications(Map.Entry<String, String> entry) {
        String name = entry.getKey().toLowerCase(Locale.ROOT);
        return SipText.isToken(name)
                && (name.startsWith("x-") && !name.equals("x-server-call-id")
                        || name.equals("user-to-user"))
                && entry.getValue().length() <= LONGEST_VALUE
                && SipText.isOneLine(entry.getValue());
    }
}

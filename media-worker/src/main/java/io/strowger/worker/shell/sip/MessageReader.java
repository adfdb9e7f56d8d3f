package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import org.jspecify.annotations.Nullable;

/// Reads messages of the library into values.
final class MessageReader {
    private static final int LARGEST_SDP_BYTES = 16_384;

    private static final List<Class<?>> NEEDED =
            List.of(
                    RequestLine.class,
                    StatusLine.class,
                    ViaHeader.class,
                    FromHeader.class,
                    ToHeader.class,
                    CallIdHeader.class,
                    CSeqHeader.class,
                    ContentLengthHeader.class,
                    MaxForwardsHeader.class);

    private static final Set<String> PRIVATE = Set.of("id", "user", "header");

    private MessageReader() {}

    static IncomingResponse response(SIPResponse response) {
        return new IncomingResponse(
                response.getCallId().getCallId(),
                response.getCSeq().getMethod(),
                response.getCSeq().getSeqNumber(),
                response.getStatusCode(),
                response.getReasonPhrase() == null ? "" : response.getReasonPhrase(),
                ((SIPHeader) response.getFrom()).getHeaderValue(),
                ((SIPHeader) response.getTo()).getHeaderValue(),
                response.getToTag(),
                contact(response),
                values(response, "Record-Route"),
                challenges(response),
                first(response, "Session-Expires", "x"),
                sdp(response),
                peer(response));
    }

    /// An INVITE outside a dialog, before it has an exchange.
    static IncomingInvite invite(SIPRequest invite) {
        String authorization = first(invite, "Authorization", "Proxy-Authorization");
        String branch = invite.getTopmostVia().getBranch();
        return new IncomingInvite(
                request(invite, 0),
                invite.getRequestURI().toString(),
                ((SIPHeader) invite.getFrom()).getHeaderValue(),
                ((SIPHeader) invite.getTo()).getHeaderValue(),
                values(invite, "P-Asserted-Identity"),
                tags(invite, "Privacy").stream().anyMatch(PRIVATE::contains),
                values(invite, "Record-Route"),
                invite.getTopmostVia().getTransport().toLowerCase(Locale.ROOT),
                branch == null ? "" : branch,
                authorization,
                applicationHeaders(invite),
                hasForeignBody(invite));
    }

    static IncomingRequest request(SIPRequest request, long exchange) {
        return new IncomingRequest(
                exchange,
                request.getCallId().getCallId(),
                request.getMethod(),
                request.getCSeq().getSeqNumber(),
                request.getFromTag() == null ? "" : request.getFromTag(),
                request.getToTag() == null ? "" : request.getToTag(),
                contact(request),
                tags(request, "Supported"),
                tags(request, "Require"),
                first(request, "Session-Expires", "x"),
                only(request, "Refer-To"),
                sdp(request),
                peer(request));
    }

    static RegisterRequest register(SIPRequest request) {
        return new RegisterRequest(
                user(request.getTo().getAddress().getURI()),
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber(),
                values(request, ContactHeader.NAME),
                first(request, "Expires", "Expires"),
                values(request, "Authorization").stream()
                        .filter(value -> value.regionMatches(true, 0, "Digest", 0, 6))
                        .findFirst()
                        .orElse(null),
                tags(request, "Require"),
                peer(request),
                request.getTopmostVia().getTransport().toLowerCase(Locale.ROOT));
    }

    private static String user(URI uri) {
        return uri instanceof SipURI sip && sip.getUser() != null ? sip.getUser() : "";
    }

    /// Whether the headers that a dialog lives by are there at all.
    static boolean isWhole(SIPMessage message) {
        return message.getCallId() != null
                && message.getCSeq() != null
                && message.getFrom() != null
                && message.getTo() != null
                && message.getTopmostVia() != null;
    }

    /// Whether a message is worth nothing when its header of this class cannot be read.
    ///
    /// @param header null: a line that is no header at all; what is needed is missed later
    static boolean isNeeded(@Nullable Class<?> header) {
        return header != null
                && NEEDED.stream().anyMatch(needed -> needed.isAssignableFrom(header));
    }

    /// host:port that the message really came from; the library's "remote port" is what its Via
    /// says.
    static String peer(SIPMessage message) {
        InetAddress source = message.getPeerPacketSourceAddress();
        if (source != null) {
            return source.getHostAddress() + ":" + message.getPeerPacketSourcePort();
        }
        InetAddress remote = message.getRemoteAddress();
        return (remote == null ? "?" : remote.getHostAddress()) + ":" + message.getRemotePort();
    }

    private static @Nullable String contact(SIPMessage message) {
        return message.getHeader(ContactHeader.NAME) instanceof ContactHeader header
                        && !header.isWildCard()
                        && header.getAddress() != null
                        && header.getAddress().getURI() != null
                ? header.getAddress().getURI().toString()
                : null;
    }

    private static List<DigestChallenge> challenges(SIPResponse response) {
        List<DigestChallenge> found = new ArrayList<>();
        for (String value : values(response, "WWW-Authenticate")) {
            DigestChallenge.parse(false, value).ifPresent(found::add);
        }
        for (String value : values(response, "Proxy-Authenticate")) {
            DigestChallenge.parse(true, value).ifPresent(found::add);
        }
        return found;
    }

    private static Set<String> tags(SIPMessage message, String name) {
        Set<String> tags = new HashSet<>();
        for (String value : values(message, name)) {
            for (String tag : value.toLowerCase(Locale.ROOT).split("[,;\\s]+")) {
                if (!tag.isEmpty()) {
                    tags.add(tag);
                }
            }
        }
        return tags;
    }

    private static @Nullable String first(SIPMessage message, String name, String shortName) {
        List<String> values = values(message, name);
        if (values.isEmpty()) {
            values = values(message, shortName);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    private static List<String> values(SIPMessage message, String name) {
        List<String> values = new ArrayList<>();
        ListIterator<SIPHeader> headers = message.getHeaders(name);
        while (headers.hasNext()) {
            String value = headers.next().getHeaderValue();
            if (value != null) {
                values.add(value.strip());
            }
        }
        return values;
    }

    /// Null: none, or several.
    private static @Nullable String only(SIPMessage message, String name) {
        List<String> values = values(message, name);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static Map<String, String> applicationHeaders(SIPMessage message) {
        Map<String, String> found = new HashMap<>();
        message.getHeaders()
                .forEachRemaining(header -> {
                    String name = header.getName().toLowerCase(Locale.ROOT);
                    String value = header.getHeaderValue();
                    if ((name.startsWith("x-") || name.equals("user-to-user")) && value != null) {
                        found.putIfAbsent(header.getName(), value.strip());
                    }
                });
        return found;
    }

    private static boolean hasForeignBody(SIPMessage message) {
        byte[] body = message.getRawContent();
        return body != null && body.length > 0 && sdp(message) == null;
    }

    private static @Nullable String sdp(SIPMessage message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        byte[] body = message.getRawContent();
        boolean isSdp =
                type != null
                        && "application".equalsIgnoreCase(type.getContentType())
                        && "sdp".equalsIgnoreCase(type.getContentSubType());
        return isSdp && body != null && body.length > 0 && body.length <= LARGEST_SDP_BYTES
                ? new String(body, StandardCharsets.UTF_8)
                : null;
    }
}

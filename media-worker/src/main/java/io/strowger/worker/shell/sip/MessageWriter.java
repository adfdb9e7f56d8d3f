package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.Utils;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.HopImpl;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.NextHop;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipUri;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sip.header.ContentTypeHeader;
import org.jspecify.annotations.Nullable;

/// Writes values as messages of the library, by way of their text: what the core says is what the
/// wire gets.
final class MessageWriter {
    private static final String AGENT = "Strowger";
    private final String host;
    private final int port;
    private final int tlsPort;

    /// @param host for Via, and
    /// @param port of UDP and TCP
    MessageWriter(String host, int port, int tlsPort) {
        this.host = host;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /// @throws ParseException when a value makes no message, e.g. a remote target that is no URI
    SIPRequest request(SipRequest request) throws ParseException {
        StringBuilder text = new StringBuilder(1_000);
        text.append(request.method()).append(' ').append(request.requestUri());
        text.append(" SIP/2.0\r\n");
        line(text, "Via", via(request));
        line(text, "Max-Forwards", "70");
        line(text, "From", request.from());
        line(text, "To", request.to());
        line(text, "Call-ID", request.sipCallId());
        line(text, "CSeq", request.cseq() + " " + request.method());
        Optional<SipUri> hop = request.routes().stream().findFirst().flatMap(NextHop::of);
        request.routes().stream()
                .skip(hop.isPresent() ? 1 : 0)
                .forEach(route -> line(text, "Route", route));
        if (request.contact() != null) {
            line(text, "Contact", request.contact());
        }
        request.headers().forEach(header -> line(text, header.name(), header.value()));
        line(text, "User-Agent", AGENT);
        boolean hasType =
                request.headers().stream().anyMatch(line -> line.name().equals("Content-Type"));
        if (request.sdp() != null && !hasType) {
            line(text, "Content-Type", "application/sdp");
        }
        SIPRequest message = (SIPRequest) parsed(text, request.sdp());
        hop.ifPresent(uri ->
                message.setApplicationData(new HopImpl(uri.host(), uri.port(), uri.transport())));
        return message;
    }

    /// @param request that is answered
    /// @param toTag for a request that has none, when the reply says nothing
    SIPResponse response(SIPRequest request, SipReply reply, String toTag) throws ParseException {
        SIPResponse response = request.createResponse(reply.status(), reply.reason());
        if (response.getToTag() == null && reply.status() > 100) {
            response.setToTag(reply.toTag() == null ? toTag : reply.toTag());
        }
        if (reply.contact() != null) {
            response.setHeader(StringMsgParser.parseSIPHeader("Contact: " + reply.contact()));
        }
        for (HeaderLine header : reply.headers()) {
            response.addHeader(
                    StringMsgParser.parseSIPHeader(header.name() + ": " + header.value()));
        }
        response.setHeader(StringMsgParser.parseSIPHeader("Server: " + AGENT));
        if (reply.sdp() != null) {
            response.setContent(
                    reply.sdp().getBytes(StandardCharsets.UTF_8),
                    (ContentTypeHeader)
                            StringMsgParser.parseSIPHeader("Content-Type: application/sdp"));
        }
        return response;
    }

    private static gov.nist.javax.sip.message.SIPMessage parsed(
            StringBuilder text, @Nullable String content) throws ParseException {
        byte[] body = content == null ? new byte[0] : content.getBytes(StandardCharsets.UTF_8);
        line(text, "Content-Length", Integer.toString(body.length));
        byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return new StringMsgParser().parseSIPMessage(all, true, true, MessageWriter::refuse);
    }

    private static void refuse(
            ParseException failure,
            gov.nist.javax.sip.message.SIPMessage message,
            Class<?> headerClass,
            String header,
            String text)
            throws ParseException {
        throw failure;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private String via(SipRequest request) {
        String transport = transport(request);
        return "SIP/2.0/"
                + transport.toUpperCase(Locale.ROOT)
                + " "
                + host
                + ":"
                + (transport.equals("tls") ? tlsPort : port)
                + ";branch="
                + Utils.getInstance().generateBranchId()
                + ";rport";
    }

    /// As the next hop says: the first route, else the request URI.
    static String transport(SipRequest request) {
        List<String> routes = request.routes();
        String hop = routes.isEmpty() ? request.requestUri() : uriOf(routes.getFirst());
        String transport = SipUri.parse(hop).map(SipUri::transport).orElse("udp");
        return switch (transport) {
            case "tcp", "tls" -> transport;
            default -> "udp";
        };
    }

    private static String uriOf(String nameAddress) {
        int open = nameAddress.indexOf('<');
        int close = nameAddress.indexOf('>', Math.max(open, 0));
        return open < 0 || close < 0 ? nameAddress : nameAddress.substring(open + 1, close);
    }
}

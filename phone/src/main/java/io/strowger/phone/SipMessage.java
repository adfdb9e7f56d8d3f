package io.strowger.phone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A SIP request or response as text (RFC 3261 7): start line, header lines, body.
record SipMessage(String startLine, List<Header> headers, String body) {
    private static final Map<String, String> COMPACT =
            Map.of(
                    "v",
                    "Via",
                    "f",
                    "From",
                    "t",
                    "To",
                    "i",
                    "Call-ID",
                    "m",
                    "Contact",
                    "l",
                    "Content-Length",
                    "c",
                    "Content-Type");
    private static final int MAX_HEADERS = 200;

    record Header(String name, String value) {}

    SipMessage {
        headers = List.copyOf(headers);
    }

    /// @return empty when `bytes` are no SIP message; never throws
    static Optional<SipMessage> parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).replaceAll("\r\n[ \t]+", " ").split("\r\n");
        if (lines.length > MAX_HEADERS || !lines[0].contains("SIP/2.0")) {
            return Optional.empty();
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0) {
                return Optional.empty();
            }
            String name = lines[i].substring(0, colon).strip();
            headers.add(
                    new Header(
                            COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name),
                            lines[i].substring(colon + 1).strip()));
        }
        SipMessage message = new SipMessage(lines[0], headers, text.substring(end + 4));
        boolean whole =
                message.header("Call-ID").isPresent()
                        && message.cseqNumber() >= 0
                        && message.header("Via").isPresent();
        return whole && (!message.isResponse() || message.status() > 0)
                ? Optional.of(message)
                : Optional.empty();
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    /// 100..699 of a response, else -1.
    int status() {
        String[] parts = startLine.split(" ", 3);
        return isResponse() && parts.length > 1 && parts[1].matches("[1-6]\\d\\d")
                ? Integer.parseInt(parts[1])
                : -1;
    }

    /// The method of a request, or of the request that a response answers.
    String method() {
        if (!isResponse()) {
            return startLine.substring(0, Math.max(0, startLine.indexOf(' ')));
        }
        String[] parts = header("CSeq").orElse("").split("\\s+");
        return parts.length == 2 ? parts[1] : "";
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    String required(String name) {
        return header(name).orElse("");
    }

    long cseqNumber() {
        String first = header("CSeq").orElse("").split("\\s+")[0];
        return first.matches("\\d{1,10}") ? Long.parseLong(first) : -1;
    }

    String branch() {
        return parameter(required("Via"), "branch");
    }

    String tag(String header) {
        return parameter(required(header), "tag");
    }

    /// The URI of a name-addr or addr-spec.
    static String uri(String address) {
        int open = address.indexOf('<');
        int close = address.indexOf('>');
        return open >= 0 && close > open
                ? address.substring(open + 1, close)
                : address.split(";")[0].strip();
    }

    private static String parameter(String value, String name) {
        int behind = Math.max(0, value.lastIndexOf('>'));
        for (String part : value.substring(behind).split(";")) {
            if (part.strip().startsWith(name + "=")) {
                return part.strip().substring(name.length() + 1);
            }
        }
        return "";
    }

    byte[] toBytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        text.append("Content-Length: ").append(content.length).append("\r\n\r\n").append(body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A response to `request`, with the headers that RFC 3261 8.2.6.2 copies.
    static SipMessage response(
            SipMessage request,
            int status,
            String reason,
            String toTag,
            List<Header> further,
            String body) {
        List<Header> headers = new ArrayList<>();
        request.all("Via").forEach(via -> headers.add(new Header("Via", via)));
        request.all("Record-Route")
                .forEach(route -> headers.add(new Header("Record-Route", route)));
        headers.add(new Header("From", request.required("From")));
        String to = request.required("To");
        headers.add(
                new Header(
                        "To", toTag.isEmpty() || to.contains(";tag=") ? to : to + ";tag=" + toTag));
        headers.add(new Header("Call-ID", request.required("Call-ID")));
        headers.add(new Header("CSeq", request.required("CSeq")));
        headers.addAll(further);
        return new SipMessage("SIP/2.0 " + status + " " + reason, headers, body);
    }
}

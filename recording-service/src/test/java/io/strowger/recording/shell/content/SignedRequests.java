package io.strowger.recording.shell.content;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes request heads as official clients do, from the description of the scheme.
///
/// @param host the `Host` header
/// @param signedHost the host in the signed text
/// @param signedTarget the path in the signed text
record SignedRequests(byte[] key, String host, String signedHost, String signedTarget) {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final String NO_BODY = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    /// @param further whole lines, each ended by CRLF
    String head(String method, String target, String further) {
        String date = DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
        String text = method + "\n" + signedTarget + "\n" + date + ";" + signedHost + ";" + NO_BODY;
        return method
                + " "
                + target
                + " HTTP/1.1\r\nHost: "
                + host
                + "\r\nx-ms-date: "
                + date
                + "\r\nx-ms-content-sha256: "
                + NO_BODY
                + "\r\nAuthorization: HMAC-SHA256"
                + " SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                + signature(text)
                + "\r\n"
                + further
                + "\r\n";
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

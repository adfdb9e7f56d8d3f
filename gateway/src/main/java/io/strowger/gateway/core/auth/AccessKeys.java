package io.strowger.gateway.core.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies requests signed with an access key:
///
/// ```
/// stringToSign = METHOD \n target \n date;host;base64(SHA-256(body))
/// Authorization: HMAC-SHA256 SignedHeaders=...&Signature=base64(HMAC-SHA256(key, stringToSign))
/// ```
///
/// A repeated signature is no replay: clients do not sign again when they retry. Safe for use by
/// many threads.
public final class AccessKeys {
    /// How far a client's clock may be off, either way.
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private static final String HMAC = "HmacSHA256";
    private static final Pattern AUTHORIZATION =
            Pattern.compile("HMAC-SHA256 .*?Signature=([A-Za-z0-9+/=]{1,100})");
    private final List<SecretKeySpec> keys;

    /// @param keys raw bytes; any of them may sign
    public AccessKeys(List<byte[]> keys) {
        this.keys = keys.stream().map(key -> new SecretKeySpec(key, HMAC)).toList();
    }

    public Verdict verify(RequestToVerify request, Instant now) {
        if (request.authorization() == null) {
            return new Verdict.Refused("There is no Authorization header.");
        }
        Matcher authorization = AUTHORIZATION.matcher(request.authorization());
        if (!authorization.matches()) {
            return new Verdict.Refused("The Authorization header is no HMAC-SHA256 signature.");
        }
        if (request.date() == null) {
            return new Verdict.Refused("There is no x-ms-date header.");
        }
        if (isOff(request.date(), now)) {
            return new Verdict.Refused(
                    "x-ms-date is no date, or more than 15 minutes off this server's clock.");
        }
        if (request.contentHash() == null
                || !isEqual(request.contentHash(), base64(sha256(request.body())))) {
            return new Verdict.Refused("x-ms-content-sha256 is not the hash of the body.");
        }
        return signature(request, authorization.group(1));
    }

    private Verdict signature(RequestToVerify request, String signature) {
        for (String target : List.of(request.target(), FormQuery.reserialized(request.target()))) {
            for (String host : request.hosts()) {
                String signed =
                        request.method()
                                + "\n"
                                + target
                                + "\n"
                                + request.date()
                                + ";"
                                + host
                                + ";"
                                + request.contentHash();
                for (int key = 0; key < keys.size(); key++) {
                    if (isEqual(signature, base64(mac(keys.get(key), signed)))) {
                        return new Verdict.Authentic(key);
                    }
                }
            }
        }
        return new Verdict.Refused("The signature is not that of an access key.");
    }

    private static boolean isOff(String date, Instant now) {
        try {
            Instant said = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            return Duration.between(said, now).abs().compareTo(CLOCK_SKEW) > 0;
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Takes as long for a near miss as for a wild guess.
    private static boolean isEqual(String given, String right) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}

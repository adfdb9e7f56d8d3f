package io.strowger.gateway.core.repeat;

import io.strowger.contracts.id.CommandId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The headers of a request that may arrive twice and must take effect once (OASIS Repeatable
/// Requests 1.0): `Repeatability-Request-ID` and `Repeatability-First-Sent`.
public sealed interface Repeatability {
    /// Neither header is there: each arrival is a request of its own.
    record Single() implements Repeatability {}

    /// @param commandId the same for every arrival
    /// @param seed of the call that this request creates
    /// @param fingerprint of method, path and body
    record Repeatable(CommandId commandId, String seed, String fingerprint)
            implements Repeatability {}

    /// One header without the other, or one that cannot be read.
    record Malformed(String reason) implements Repeatability {}

    /// First sent too long ago for the answer to be remembered.
    record TooOld() implements Repeatability {}

    /// What of a request makes it this request.
    ///
    /// @param key which access key signed it: ids of two applications never meet
    record Subject(int key, String method, String path, byte[] body) {}

    /// @param remembered how long answers are kept
    static Repeatability of(
            @Nullable String requestId,
            @Nullable String firstSent,
            Subject subject,
            Instant now,
            Duration remembered) {
        if (requestId == null && firstSent == null) {
            return new Single();
        }
        if (requestId == null || firstSent == null) {
            return new Malformed(
                    "Repeatability-Request-ID and Repeatability-First-Sent come together.");
        }
        UUID id;
        Instant sent;
        try {
            id = UUID.fromString(requestId);
            sent = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(firstSent));
        } catch (IllegalArgumentException e) {
            return new Malformed("Repeatability-Request-ID is no GUID.");
        } catch (DateTimeParseException e) {
            return new Malformed(
                    "Repeatability-First-Sent is no date such as Sun, 22 Nov 2026 16:00:00 GMT.");
        }
        if (sent.plus(remembered).isBefore(now)) {
            return new TooOld();
        }
        String seed = subject.key() + "/" + id;
        ByteBuffer command = ByteBuffer.wrap(sha256(seed.getBytes(StandardCharsets.UTF_8)));
        return new Repeatable(
                new CommandId(new UUID(command.getLong(), command.getLong())),
                seed,
                fingerprint(subject));
    }

    private static String fingerprint(Subject subject) {
        byte[] head =
                (subject.method() + " " + subject.path() + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(head.length + subject.body().length);
        whole.put(head).put(subject.body());
        return HexFormat.of().formatHex(sha256(whole.array()), 0, 16);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.strowger.gateway.core.repeat;

import io.strowger.contracts.api.CallError;
import io.strowger.contracts.id.CommandId;
import io.strowger.gateway.core.api.Refusal;
import io.strowger.runtime.auth.HttpDate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which command a repeatable request is: the same for every retry, another one for another access
/// key.
///
/// @param commandId from the request id and the access key
/// @param seed of the id of the call that the request makes
public record CommandIdentity(CommandId commandId, String seed) {
    private static final int LONGEST_ID = 128;

    /// By so much a client's clock may be ahead of ours, as for signatures.
    private static final Duration SKEW = Duration.ofMinutes(15);

    /// Reads the pair of headers.
    ///
    /// @param requestId `Repeatability-Request-ID`
    /// @param firstSent `Repeatability-First-Sent`
    /// @param keyId of the access key that signed
    /// @param window how long answers are kept
    /// @return empty: the request is not repeatable
    /// @throws Refusal 400 when one of the pair is missing or malformed, or the request is yet to
    ///   be sent; 412 when it is older than `window`
    public static Optional<CommandIdentity> of(
            @Nullable String requestId,
            @Nullable String firstSent,
            String keyId,
            Instant now,
            Duration window)
            throws Refusal {
        if (requestId == null && firstSent == null) {
            return Optional.empty();
        }
        if (requestId == null || firstSent == null) {
            throw Refusal.invalid(
                    "Repeatability-Request-ID and Repeatability-First-Sent must come together.");
        }
        if (requestId.isBlank() || requestId.length() > LONGEST_ID) {
            throw Refusal.invalid("Repeatability-Request-ID must have 1..128 characters.");
        }
        Instant sent =
                HttpDate.parse(firstSent)
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        "Repeatability-First-Sent must be a date like 'Sun, 22 Nov"
                                                + " 2026 16:33:38 GMT'."));
        if (sent.isBefore(now.minus(window))) {
            throw new Refusal(
                    CallError.REPEATABILITY_REJECTED,
                    "The request was first sent longer ago than answers are kept.");
        }
        if (sent.isAfter(now.plus(SKEW))) {
            throw Refusal.invalid(
                    "Repeatability-First-Sent is more than 15 minutes ahead of this server's clock.");
        }
        String seed = keyId + "\n" + requestId;
        return Optional.of(new CommandIdentity(new CommandId(guid(sha256(seed))), seed));
    }

    /// What must be the same in every retry.
    ///
    /// @param path without the query
    public static String fingerprint(String method, String path, byte[] body) {
        MessageDigest digest = sha256();
        digest.update((method + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(body));
    }

    /// 122 bits of a digest as a GUID of version 8 (RFC 9562 5.8).
    private static UUID guid(byte[] digest) {
        ByteBuffer bits = ByteBuffer.wrap(digest);
        long high = (bits.getLong() & ~0xF000L) | 0x8000L;
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] sha256(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

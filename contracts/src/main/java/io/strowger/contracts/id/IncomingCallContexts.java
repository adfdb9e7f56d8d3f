package io.strowger.contracts.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and opens `incomingCallContext`: which call an application may answer, and until when,
/// sealed so that nobody can make one up (HMAC-SHA256, cut to 128 bits). That it is used once is
/// seen to by the call itself. Safe for use by many threads.
public final class IncomingCallContexts {
    private static final String HMAC = "HmacSHA256";
    private static final byte[] PURPOSE = "incoming-call".getBytes(StandardCharsets.UTF_8);
    private static final int CONTENT_BYTES = 24;
    private static final int MAC_BYTES = 16;
    private final Mac keyed;

    /// What a context says.
    public record Opened(ServerCallId call, Instant expiresAt) {}

    /// @param key at least 16 bytes, shared by all services of an installation
    public IncomingCallContexts(byte[] key) {
        try {
            keyed = Mac.getInstance(HMAC);
            keyed.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /// @param expiresAt kept to the second
    public String seal(ServerCallId call, Instant expiresAt) {
        byte[] content =
                ByteBuffer.allocate(CONTENT_BYTES)
                        .putLong(call.high())
                        .putLong(call.low())
                        .putLong(expiresAt.getEpochSecond())
                        .array();
        byte[] sealed = Arrays.copyOf(content, CONTENT_BYTES + MAC_BYTES);
        System.arraycopy(mac(content), 0, sealed, CONTENT_BYTES, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// @return empty: not one of ours
    public Optional<Opened> open(String context) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(context);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (sealed.length != CONTENT_BYTES + MAC_BYTES) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(sealed, CONTENT_BYTES);
        byte[] mac = Arrays.copyOfRange(sealed, CONTENT_BYTES, sealed.length);
        if (!MessageDigest.isEqual(mac, Arrays.copyOf(mac(content), MAC_BYTES))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        return Optional.of(
                new Opened(
                        new ServerCallId(fields.getLong(), fields.getLong()),
                        Instant.ofEpochSecond(fields.getLong())));
    }

    private byte[] mac(byte[] content) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(PURPOSE);
            return mac.doFinal(content);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("every JDK can copy " + HMAC, e);
        }
    }
}

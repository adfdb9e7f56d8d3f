package io.strowger.runtime.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Checks HMAC-SHA256 signatures of requests against the installation's access keys.
///
/// ```
/// Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=<base64>
/// signed text:   METHOD \n path-and-query \n date ; host ; base64(SHA-256(body))
/// ```
///
/// Clients differ in the host that they sign (with or without its port, or the name of the resource
/// behind a proxy) and in how they write the query; every form that an official client signs is
/// tried, with every key. A repeated signature is no replay: clients send the same one again when
/// they retry. For one thread: keeps its digests.
public final class AccessKeyVerifier {
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final String SCHEME = "HMAC-SHA256 ";
    private static final String SIGNATURE = "Signature=";
    private static final String HMAC = "HmacSHA256";
    private final Supplier<List<byte[]>> accessKeys;
    private final Set<String> resourceHosts = new LinkedHashSet<>();
    private final MessageDigest sha256;
    private List<byte[]> loaded = List.of();
    private List<Key> keys = List.of();
    private @Nullable String lastDate;
    private Optional<Instant> lastInstant = Optional.empty();

    private record Key(String id, Mac mac) {}

    /// @param accessKeys the raw keys, at least one
    /// @param resourceHosts names, with or without a port, that a signature may have besides the
    ///   `Host` header
    public AccessKeyVerifier(List<byte[]> accessKeys, List<String> resourceHosts) {
        this(() -> accessKeys, resourceHosts);
    }

    /// With keys that may change meanwhile.
    ///
    /// @param accessKeys asked at each request, so it must not block; the same list as before means
    ///   the same keys; none: every signature is wrong
    public AccessKeyVerifier(Supplier<List<byte[]>> accessKeys, List<String> resourceHosts) {
        this.accessKeys = accessKeys;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        resourceHosts.forEach(host -> this.resourceHosts.add(host.toLowerCase(Locale.ROOT)));
    }

    @SuppressWarnings("ReferenceEquality") // of the list: a new one is made for every change
    private List<Key> keys() {
        List<byte[]> current = accessKeys.get();
        if (current != loaded) {
            keys = keysOf(current);
            loaded = current;
        }
        return keys;
    }

    private List<Key> keysOf(List<byte[]> current) {
        List<Key> made = new ArrayList<>();
        try {
            for (byte[] accessKey : current) {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(accessKey, HMAC));
                made.add(new Key(idOf(accessKey), mac));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
        return made;
    }

    /// What stands for a key where the key itself must not: 16 hexadecimal digits, the first of its
    /// SHA-256.
    public static String idOf(byte[] accessKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(accessKey);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether the head of a request was signed. Its body is compared by [#isHashOf].
    public Verdict verify(SignedRequest request, Instant now) {
        return verify(request, now, false);
    }

    /// The same for the addresses of recordings' content. Official clients sign the path without
    /// its query there, and name the host that they signed in `x-ms-host` when it is not the one
    /// that they ask. For no other addresses: the query counts elsewhere.
    public Verdict verifyContent(SignedRequest request, Instant now) {
        return verify(request, now, true);
    }

    private Verdict verify(SignedRequest request, Instant now, boolean content) {
        if (request.authorization() == null) {
            return new Verdict.Refused(AuthRefusal.NO_CREDENTIALS);
        }
        Optional<byte[]> signature = signature(request.authorization());
        if (signature.isEmpty()) {
            return new Verdict.Refused(AuthRefusal.UNKNOWN_SCHEME);
        }
        String date = request.date();
        Optional<Instant> at = date == null ? Optional.empty() : instant(date);
        if (date == null || at.isEmpty()) {
            return new Verdict.Refused(AuthRefusal.NO_DATE);
        }
        if (Duration.between(at.get(), now).abs().compareTo(SKEW) > 0) {
            return new Verdict.Refused(AuthRefusal.WRONG_DATE);
        }
        if (request.contentHash() == null) {
            return new Verdict.Refused(AuthRefusal.NO_CONTENT_HASH);
        }
        return signer(new Signed(request, date, request.contentHash(), signature.get()), content);
    }

    /// Requests of one second bear one date.
    private Optional<Instant> instant(String date) {
        if (!date.equals(lastDate)) {
            lastInstant = HttpDate.parse(date);
            lastDate = date;
        }
        return lastInstant;
    }

    /// Whether `contentHash` is the base64 SHA-256 of `body`.
    public boolean isHashOf(@Nullable String contentHash, byte[] body) {
        byte[] expected = Base64.getEncoder().encode(sha256.digest(body));
        return contentHash != null
                && MessageDigest.isEqual(expected, contentHash.getBytes(StandardCharsets.UTF_8));
    }

    private record Signed(SignedRequest request, String date, String hash, byte[] signature) {
        String text(String target) {
            return request.method() + "\n" + target + "\n" + date + ";";
        }
    }

    private Verdict signer(Signed signed, boolean content) {
        Set<String> hosts = hosts(signed.request, content);
        String raw = signed.request.target();
        Optional<Key> key = key(signed, raw, hosts);
        if (key.isEmpty()) {
            for (String other : otherTargets(raw, content)) {
                key = key.isPresent() ? key : key(signed, other, hosts);
            }
        }
        return key.<Verdict>map(found -> new Verdict.Genuine(found.id()))
                .orElseGet(() -> new Verdict.Refused(AuthRefusal.WRONG_SIGNATURE));
    }

    private static Set<String> otherTargets(String raw, boolean content) {
        Set<String> others = new LinkedHashSet<>();
        others.add(FormQuery.rewrite(raw));
        if (content && raw.indexOf('?') >= 0) {
            others.add(raw.substring(0, raw.indexOf('?')));
        }
        others.remove(raw);
        return others;
    }

    private Optional<Key> key(Signed signed, String target, Set<String> hosts) {
        String head = signed.text(target);
        List<Key> current = keys();
        for (String host : hosts) {
            byte[] text = (head + host + ";" + signed.hash).getBytes(StandardCharsets.UTF_8);
            for (Key key : current) {
                if (MessageDigest.isEqual(key.mac().doFinal(text), signed.signature)) {
                    return Optional.of(key);
                }
            }
        }
        return Optional.empty();
    }

    /// The client's choice enters the signed text, so beyond the `Host` header only names count
    /// that this installation says are its own; for content, any that was sent.
    private Set<String> hosts(SignedRequest request, boolean content) {
        Set<String> hosts = new LinkedHashSet<>();
        if (request.host() != null) {
            hosts.add(request.host());
            hosts.add(withoutPort(request.host()));
        }
        String resourceHost = request.resourceHost();
        if (resourceHost != null
                && (content || resourceHosts.contains(resourceHost.toLowerCase(Locale.ROOT)))) {
            hosts.add(resourceHost);
        }
        hosts.addAll(resourceHosts);
        return hosts;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static Optional<byte[]> signature(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        int start = authorization.indexOf(SIGNATURE);
        if (start < 0) {
            return Optional.empty();
        }
        int end = authorization.indexOf('&', start);
        String text =
                authorization.substring(
                        start + SIGNATURE.length(), end < 0 ? authorization.length() : end);
        try {
            return Optional.of(Base64.getDecoder().decode(text.trim()));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}

package io.strowger.worker.core.auth;

import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.DigestChallenge.Algorithm;
import io.strowger.worker.core.sip.DigestParameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges who a request is from by its digest (RFC 3261 22.1, RFC 7616, RFC 8760): offers SHA-256
/// first and MD5 for phones that know no better, takes `qop=auth` alone, each nonce for
/// [#NONCE_LIFETIME_MILLIS] and each count of it once.
///
/// A name that nobody has costs the same hashes and gets the same answers as a wrong password, so
/// nothing is learnt by trying names. Called on threads of the SIP stack; safe for use by many.
public final class DigestAuthority {
    /// The realm of all users.
    public static final String REALM = "strowger";

    /// How old a nonce may be when it is used.
    public static final long NONCE_LIFETIME_MILLIS = 60_000;

    private static final int MOST_NONCES = 10_000;
    private static final int MOST_CLIENTS = 10_000;
    private static final int LONGEST = 1_000;
    private static final Pattern COUNT = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final List<Algorithm> OFFERED = List.of(Algorithm.SHA_256, Algorithm.MD5);
    private final Map<String, Login> logins = new HashMap<>();
    private final Login nobody;
    private final Nonces nonces;
    private final NonceCounts counts;
    private final PlainClients plain = new PlainClients(MOST_CLIENTS);

    /// @param user null: nobody, whose password no client can know
    private record Login(@Nullable SipUser user, Map<Algorithm, String> secrets) {}

    /// What a client says of itself.
    private record Claim(
            String username,
            String nonce,
            Algorithm algorithm,
            String uri,
            String cnonce,
            String nc,
            String response) {}

    /// @param key of the nonces, 32 bytes that nobody knows; another process may have another one:
    ///   a phone that comes from there with the right password is asked once more, by itself
    /// @param chance 64 bits that nobody can guess, each time
    /// @throws IllegalArgumentException when two users have the same name
    public DigestAuthority(List<SipUser> users, byte[] key, LongSupplier chance) {
        this(users, key, chance, MOST_NONCES);
    }

    DigestAuthority(List<SipUser> users, byte[] key, LongSupplier chance, int mostNonces) {
        for (SipUser user : users) {
            if (logins.put(user.username(), login(user, user.username(), user.password()))
                    != null) {
                throw new IllegalArgumentException("two users are named " + user.username());
            }
        }
        this.nonces = new Nonces(key, chance);
        this.nobody = login(null, "nobody", nonces.make(chance.getAsLong()));
        this.counts = new NonceCounts(mostNonces, NONCE_LIFETIME_MILLIS);
    }

    private static Login login(@Nullable SipUser user, String username, String password) {
        Map<Algorithm, String> secrets = new EnumMap<>(Algorithm.class);
        OFFERED.forEach(algorithm ->
                secrets.put(algorithm, Digest.secret(algorithm, username, REALM, password)));
        return new Login(user, secrets);
    }

    /// Judges one request, whoever sent it.
    ///
    /// @param authorizationHeaderValue of Authorization, or of Proxy-Authorization where 407 is
    ///   used; null: none
    /// @param nowMillis since 1970
    public Verdict check(String method, @Nullable String authorizationHeaderValue, long nowMillis) {
        return check(method, authorizationHeaderValue, nowMillis, "");
    }

    /// Judges one request. Takes the nonce count of a good one, so it is called once a request.
    ///
    /// @param authorizationHeaderValue of Authorization, or of Proxy-Authorization where 407 is
    ///   used; null: none
    /// @param nowMillis since 1970
    /// @param client whose request it is as far as one can see, see [#client]: one that cannot
    ///   choose among challenges is given one; empty: nobody in particular
    public Verdict check(
            String method,
            @Nullable String authorizationHeaderValue,
            long nowMillis,
            String client) {
        Optional<Claim> given =
                authorizationHeaderValue == null
                        ? Optional.empty()
                        : DigestParameters.parse(authorizationHeaderValue)
                                .flatMap(DigestAuthority::claim);
        if (given.isPresent()) {
            plain.answers(client);
            return judge(method, given.get(), nowMillis);
        }
        boolean one = !client.isEmpty() && plain.asks(client);
        return challenge(nowMillis, false, one ? List.of(Algorithm.MD5) : OFFERED);
    }

    /// The client of a request.
    ///
    /// @param username in From or To
    /// @param host address that it came from
    public static String client(String username, String host) {
        return username + "@" + host;
    }

    private static Optional<Claim> claim(Map<String, String> found) {
        String username = found.getOrDefault("username", "");
        String nonce = found.getOrDefault("nonce", "");
        String uri = found.getOrDefault("uri", "");
        String cnonce = found.getOrDefault("cnonce", "");
        String nc = found.getOrDefault("nc", "");
        String response = found.getOrDefault("response", "");
        boolean usable =
                REALM.equals(found.get("realm"))
                        && "auth".equalsIgnoreCase(found.get("qop"))
                        && COUNT.matcher(nc).matches()
                        && !cnonce.isEmpty()
                        && username.length() <= LONGEST
                        && uri.length() <= LONGEST
                        && cnonce.length() <= LONGEST;
        return usable
                ? Algorithm.named(found.getOrDefault("algorithm", "MD5"))
                        .map(known -> new Claim(username, nonce, known, uri, cnonce, nc, response))
                : Optional.empty();
    }

    private Verdict judge(String method, Claim claim, long nowMillis) {
        OptionalLong madeAt = nonces.madeAt(claim.nonce());
        Login login = logins.getOrDefault(claim.username(), nobody);
        boolean right = isRight(method, claim, login);
        SipUser user = right ? login.user() : null;
        boolean fresh = madeAt.isPresent() && isFresh(madeAt.getAsLong(), nowMillis);
        if (!fresh) {
            return challenge(nowMillis, user != null, List.of(claim.algorithm()));
        }
        if (user == null) {
            return new Verdict.Refused();
        }
        int count = Integer.parseUnsignedInt(claim.nc(), 16);
        return count > 0 && counts.take(claim.nonce(), madeAt.getAsLong(), count, nowMillis)
                ? new Verdict.Proved(user)
                : challenge(nowMillis, true, List.of(claim.algorithm()));
    }

    /// A nonce of the future was made before our clock was set back.
    private static boolean isFresh(long madeAtMillis, long nowMillis) {
        return madeAtMillis <= nowMillis && nowMillis - madeAtMillis <= NONCE_LIFETIME_MILLIS;
    }

    private static boolean isRight(String method, Claim claim, Login login) {
        String secret = login.secrets().get(claim.algorithm());
        if (secret == null) {
            throw new IllegalStateException("no secret for " + claim.algorithm());
        }
        String between = claim.nonce() + ":" + claim.nc() + ":" + claim.cnonce() + ":auth";
        String expected = Digest.response(claim.algorithm(), secret, between, method, claim.uri());
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII),
                claim.response().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    /// @param offered who has chosen an algorithm is asked for that one again
    private Verdict challenge(long nowMillis, boolean stale, List<Algorithm> offered) {
        String nonce = nonces.make(nowMillis);
        List<String> values = new ArrayList<>();
        for (Algorithm algorithm : offered) {
            values.add(
                    "Digest realm=\""
                            + REALM
                            + "\", nonce=\""
                            + nonce
                            + "\", algorithm="
                            + algorithm.wire()
                            + ", qop=\"auth\""
                            + (stale ? ", stale=true" : ""));
        }
        return new Verdict.Challenge(values, stale);
    }
}

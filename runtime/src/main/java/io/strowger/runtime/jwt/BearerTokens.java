package io.strowger.runtime.jwt;

import io.strowger.runtime.auth.AuthRefusal;
import io.strowger.runtime.auth.Verdict;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.settings.JwtSettings;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The bearer tokens (RFC 6750 2.1) that a service takes beside signatures. Never blocks, for any
/// thread; nothing of a token is logged.
public final class BearerTokens implements AutoCloseable {
    private static final String SCHEME = "Bearer ";
    private final TokenRules rules;
    private final InstantSource clock;
    private final @Nullable SigningKeys keys;

    private BearerTokens(JwtSettings settings, InstantSource clock, @Nullable SigningKeys keys) {
        this.rules = new TokenRules(settings);
        this.clock = clock;
        this.keys = keys;
    }

    /// Begins to fetch the keys of tokens, if any are set up (`auth.jwt`).
    public static BearerTokens of(ServiceContext context) {
        JwtSettings settings = context.settings().auth().jwt();
        SigningKeys keys =
                settings.isSetUp() ? new SigningKeys(settings, context.telemetry()) : null;
        if (keys != null) {
            keys.start();
        }
        return new BearerTokens(settings, context.clock(), keys);
    }

    /// Whether a header `Authorization` shows a token.
    public static boolean isBearer(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /// Whose token it is. For a key that is not known the keys are fetched first, so it may take
    /// some seconds; else the answer is there at once.
    ///
    /// @param authorization for which [#isBearer] holds
    /// @return never fails; may complete on another thread
    public CompletableFuture<Verdict> verify(String authorization) {
        if (keys == null) {
            return done(new Verdict.Refused(AuthRefusal.TOKENS_NOT_SET_UP));
        }
        SigningKeys known = keys;
        String token = authorization.substring(SCHEME.length()).strip();
        Verdict verdict = rules.judge(token, known.current(), clock.instant());
        if (!(verdict instanceof Verdict.Refused(var reason)) || !isForWantOfAKey(reason)) {
            return done(verdict);
        }
        return known.refreshed()
                .thenApply(unused -> rules.judge(token, known.current(), clock.instant()));
    }

    private static boolean isForWantOfAKey(AuthRefusal reason) {
        return reason == AuthRefusal.UNKNOWN_TOKEN_KEY || reason == AuthRefusal.TOKEN_KEYS_UNKNOWN;
    }

    private static CompletableFuture<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }

    /// What to say in `WWW-Authenticate` to whoever was refused (RFC 9110 11.6.1, RFC 6750 3).
    public String challenge(AuthRefusal reason) {
        if (keys == null) {
            return "HMAC-SHA256";
        }
        return reason.isOfToken()
                ? "Bearer error=\"invalid_token\", HMAC-SHA256"
                : "HMAC-SHA256, Bearer";
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }
}

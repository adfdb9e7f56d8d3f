package io.strowger.gateway.shell.http;

import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.secrets.TokenIssuer;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What anybody may read: the keys that tokens on webhooks are verified with, where they are, and
/// the description of this API.
final class PublicDocuments {
    static final String KEYS = "/calling/keys";
    static final String ACS_OPENID = "/calling/.well-known/acsopenidconfiguration";
    static final String OPENID = "/.well-known/openid-configuration";
    static final String OPENAPI = "/openapi.json";
    private static final Set<String> UNDER_CALLING = Set.of(KEYS, ACS_OPENID);

    private PublicDocuments() {}

    /// Whether `path` is one of them although it looks like an operation's.
    static boolean has(String path) {
        return UNDER_CALLING.contains(path);
    }

    /// @param issuer asked at each request
    static void mount(Router router, PlatformSecrets secrets, Supplier<String> issuer) {
        Buffer keys = Buffer.buffer(JsonBodies.write(keys(secrets)));
        Buffer openApi = openApi();
        serve(router, KEYS, () -> keys);
        serve(router, OPENAPI, () -> openApi);
        for (String path : List.of(ACS_OPENID, OPENID)) {
            serve(router, path, () -> Buffer.buffer(JsonBodies.write(configuration(issuer.get()))));
        }
    }

    private static void serve(Router router, String path, Supplier<Buffer> body) {
        router.get(path)
                .handler(context ->
                        context.response()
                                .putHeader("Content-Type", "application/json; charset=utf-8")
                                .end(body.get()));
    }

    /// RFC 7517; the numbers as base64url without padding (RFC 7518 6.3.1).
    private static Map<String, Object> keys(PlatformSecrets secrets) {
        return Map.of(
                "keys",
                List.of(
                        Map.of(
                                "kty",
                                "RSA",
                                "use",
                                "sig",
                                "alg",
                                "RS256",
                                "kid",
                                secrets.tokenKeyId(),
                                "n",
                                base64Url(secrets.tokenPublicKey().getModulus()),
                                "e",
                                base64Url(secrets.tokenPublicKey().getPublicExponent()))));
    }

    private static Map<String, Object> configuration(String issuer) {
        return Map.of(
                "issuer",
                issuer,
                "jwks_uri",
                TokenIssuer.address(issuer, KEYS),
                "response_types_supported",
                List.of("id_token"),
                "subject_types_supported",
                List.of("public"),
                "id_token_signing_alg_values_supported",
                List.of("RS256"));
    }

    private static String base64Url(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        byte[] magnitude = new byte[bytes.length - sign];
        System.arraycopy(bytes, sign, magnitude, 0, magnitude.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(magnitude);
    }

    private static Buffer openApi() {
        try (InputStream file = PublicDocuments.class.getResourceAsStream("/openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("the jar has no openapi.json");
            }
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.strowger.testsupport;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// An identity provider on loopback: signs tokens, RS256, and serves its public keys.
public final class IdentityProvider implements AutoCloseable {
    /// Of the tokens, unless changed.
    public static final String ISSUER = "https://login.example.com/tenant/v2.0";

    /// Of the tokens, unless changed.
    public static final String AUDIENCE = "https://communication.azure.com";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<RSAKey> published;
    private volatile int status = 200;
    private RSAKey signing;
    private int made;

    private IdentityProvider(HttpServer server) throws JOSEException {
        this.server = server;
        this.signing = key("key-" + made++);
        this.published = List.of(signing);
    }

    /// @param port 0: any free one
    public static IdentityProvider start(int port) throws IOException, JOSEException {
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        IdentityProvider provider = new IdentityProvider(server);
        server.createContext("/keys", provider::serve);
        server.setExecutor(provider.executor);
        server.start();
        return provider;
    }

    /// A key that nobody published.
    public static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyID(id)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .generate();
    }

    /// The JWK Set.
    public URI keys() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    /// What is served there.
    public String publishedKeys() {
        return new JWKSet(List.<JWK>copyOf(published)).toString(true);
    }

    /// How often the keys were asked for.
    public int fetches() {
        return fetches.get();
    }

    /// The key that signs now.
    public RSAKey signingKey() {
        return signing;
    }

    /// From now on the keys are answered with `next`; 200: as they should be.
    public void answer(int next) {
        status = next;
    }

    /// Signs with a new key from now on, and publishes it.
    ///
    /// @param keepsOld whether the former keys are published still
    public void rotate(boolean keepsOld) throws JOSEException {
        signing = key("key-" + made++);
        List<RSAKey> keys = new ArrayList<>(keepsOld ? published : List.of());
        keys.add(signing);
        published = List.copyOf(keys);
    }

    /// A token that is good for five minutes, of the application `app-1`.
    public String token() throws JOSEException {
        return token(claims -> {});
    }

    /// @param change of its claims
    public String token(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(signing, change);
    }

    /// Signed with any key, under its id.
    public static String signed(RSAKey key, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                        claims(change));
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    /// Of a token that is good for five minutes.
    public static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(AUDIENCE)
                        .claim("appid", "app-1")
                        .subject("subject-1")
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            fetches.incrementAndGet();
            byte[] body = publishedKeys().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}

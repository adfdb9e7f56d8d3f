package io.strowger.gateway.shell.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.runtime.secrets.PlatformSecrets;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/// What receivers of webhooks check tokens with: the keys (RFC 7517) and where to find them (OpenID
/// Connect Discovery 3).
final class PublicKeys {
    private final JsonNode keys;
    private final JsonNode configuration;

    PublicKeys(PlatformSecrets secrets, String issuer) {
        keys = keys(secrets);
        configuration = configuration(issuer);
    }

    JsonNode keys() {
        return keys;
    }

    JsonNode configuration() {
        return configuration;
    }

    private static JsonNode keys(PlatformSecrets secrets) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        RSAPublicKey key = secrets.tokenPublicKey();
        json.putArray("keys")
                .addObject()
                .put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", secrets.tokenKeyId())
                .put("n", unsigned(key.getModulus()))
                .put("e", unsigned(key.getPublicExponent()));
        return json;
    }

    private static JsonNode configuration(String issuer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("issuer", issuer).put("jwks_uri", issuer + "/calling/keys");
        json.putArray("id_token_signing_alg_values_supported").add("RS256");
        json.putArray("response_types_supported").add("id_token");
        json.putArray("subject_types_supported").add("public");
        return json;
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }
}

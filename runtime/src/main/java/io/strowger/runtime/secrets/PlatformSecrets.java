package io.strowger.runtime.secrets;

import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/// Keys that all services of an installation share. Never logged.
///
/// @param accessKeys what applications sign with, at least one
/// @param idKey of the checksum in ids, 32 bytes
/// @param tokenKey signs the tokens on webhooks, RSA 2048
/// @param tokenPublicKey served at `/calling/keys`
/// @param tokenKeyId `kid` of the two
/// @param resourceId audience of the tokens: a GUID
/// @param signingSecret of the Standard Webhooks signature, the raw bytes behind `whsec_`
public record PlatformSecrets(
        List<byte[]> accessKeys,
        byte[] idKey,
        PrivateKey tokenKey,
        RSAPublicKey tokenPublicKey,
        String tokenKeyId,
        String resourceId,
        byte[] signingSecret) {
    @Override
    public String toString() {
        return "PlatformSecrets[***]";
    }
}

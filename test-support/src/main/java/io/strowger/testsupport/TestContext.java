package io.strowger.testsupport;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;

/// What services under test are made from.
public final class TestContext {
    /// One pair for all tests of a JVM: to make it takes up to a second.
    private static final KeyPair KEYS = keys();

    private TestContext() {}

    /// With the clock and the chance of this machine.
    public static ServiceContext of(
            Settings settings,
            KafkaClients kafka,
            PlatformSecrets secrets,
            Health health,
            Telemetry telemetry) {
        return new ServiceContext(
                settings,
                kafka,
                secrets,
                health,
                telemetry,
                InstantSource.system(),
                new SecureRandom());
    }

    /// For what needs no broker: there is none.
    public static ServiceContext withoutBroker(
            Settings settings, PlatformSecrets secrets, Telemetry telemetry) {
        return of(
                settings,
                new KafkaClients("127.0.0.1:1", settings.kafka()),
                secrets,
                new Health(),
                telemetry);
    }

    /// Secrets that are in no broker: ids are under a key of zeros.
    public static PlatformSecrets secrets(byte[]... accessKeys) {
        return new PlatformSecrets(
                List.of(accessKeys),
                new byte[32],
                KEYS.getPrivate(),
                (RSAPublicKey) KEYS.getPublic(),
                "key",
                "resource",
                new byte[32]);
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

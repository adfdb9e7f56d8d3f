package io.strowger.runtime.secrets;

import io.strowger.contracts.kafka.Topics;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.kafka.ReadToEnd;
import io.strowger.runtime.settings.Secret;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the shared secrets: from the settings where set, else from the compacted topic
/// `platform.settings`, else made now and kept there. When several processes make them at the same
/// moment, those of one count for all.
public final class PlatformSecretsStore {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformSecretsStore.class);
    private static final TopicPartition PARTITION =
            new TopicPartition(Topics.PLATFORM_SETTINGS.name(), 0);
    private static final String WEBHOOK_PREFIX = "whsec_";
    private static final Duration LET_THROUGH = Duration.ofSeconds(2);
    private static final int MOST_MISHAPS = 10;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private final KafkaClients kafka;
    private final SecureRandom random = new SecureRandom();

    public PlatformSecretsStore(KafkaClients kafka) {
        this.kafka = kafka;
    }

    /// Blocks until the topic was read; the topic must exist.
    ///
    /// @throws SettingsException when a set secret has not the right form
    public PlatformSecrets load(Settings settings) throws GeneralSecurityException {
        Map<String, String> kept = read();
        int mishaps = 0;
        while (!isComplete(kept)) {
            Map<String, String> made = makeAll();
            try (KafkaProducer<String, byte[]> producer =
                    kafka.transactionalProducer(PARTITION.topic())) {
                kept = complete(producer, made);
            } catch (KafkaException failure) {
                boolean fenced = isFencedOff(failure) || isFencedOff(failure.getCause());
                if (!fenced && (!isOfTheBroker(failure) || ++mishaps == MOST_MISHAPS)) {
                    throw failure;
                }
                LOG.atInfo().log("another process makes the shared secrets: waiting for them");
                kept = awaitOther();
            }
        }
        return assemble(settings, kept);
    }

    private static boolean isComplete(Map<String, String> kept) {
        return Arrays.stream(Kind.values()).allMatch(kind -> kept.containsKey(kind.key));
    }

    private Map<String, String> makeAll() throws GeneralSecurityException {
        Map<String, String> made = new HashMap<>();
        for (Kind kind : Kind.values()) {
            made.put(kind.key, make(kind));
        }
        return made;
    }

    /// Reads, and writes what is missing. Only one process at a time gets through: a second one
    /// that begins a transaction fences the first off.
    private Map<String, String> complete(
            KafkaProducer<String, byte[]> producer, Map<String, String> made) {
        producer.initTransactions();
        Map<String, String> kept = read();
        Map<String, String> missing = new HashMap<>(made);
        missing.keySet().removeAll(kept.keySet());
        if (!missing.isEmpty()) {
            producer.beginTransaction();
            missing.forEach((key, value) ->
                    producer.send(
                            new ProducerRecord<>(
                                    PARTITION.topic(),
                                    0,
                                    key,
                                    value.getBytes(StandardCharsets.UTF_8))));
            producer.commitTransaction();
            kept.putAll(missing);
        }
        return kept;
    }

    /// Whoever began last is let through: others that tried again at once would fence it off, and
    /// each other. It may have died, so they wait only for a while, each its own.
    private Map<String, String> awaitOther() {
        long deadlineNs =
                System.nanoTime() + LET_THROUGH.toNanos() + random.nextLong(LET_THROUGH.toNanos());
        Map<String, String> kept = read();
        while (!isComplete(kept) && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            kept = read();
        }
        return kept;
    }

    /// The last of these is what a commit meets whose transaction the other has just taken back.
    private static boolean isFencedOff(@Nullable Throwable failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof InvalidTxnStateException;
    }

    /// A broker may stumble itself over a transaction that two want to end at the same moment, and
    /// says no more than that: what has become of it is there to be read.
    private static boolean isOfTheBroker(KafkaException failure) {
        return failure.getClass() == KafkaException.class
                || failure instanceof UnknownServerException;
    }

    private enum Kind {
        ACCESS_KEY_1("access-key-1"),
        ACCESS_KEY_2("access-key-2"),
        ID_KEY("id-key"),
        TOKEN_KEY("token-key"),
        RESOURCE_ID("resource-id"),
        SIGNING_SECRET("webhook-signing-secret");

        private final String key;

        Kind(String key) {
            this.key = key;
        }
    }

    private String make(Kind kind) throws GeneralSecurityException {
        return switch (kind) {
            case ACCESS_KEY_1, ACCESS_KEY_2 -> randomText(64);
            case ID_KEY -> randomText(32);
            case SIGNING_SECRET -> randomText(32);
            case RESOURCE_ID -> UUID.randomUUID().toString();
            case TOKEN_KEY -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048, random);
                yield Base64.getEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            }
        };
    }

    private String randomText(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getEncoder().encodeToString(value);
    }

    private static PlatformSecrets assemble(Settings settings, Map<String, String> kept)
            throws GeneralSecurityException {
        List<byte[]> accessKeys = new ArrayList<>();
        for (Secret key : settings.accessKeys()) {
            accessKeys.add(base64("accessKeys", key.reveal()));
        }
        if (!settings.auth().accessKeyFiles().isEmpty()) {
            accessKeys.addAll(AccessKeyFiles.readAtStart(settings));
        }
        if (accessKeys.isEmpty()) {
            accessKeys.add(base64("access-key-1", value(kept, Kind.ACCESS_KEY_1)));
            accessKeys.add(base64("access-key-2", value(kept, Kind.ACCESS_KEY_2)));
        }
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        PrivateKey tokenKey =
                rsa.generatePrivate(
                        new PKCS8EncodedKeySpec(base64("token-key", value(kept, Kind.TOKEN_KEY))));
        RSAPrivateCrtKey crt = (RSAPrivateCrtKey) tokenKey;
        RSAPublicKey publicKey =
                (RSAPublicKey)
                        rsa.generatePublic(
                                new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()));
        String resource = settings.auth().resourceId();
        return new PlatformSecrets(
                List.copyOf(accessKeys),
                base64("id-key", value(kept, Kind.ID_KEY)),
                tokenKey,
                publicKey,
                thumbprint(publicKey),
                resource.isEmpty() ? value(kept, Kind.RESOURCE_ID) : resource,
                signingSecret(settings.webhooks().signingSecret(), kept));
    }

    private static byte[] signingSecret(Secret set, Map<String, String> kept) {
        if (set.isEmpty()) {
            return base64("webhook-signing-secret", value(kept, Kind.SIGNING_SECRET));
        }
        String text = set.reveal();
        return base64(
                "webhooks.signingSecret",
                text.startsWith(WEBHOOK_PREFIX) ? text.substring(WEBHOOK_PREFIX.length()) : text);
    }

    private static String value(Map<String, String> kept, Kind kind) {
        String value = kept.get(kind.key);
        if (value == null) {
            throw new IllegalStateException(PARTITION.topic() + " lost " + kind.key);
        }
        return value;
    }

    private static byte[] base64(String key, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(key + " is not base64");
        }
    }

    private static String thumbprint(RSAPublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 16);
    }

    private Map<String, String> read() {
        Map<String, String> kept = new HashMap<>();
        ReadToEnd.of(
                kafka,
                List.of(PARTITION),
                record -> {
                    if (record.value() != null) {
                        kept.putIfAbsent(
                                record.key(), new String(record.value(), StandardCharsets.UTF_8));
                    }
                });
        return kept;
    }
}

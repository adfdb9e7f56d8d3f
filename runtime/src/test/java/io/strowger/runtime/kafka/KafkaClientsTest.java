package io.strowger.runtime.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.runtime.settings.SettingsLoader;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// What is set under `kafka.client` reaches every client.
class KafkaClientsTest {
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final String NOWHERE = "/nowhere/ca.p12";

    @TestFactory
    java.util.stream.Stream<DynamicTest> everyClientSpeaksTlsWhenTheSettingsSaySo() {
        KafkaClients tls =
                clients(
                        "{security.protocol: SSL, ssl.truststore.type: PKCS12,"
                                + " ssl.truststore.location: "
                                + NOWHERE
                                + ", ssl.truststore.password: secret}");

        Map<String, Executable> factories =
                Map.of(
                        "admin", tls::admin,
                        "assignedConsumer", tls::assignedConsumer,
                        "bulkConsumer", tls::bulkConsumer,
                        "groupConsumer", () -> tls.groupConsumer("group", "group-0"),
                        "groupConsumer of a session",
                                () -> tls.groupConsumer("group", "group-0", SESSION),
                        "producer", () -> tls.producer(0),
                        "transactionalProducer", () -> tls.transactionalProducer("id"),
                        "transactionalProducer with a bound",
                                () -> tls.transactionalProducer("id", SESSION));
        return factories.entrySet().stream()
                .map(factory ->
                        DynamicTest.dynamicTest(
                                factory.getKey(), () -> looksForTheTrustStore(factory.getValue())));
    }

    @Test
    void thereIsNoFactoryThatThisTestDoesNotKnow() {
        long factories =
                java.util.Arrays.stream(KafkaClients.class.getDeclaredMethods())
                        .filter(method ->
                                AutoCloseable.class.isAssignableFrom(method.getReturnType()))
                        .count();

        assertEquals(8, factories);
    }

    @Test
    void theSettingsForClientsMadeElsewhereCarryThemToo() {
        KafkaClients sasl =
                clients(
                        "{security.protocol: SASL_SSL, sasl.mechanism: SCRAM-SHA-512,"
                                + " sasl.jaas.config: some login}");

        for (Map<String, Object> settings :
                java.util.List.of(
                        sasl.producerSettings(0),
                        sasl.assignedConsumerSettings(),
                        sasl.groupConsumerSettings("group", "group-0"))) {
            assertEquals("SASL_SSL", settings.get("security.protocol"));
            assertEquals("SCRAM-SHA-512", settings.get("sasl.mechanism"));
            assertEquals("some login", settings.get("sasl.jaas.config"));
        }
    }

    private static void looksForTheTrustStore(Executable factory) {
        Throwable failure = assertThrows(KafkaException.class, factory);
        StringBuilder said = new StringBuilder();
        while (failure != null) {
            said.append(failure.getMessage()).append('\n');
            failure = failure.getCause();
        }
        assertTrue(said.toString().contains(NOWHERE), said.toString());
    }

    private static KafkaClients clients(String settings) {
        return new KafkaClients(
                "127.0.0.1:1",
                SettingsLoader.load(null, Map.of("STROWGER_KAFKA_CLIENT", settings)).kafka());
    }
}

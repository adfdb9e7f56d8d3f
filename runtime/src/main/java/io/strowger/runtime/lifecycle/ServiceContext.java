package io.strowger.runtime.lifecycle;

import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// What every service is made from.
///
/// @param kafka clients of the cluster in use
/// @param health where a service registers its readiness checks
/// @param random safe for use by many threads
public record ServiceContext(
        Settings settings,
        KafkaClients kafka,
        PlatformSecrets secrets,
        Health health,
        Telemetry telemetry,
        InstantSource clock,
        RandomGenerator random) {}

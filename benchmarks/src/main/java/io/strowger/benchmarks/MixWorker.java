package io.strowger.benchmarks;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.g711.G711;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.runtime.kafka.KafkaClients;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.log.Logging;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.secrets.PlatformSecrets;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.settings.SettingsLoader;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.MediaEngineFactory;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.recording.AudioRing;
import io.strowger.worker.core.stream.StreamLine;
import io.strowger.worker.shell.rtp.RtpMediaEngineFactory;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The media engine of a worker alone, with conferences in it. Started in a JVM of its own:
/// `MixWorker LEGS_A_CONFERENCE WARM_SECONDS SECONDS PHONE_PORT,...`; prints `LEGS` with a port for
/// each phone, `BEGIN` when it is warm, and `END` with the lateness of its ticks in between.
final class MixWorker {
    private MixWorker() {}

    public static void main(String[] args) throws Exception {
        int legsAConference = Integer.parseInt(args[0]);
        int[] phones = Arrays.stream(args[3].split(",")).mapToInt(Integer::parseInt).toArray();
        Telemetry telemetry = new Telemetry();
        MediaEngineFactory.Running running = start(telemetry);
        String ports =
                IntStream.range(0, phones.length)
                        .mapToObj(i -> {
                            ServerCallId call = new ServerCallId(i / legsAConference, 0);
                            LegId leg = new LegId(i % legsAConference + 1);
                            return join(running.engine(), call, leg, phones[i]);
                        })
                        .collect(Collectors.joining(","));
        System.out.println("LEGS " + ports);
        pause(Long.parseLong(args[1]));
        String before = telemetry.scrape();
        System.out.println("BEGIN");
        pause(Long.parseLong(args[2]));
        System.out.println(
                "END " + lateness(before, telemetry, 50) + " " + lateness(before, telemetry, 99));
        running.closing().close();
        System.exit(0);
    }

    private static String join(MediaEngine engine, ServerCallId call, LegId leg, int phone) {
        int port = engine.openLeg(call, leg, ToneReports.of(true)).orElseThrow();
        engine.connectLeg(
                call,
                leg,
                new NegotiatedAudio(
                        "127.0.0.1", phone, G711.PCMU, 0, 0, 101, 101, 20, Direction.SENDRECV));
        return Integer.toString(port);
    }

    private static void pause(long seconds) {
        long untilNs = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(untilNs - System.nanoTime());
        }
    }

    /// Milliseconds at most.
    private static double lateness(String before, Telemetry telemetry, int percent) {
        return Histogram.percentile(
                        before, telemetry.scrape(), "strowger_media_tick_lateness_seconds", percent)
                * 1000;
    }

    private static MediaEngineFactory.Running start(Telemetry telemetry)
            throws GeneralSecurityException {
        Settings settings =
                SettingsLoader.load(
                        null,
                        Map.of(
                                "STROWGER_SIP_HOST", "127.0.0.1",
                                "STROWGER_RTP_PORTMIN", "0",
                                "STROWGER_RTP_PORTMAX", "0"));
        Logging.configure(new Settings.Log("WARN", "text"));
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        PlatformSecrets secrets =
                new PlatformSecrets(
                        List.of(),
                        new byte[32],
                        keys.getPrivate(),
                        (RSAPublicKey) keys.getPublic(),
                        "key",
                        "resource",
                        new byte[32]);
        ServiceContext context =
                new ServiceContext(
                        settings,
                        new KafkaClients("127.0.0.1:1", settings.kafka()),
                        secrets,
                        new Health(),
                        telemetry,
                        InstantSource.system(),
                        new SecureRandom());
        return new RtpMediaEngineFactory()
                .start(
                        context,
                        new MediaEngineFactory.Outside(
                                new Nobody(),
                                (_, recording) -> new AudioRing(recording.channelType()),
                                (_, stream) -> StreamLine.of(stream.target()),
                                Optional.empty()));
    }

    /// Nothing happens in a conference that is only measured.
    private static final class Nobody implements MediaFacts {
        @Override
        public void happened(ServerCallId call, MediaEvent event) {
            throw new IllegalStateException("nothing was asked for, but: " + event);
        }

        @Override
        public void legSilent(ServerCallId call, LegId leg) {
            throw new IllegalStateException("a phone fell silent: leg " + leg);
        }
    }
}

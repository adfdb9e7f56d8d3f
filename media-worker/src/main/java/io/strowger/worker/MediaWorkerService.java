package io.strowger.worker;

import io.strowger.contracts.id.CallIds;
import io.strowger.contracts.id.WorkerId;
import io.strowger.contracts.placement.Placement;
import io.strowger.runtime.lifecycle.CrashOnlyLoop;
import io.strowger.runtime.lifecycle.Service;
import io.strowger.runtime.lifecycle.ServiceContext;
import io.strowger.runtime.ops.Health;
import io.strowger.runtime.settings.InstanceOrdinal;
import io.strowger.runtime.settings.Settings;
import io.strowger.runtime.telemetry.Telemetry;
import io.strowger.worker.core.lease.Lease;
import io.strowger.worker.core.leg.LegTimings;
import io.strowger.worker.core.leg.LocalParty;
import io.strowger.worker.core.route.Trunk;
import io.strowger.worker.shell.call.CallHost;
import io.strowger.worker.shell.call.CallSettings;
import io.strowger.worker.shell.call.Reception;
import io.strowger.worker.shell.kafka.EpochReader;
import io.strowger.worker.shell.kafka.Heartbeats;
import io.strowger.worker.shell.kafka.OrderConsumer;
import io.strowger.worker.shell.kafka.RecordingWriter;
import io.strowger.worker.shell.kafka.ReportProducer;
import io.strowger.worker.shell.kafka.WorkerEpoch;
import io.strowger.worker.shell.recognizer.RecognizerService;
import io.strowger.worker.shell.sip.SipEndpoint;
import io.strowger.worker.shell.stream.StreamService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media worker: SIP and RTP of its calls, told what to do by `media.commands`. Started and
/// stopped once, by one thread; several live in one JVM when their ordinals differ.
public final class MediaWorkerService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(MediaWorkerService.class);
    private static final Duration ADMIT_WITHOUT_ACK = Duration.ofSeconds(1);
    private static final int FIRST_PLACEMENT = 1;
    private static final Duration LOOP_STOP = Duration.ofSeconds(2);

    /// For BYEs to be answered, or sent again once.
    private static final Duration PARTING = Duration.ofMillis(700);

    /// For the audio of recordings to be acknowledged.
    private static final Duration LAST_AUDIO = Duration.ofSeconds(1);

    private final ServiceContext context;
    private final MediaEngineFactory engines;
    private @Nullable Parts parts;

    private record Parts(
            Base base, WorkerHeart heart, CrashOnlyLoop orders, CrashOnlyLoop heartbeats) {}

    /// What works without Kafka.
    private record Base(
            TrunkAddresses peers,
            SipEndpoint endpoint,
            Rehearsal rehearsal,
            CallHost host,
            MediaEngineFactory.Running engine,
            ReportProducer reports,
            RecordingWriter recordings,
            StreamService streams,
            Optional<RecognizerService> recognizer,
            UserPhones users) {}

    public MediaWorkerService(ServiceContext context, MediaEngineFactory engines) {
        this.context = context;
        this.engines = engines;
    }

    @Override
    public String name() {
        return "media-worker";
    }

    /// The bound SIP port.
    ///
    /// @throws IllegalStateException before the start
    public int sipPort() {
        Parts running = parts;
        if (running == null) {
            throw new IllegalStateException("the media worker was not started");
        }
        return running.base().endpoint().port();
    }

    /// The bound port of SIP over TLS; 0: there is none.
    ///
    /// @throws IllegalStateException before the start
    public int sipTlsPort() {
        Parts running = parts;
        if (running == null) {
            throw new IllegalStateException("the media worker was not started");
        }
        return running.base().endpoint().tlsPort();
    }

    @Override
    public void start() throws Exception {
        Settings settings = context.settings();
        Health.Check sip = context.health().check("sip");
        String advertised = Advertised.host(settings.sip());
        List<Trunk> trunks = TrunkSettings.trunks(settings);
        TrunkAddresses peers = new TrunkAddresses(trunks);
        SipEndpoint endpoint =
                SipEndpoint.open(SipTransports.of(context, advertised, peers::certified), peers);
        UserPhones users = new UserPhones(context, advertised);
        FactsDoor door = new FactsDoor();
        RecordingWriter recordings =
                new RecordingWriter(context.kafka(), context.telemetry(), door);
        Optional<RecognizerService> recognizer = RecognizerService.start(context);
        StreamService streams = StreamService.start(context, door, recognizer.map(one -> one));
        MediaEngineFactory.Running engine =
                engines.start(
                        context,
                        new MediaEngineFactory.Outside(
                                door, recordings, streams, recognizer.map(one -> one)));
        ReportProducer reports =
                new ReportProducer(
                        context.kafka(),
                        context.telemetry(),
                        context.health().check("media-reports"));
        LocalParty local = new LocalParty(advertised, endpoint.port(), endpoint.tlsPort());
        Rehearsal rehearsal = Rehearsal.begin(endpoint, engine.engine(), local, context);
        CallHost host =
                new CallHost(
                        new CallSettings(
                                local,
                                trunks,
                                LegTimings.standard(),
                                settings.media().maxCalls(),
                                settings.media().maxNewCallsPerSecond()),
                        new CallHost.Outside(
                                endpoint.wire(),
                                engine.engine(),
                                reports,
                                context.clock(),
                                System::nanoTime,
                                context.random()),
                        users.routes(),
                        context.telemetry().tracing().of(name()));
        door.open(host);
        users.start(endpoint, reports);
        recordings.start();
        rehearsal.admit(host);
        sip.up();
        connect(
                new Base(
                        peers,
                        endpoint,
                        rehearsal,
                        host,
                        engine,
                        reports,
                        recordings,
                        streams,
                        recognizer,
                        users),
                advertised);
    }

    private void connect(Base base, String advertised) {
        Settings settings = context.settings();
        WorkerId worker =
                new WorkerId(InstanceOrdinal.of(settings.worker().ordinal(), System.getenv()));
        WorkerEpoch epoch = EpochReader.above(context.kafka(), worker, context.clock().millis());
        OrderConsumer consumer =
                new OrderConsumer(
                        context.kafka(), worker, epoch, base.host()::order, base.reports());
        WorkerHeart heart =
                new WorkerHeart(
                        context,
                        worker,
                        epoch,
                        advertised + ":" + base.endpoint().port(),
                        base.host());
        CrashOnlyLoop orders = new CrashOnlyLoop("media-orders", context.health(), consumer);
        Heartbeats beats =
                new Heartbeats(
                        context.kafka(),
                        heart,
                        consumer,
                        new Lease(ADMIT_WITHOUT_ACK, settings.media().timeouts().lease()),
                        context.health().check("media-lease"));
        base.host().watch(beats::look);
        CrashOnlyLoop heartbeats = new CrashOnlyLoop("media-heartbeats", context.health(), beats);
        parts = new Parts(base, heart, orders, heartbeats);
        base.host()
                .receive(
                        new Reception.Desk(
                                new CallIds(context.secrets().idKey()),
                                () -> new Placement(worker, epoch.get(), FIRST_PLACEMENT),
                                consumer::isListening,
                                base.peers(),
                                base.users().directory(),
                                base.users().authority()));
        measure(base.endpoint(), base.host(), base.reports());
        orders.start();
        heartbeats.start();
        LOG.atInfo()
                .addKeyValue("workerId", worker)
                .addKeyValue("epoch", epoch.get())
                .addKeyValue("sip", heart.sipAddress())
                .log("media worker started");
    }

    private void measure(SipEndpoint endpoint, CallHost host, ReportProducer reports) {
        Telemetry telemetry = context.telemetry();
        telemetry.gauge(Telemetry.WORKER_CALLS, host::callCount);
        telemetry.gauge(Telemetry.SIP_BANNED, endpoint::bannedSources);
        telemetry.gauge(Telemetry.MEDIA_REPORTS_WAITING, reports::waiting);
        telemetry.gauge(Telemetry.MEDIA_REPORTS_LOST, reports::lost);
        telemetry.gauge(
                Telemetry.SIP_MESSAGES,
                () -> endpoint.meters().droppedRequests(),
                "outcome",
                SipOutcome.DROPPED_REQUEST);
        telemetry.gauge(
                Telemetry.SIP_MESSAGES,
                () -> endpoint.meters().droppedResponses(),
                "outcome",
                SipOutcome.DROPPED_RESPONSE);
        telemetry.gauge(
                Telemetry.SIP_MESSAGES,
                () -> endpoint.meters().brokenMessages(),
                "outcome",
                SipOutcome.BROKEN);
        telemetry.gauge(
                Telemetry.SIP_MESSAGES,
                () -> endpoint.meters().unsendable(),
                "outcome",
                SipOutcome.UNSENDABLE);
    }

    private enum SipOutcome {
        DROPPED_REQUEST,
        DROPPED_RESPONSE,
        BROKEN,
        UNSENDABLE
    }

    /// Takes no new calls, waits for those that run, ends what is left, leaves. Needs seven seconds
    /// beyond `media.timeouts.drain` at most, with or without Kafka.
    @Override
    public void stop() throws Exception {
        Parts running = parts;
        if (running == null) {
            return;
        }
        parts = null;
        running.heart().drain();
        Base base = running.base();
        base.rehearsal().stop();
        long drainNs = context.settings().media().timeouts().drain().toNanos();
        await(base.host()::callCount, System.nanoTime() + drainNs);
        if (base.host().callCount() > 0) {
            base.host().hangUpAll("the worker stops");
            await(base.host()::callCount, System.nanoTime() + PARTING.toNanos());
        }
        base.host().stopRecordings();
        await(base.host()::recordingCount, System.nanoTime() + LAST_AUDIO.toNanos());
        running.orders().stop(Duration.ZERO);
        boolean stopped = running.heartbeats().stop(LOOP_STOP) & running.orders().stop(LOOP_STOP);
        base.recordings().close();
        base.streams().close();
        if (base.recognizer().isPresent()) {
            base.recognizer().get().close();
        }
        base.reports().close();
        base.endpoint().close();
        base.users().stop();
        base.peers().close();
        base.host().close();
        base.engine().closing().close();
        LOG.atInfo().addKeyValue("clean", stopped).log("media worker stopped");
    }

    private static void await(IntSupplier left, long deadlineNs) throws InterruptedException {
        while (left.getAsInt() > 0 && System.nanoTime() - deadlineNs < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}

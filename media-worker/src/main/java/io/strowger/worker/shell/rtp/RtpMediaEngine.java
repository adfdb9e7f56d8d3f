package io.strowger.worker.shell.rtp;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.contracts.media.StreamOutcome;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.runtime.net.NameLookups;
import io.strowger.worker.MediaEngineFactory;
import io.strowger.worker.core.bridge.Bridge;
import io.strowger.worker.core.bridge.BridgeFacts;
import io.strowger.worker.core.bridge.Recorder;
import io.strowger.worker.core.bridge.Streams;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.recording.AudioOutlet;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.speech.Heard;
import io.strowger.worker.core.speech.SpeechRecognizer;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import io.strowger.worker.core.stream.StreamOutlet;
import io.strowger.worker.core.stream.StreamRequest;
import io.strowger.worker.shell.prompt.Prompts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media of this worker: each call belongs to one media thread, by its id.
final class RtpMediaEngine implements MediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(RtpMediaEngine.class);
    private static final Duration LOOK_UP_PATIENCE = Duration.ofSeconds(20);
    private static final String NOT_THERE = "the participant is not in the call";

    /// Longer than a breath of a phone that sends nothing between two words.
    private static final long CLOSE_PATIENCE_NS = Duration.ofSeconds(2).toNanos();

    private final List<MediaAgent> agents;
    private final PortPool ports;
    private final Prompts prompts;
    private final MediaFacts facts;
    private final AudioOutlet audio;
    private final StreamOutlet streams;
    private final Optional<SpeechRecognizer> recognizer;
    private final Limits limits;
    private final RandomGenerator random;
    private final CallSockets sockets = new CallSockets();
    private volatile long silencePatienceNs;

    /// @param silencePatienceNs without RTP, a leg that should send is told of
    record Limits(long silencePatienceNs) {}

    RtpMediaEngine(
            List<MediaAgent> agents,
            PortPool ports,
            Prompts prompts,
            MediaEngineFactory.Outside outside,
            Limits limits,
            RandomGenerator random) {
        this.agents = List.copyOf(agents);
        this.ports = ports;
        this.prompts = prompts;
        this.facts = outside.facts();
        this.audio = outside.audio();
        this.streams = outside.streams();
        this.recognizer = outside.recognizer();
        this.limits = limits;
        this.silencePatienceNs = limits.silencePatienceNs;
        this.random = random;
    }

    private MediaAgent agent(ServerCallId call) {
        return agents.get(Math.floorMod(Long.hashCode(call.high()), agents.size()));
    }

    @Override
    public OptionalInt openLeg(ServerCallId call, LegId leg, ToneReports reports) {
        LegSockets bound;
        try {
            bound = ports.take();
        } catch (IOException e) {
            throw new UncheckedIOException("no socket for RTP", e);
        }
        if (bound == null) {
            return OptionalInt.empty();
        }
        sockets.keep(call, leg, bound);
        OutgoingStream out =
                new OutgoingStream(random.nextInt(), random.nextInt() & 0x7FFF, random.nextInt());
        agent(call)
                .submit((agent, _) -> {
                    bridgeOf(call, agent).addLeg(leg, bound, reports, out);
                });
        return OptionalInt.of(bound.port());
    }

    /// The bridge of a call that begins now or has begun. Media thread.
    private Bridge bridgeOf(ServerCallId call, MediaAgent agent) {
        Bridge present = agent.bridge(call);
        if (present != null) {
            return present;
        }
        Bridge bridge =
                new Bridge(
                        new Facts(call),
                        agent.counts(),
                        () -> silencePatienceNs,
                        agent.firstFrameAtNs());
        agent.seat(call, bridge);
        return bridge;
    }

    /// A call in which nothing is left to do gives up its place. Media thread.
    private static void tidy(ServerCallId call, Bridge bridge, MediaAgent agent) {
        if (bridge.isIdle()) {
            agent.unseat(call);
        }
    }

    @Override
    public void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio) {
        InetSocketAddress remote = stated(audio);
        onBridge(call, (bridge, _, nowNs) -> bridge.connect(leg, audio, remote, nowNs));
        if (remote.isUnresolved()) {
            Thread.ofVirtual().start(() -> lookUp(call, leg, remote));
        }
    }

    /// A host name is left unresolved: looking it up may take long.
    private static InetSocketAddress stated(NegotiatedAudio audio) {
        try {
            return new InetSocketAddress(
                    InetAddress.ofLiteral(audio.remoteAddress()), audio.remotePort());
        } catch (IllegalArgumentException name) {
            return InetSocketAddress.createUnresolved(audio.remoteAddress(), audio.remotePort());
        }
    }

    private void lookUp(ServerCallId call, LegId leg, InetSocketAddress named) {
        try {
            InetAddress address =
                    NameLookups.ofTheSystem()
                            .find(named.getHostString(), LOOK_UP_PATIENCE)
                            .getFirst();
            InetSocketAddress found = new InetSocketAddress(address, named.getPort());
            onBridge(call, (bridge, _, _) -> bridge.found(leg, named, found));
        } catch (UnknownHostException e) {
            LOG.atWarn()
                    .addKeyValue("serverCallId", call)
                    .addKeyValue("legId", leg)
                    .addKeyValue("reason", e.getMessage())
                    .log("the host that a peer wants its media at has no address");
        }
    }

    @Override
    public void listenClosely(boolean closely) {
        silencePatienceNs =
                closely
                        ? Math.min(CLOSE_PATIENCE_NS, limits.silencePatienceNs)
                        : limits.silencePatienceNs;
    }

    @Override
    public void closeLeg(ServerCallId call, LegId leg) {
        LegSockets closing = sockets.forget(call, leg);
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge != null) {
                        bridge.removeLeg(leg, agent.scratch(), agent.epochMs());
                        tidy(call, bridge, agent);
                    }
                    close(closing);
                });
    }

    @Override
    public void muteLeg(ServerCallId call, LegId leg, boolean muted) {
        onBridge(call, (bridge, _, nowNs) -> bridge.mute(leg, muted, nowNs));
    }

    @Override
    public void pressTone(ServerCallId call, MediaCommand.PressTone key) {
        onBridge(call, (bridge, _, nowNs) -> bridge.pressedElsewhere(key, nowNs));
    }

    @Override
    public void holdLeg(ServerCallId call, MediaCommand.HoldLeg hold) {
        onBridge(
                call,
                (bridge, _, nowNs) -> bridge.hold(hold, nowNs),
                () ->
                        hold.music() == null
                                ? null
                                : new MediaEvent.HoldFailed(
                                        hold.operationId(),
                                        hold.leg(),
                                        PlayOutcome.FAILED,
                                        NOT_THERE));
    }

    @Override
    public void unholdLeg(ServerCallId call, LegId leg) {
        onBridge(call, (bridge, _, nowNs) -> bridge.unhold(leg, nowNs));
    }

    @Override
    public void reportTones(ServerCallId call, LegId leg, boolean on) {
        onBridge(call, (bridge, _, _) -> bridge.reportTones(leg, on));
    }

    @Override
    public void sendTones(ServerCallId call, MediaCommand.SendTones tones) {
        onBridge(
                call,
                (bridge, _, _) -> bridge.sendTones(tones),
                () -> new MediaEvent.TonesSent(tones.operationId(), NOT_THERE));
    }

    @Override
    public void startPlay(ServerCallId call, MediaCommand.StartPlay play) {
        onBridge(
                call,
                (bridge, _, _) -> bridge.startPlay(play),
                () ->
                        new MediaEvent.PlayEnded(
                                play.operationId(),
                                PlayOutcome.FAILED,
                                null,
                                "there is nobody to hear it"));
    }

    @Override
    public void stopPlay(ServerCallId call, OperationId operation) {
        onBridge(call, (bridge, _, _) -> bridge.stopPlay(operation));
    }

    @Override
    public void startRecognize(ServerCallId call, MediaCommand.StartRecognize recognize) {
        onBridge(
                call,
                (bridge, _, nowNs) -> bridge.startRecognize(recognize, nowNs),
                () ->
                        new MediaEvent.RecognizeEnded(
                                recognize.operationId(),
                                RecognizeOutcome.FAILED,
                                List.of(),
                                null,
                                null,
                                NOT_THERE));
    }

    @Override
    public void stopRecognize(ServerCallId call, OperationId operation) {
        onBridge(call, (bridge, _, _) -> bridge.stopRecognize(operation));
    }

    @Override
    public void startRecording(ServerCallId call, MediaCommand.StartRecording recording) {
        agent(call)
                .submit((agent, _) -> {
                    Recorder recorder = bridgeOf(call, agent).recorder();
                    if (!recorder.records(recording.recording())) {
                        recorder.start(recording, audio.open(call, recording));
                    }
                });
    }

    @Override
    public void recordLeg(ServerCallId call, MediaCommand.RecordLeg leg) {
        onBridge(call, (bridge, _, _) -> bridge.recorder().record(leg));
    }

    @Override
    public void pauseRecording(ServerCallId call, RecordingId recording) {
        onBridge(call, (bridge, _, _) -> bridge.recorder().pause(recording));
    }

    @Override
    public void resumeRecording(ServerCallId call, RecordingId recording) {
        onBridge(call, (bridge, _, _) -> bridge.recorder().resume(recording));
    }

    @Override
    public void stopRecording(ServerCallId call, RecordingId recording) {
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge == null || !bridge.recorder().stop(recording)) {
                        facts.happened(call, new MediaEvent.RecordingStopped(recording, 0));
                    } else {
                        tidy(call, bridge, agent);
                    }
                });
    }

    @Override
    public void startStream(ServerCallId call, StreamRequest stream) {
        agent(call)
                .submit((agent, _) -> {
                    Streams running = bridgeOf(call, agent).streams();
                    if (!running.has(stream.stream())) {
                        running.start(stream, streams.open(call, stream));
                    }
                });
    }

    @Override
    public void updateTranscription(ServerCallId call, MediaCommand.UpdateTranscription update) {
        onBridge(call, (bridge, _, _) -> bridge.streams().change(update));
    }

    @Override
    public void streamLeg(ServerCallId call, MediaCommand.StreamLeg leg) {
        onBridge(call, (bridge, _, _) -> bridge.streams().stream(leg));
    }

    @Override
    public void stopStream(ServerCallId call, OperationId stream) {
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge == null || !bridge.streams().stop(stream)) {
                        facts.happened(
                                call,
                                new MediaEvent.StreamEnded(
                                        stream, StreamOutcome.STOPPED, "it was over"));
                    } else {
                        tidy(call, bridge, agent);
                    }
                });
    }

    @Override
    public void release(ServerCallId call) {
        List<LegSockets> closing = sockets.forget(call);
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge != null) {
                        bridge.abandon();
                    }
                    agent.unseat(call);
                    closing.forEach(RtpMediaEngine::close);
                });
    }

    private static void close(@Nullable LegSockets closing) {
        if (closing != null) {
            try {
                closing.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private interface OnBridge {
        void run(Bridge bridge, MediaAgent agent, long nowNs);
    }

    /// A call that is gone has nothing to act on.
    private void onBridge(ServerCallId call, OnBridge act) {
        onBridge(call, act, () -> null);
    }

    /// @param failure what is told when the call is gone
    private void onBridge(ServerCallId call, OnBridge act, Supplier<@Nullable MediaEvent> failure) {
        agent(call)
                .submit((agent, nowNs) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge != null) {
                        act.run(bridge, agent, nowNs);
                        return;
                    }
                    MediaEvent event = failure.get();
                    if (event != null) {
                        facts.happened(call, event);
                    }
                });
    }

    private final class Facts implements BridgeFacts {
        private final ServerCallId call;

        Facts(ServerCallId call) {
            this.call = call;
        }

        @Override
        public void happened(MediaEvent event) {
            facts.happened(call, event);
        }

        @Override
        public void legSilent(LegId leg) {
            facts.legSilent(call, leg);
        }

        @Override
        public void fetch(OperationId operation, int index, PlaySource source) {
            prompts.load(
                    source,
                    loaded ->
                            onBridge(
                                    call,
                                    (bridge, _, _) -> bridge.loaded(operation, index, loaded)));
        }

        @Override
        public @Nullable Session listen(OperationId operation, LegId leg, SpokenInput spoken) {
            return recognizer
                    .map(one ->
                            one.open(
                                    SpeechRecognizer.Request.of(spoken, call, leg),
                                    Heard.listener(heard -> heard(operation, heard))))
                    .orElse(null);
        }

        private void heard(OperationId operation, Heard heard) {
            onBridge(call, (bridge, _, nowNs) -> bridge.heard(operation, heard, nowNs));
        }
    }
}

package io.strowger.worker.shell.rtp;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.bridge.Bridge;
import io.strowger.worker.core.bridge.BridgeFacts;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.shell.prompt.Prompts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media of this worker: each call belongs to one media thread, by its id.
final class RtpMediaEngine implements MediaEngine {
    private static final Logger LOG = LoggerFactory.getLogger(RtpMediaEngine.class);
    private final List<MediaAgent> agents;
    private final PortPool ports;
    private final Prompts prompts;
    private final MediaFacts facts;
    private final Limits limits;
    private final RandomGenerator random;
    private final Map<ServerCallId, Map<LegId, LegSockets>> sockets = new ConcurrentHashMap<>();

    /// @param silencePatienceNs without RTP, a leg that should send is told of
    record Limits(long silencePatienceNs) {}

    RtpMediaEngine(
            List<MediaAgent> agents,
            PortPool ports,
            Prompts prompts,
            MediaFacts facts,
            Limits limits,
            RandomGenerator random) {
        this.agents = List.copyOf(agents);
        this.ports = ports;
        this.prompts = prompts;
        this.facts = facts;
        this.limits = limits;
        this.random = random;
    }

    private MediaAgent agent(ServerCallId call) {
        return agents.get(Math.floorMod(Long.hashCode(call.high()), agents.size()));
    }

    @Override
    public OptionalInt openLeg(ServerCallId call, LegId leg, boolean reportTones) {
        LegSockets bound;
        try {
            bound = ports.take();
        } catch (IOException e) {
            throw new UncheckedIOException("no socket for RTP", e);
        }
        if (bound == null) {
            return OptionalInt.empty();
        }
        sockets.compute(
                call,
                (_, legs) -> {
                    Map<LegId, LegSockets> next = legs == null ? new HashMap<>() : legs;
                    next.put(leg, bound);
                    return next;
                });
        OutgoingStream out =
                new OutgoingStream(random.nextInt(), random.nextInt() & 0x7FFF, random.nextInt());
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge == null) {
                        bridge =
                                new Bridge(
                                        new Facts(call),
                                        agent.counts(),
                                        limits.silencePatienceNs,
                                        agent.firstFrameAtNs());
                        agent.seat(call, bridge);
                    }
                    bridge.addLeg(leg, bound, reportTones, out);
                });
        return OptionalInt.of(bound.port());
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
        InetSocketAddress found = new InetSocketAddress(named.getHostString(), named.getPort());
        if (found.isUnresolved()) {
            LOG.atWarn()
                    .addKeyValue("serverCallId", call)
                    .addKeyValue("legId", leg)
                    .log("the host that a peer wants its media at has no address");
        } else {
            onBridge(call, (bridge, _, _) -> bridge.found(leg, named, found));
        }
    }

    @Override
    public void closeLeg(ServerCallId call, LegId leg) {
        LegSockets closing = forget(call, leg);
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge != null) {
                        bridge.removeLeg(leg, agent.scratch(), agent.epochMs());
                        if (bridge.isEmpty()) {
                            agent.unseat(call);
                        }
                    }
                    close(closing);
                });
    }

    private @Nullable LegSockets forget(ServerCallId call, LegId leg) {
        AtomicReference<@Nullable LegSockets> found = new AtomicReference<>();
        sockets.computeIfPresent(
                call,
                (_, legs) -> {
                    found.set(legs.remove(leg));
                    return legs.isEmpty() ? null : legs;
                });
        return found.get();
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

    @Override
    public void startPlay(ServerCallId call, MediaCommand.StartPlay play) {
        agent(call)
                .submit((agent, _) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge == null) {
                        facts.happened(
                                call,
                                new MediaEvent.PlayEnded(
                                        play.operationId(),
                                        io.strowger.contracts.media.PlayOutcome.FAILED,
                                        null,
                                        "there is nobody to hear it"));
                    } else {
                        bridge.startPlay(play);
                    }
                });
    }

    @Override
    public void stopPlay(ServerCallId call, OperationId operation) {
        onBridge(call, (bridge, _, _) -> bridge.stopPlay(operation));
    }

    @Override
    public void startRecognize(ServerCallId call, MediaCommand.StartRecognize recognize) {
        agent(call)
                .submit((agent, nowNs) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge == null) {
                        facts.happened(
                                call,
                                new MediaEvent.RecognizeEnded(
                                        recognize.operationId(),
                                        io.strowger.contracts.media.RecognizeOutcome.FAILED,
                                        List.of(),
                                        null,
                                        null,
                                        "the participant is not in the call"));
                    } else {
                        bridge.startRecognize(recognize, nowNs);
                    }
                });
    }

    @Override
    public void stopRecognize(ServerCallId call, OperationId operation) {
        onBridge(call, (bridge, _, _) -> bridge.stopRecognize(operation));
    }

    @Override
    public void release(ServerCallId call) {
        Map<LegId, LegSockets> closing = sockets.remove(call);
        agent(call)
                .submit((agent, _) -> {
                    agent.unseat(call);
                    if (closing != null) {
                        closing.values().forEach(RtpMediaEngine::close);
                    }
                });
    }

    private interface OnBridge {
        void run(Bridge bridge, MediaAgent agent, long nowNs);
    }

    /// A call that is gone has nothing to act on.
    private void onBridge(ServerCallId call, OnBridge act) {
        agent(call)
                .submit((agent, nowNs) -> {
                    Bridge bridge = agent.bridge(call);
                    if (bridge != null) {
                        act.run(bridge, agent, nowNs);
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
    }
}

package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.contracts.media.RecognizeOutcome;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.play.Loaded;
import io.strowger.worker.core.play.Player;
import io.strowger.worker.core.recognize.Recognition;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.rtp.OutgoingStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The media of one call: each leg hears all others and what plays for it (N-1). Driven frame by
/// frame by one media thread; once warm, a frame allocates nothing.
public final class Bridge implements LegMedia.Keys {
    private static final long STALL_NS = 200_000_000L;
    private final BridgeFacts facts;
    private final MediaCounts counts;
    private final long silencePatienceNs;
    private final List<LegMedia> legs = new ArrayList<>();
    private final List<Playing> plays = new ArrayList<>();
    private final List<Recognizing> recognitions = new ArrayList<>();
    private final Set<OperationId> seen = new HashSet<>();
    private final int[] sum = new int[Frame.SAMPLES];
    private long nowNs;
    private long nextFrameAtNs;

    /// @param counts of the media thread
    /// @param silencePatienceNs without a packet, a leg that should send is told of
    /// @param firstFrameAtNs steady clock
    public Bridge(
            BridgeFacts facts, MediaCounts counts, long silencePatienceNs, long firstFrameAtNs) {
        this.facts = facts;
        this.counts = counts;
        this.silencePatienceNs = silencePatienceNs;
        this.nextFrameAtNs = firstFrameAtNs;
        this.nowNs = firstFrameAtNs;
    }

    public void addLeg(LegId id, RtpSocket socket, boolean reportTones, OutgoingStream out) {
        legs.add(new LegMedia(id, socket, reportTones, out, counts));
    }

    /// Starts a leg's media, or after a re-INVITE changes it.
    ///
    /// @param remote where the peer wants its packets; may be unresolved
    public void connect(LegId id, NegotiatedAudio audio, InetSocketAddress remote, long atNs) {
        LegMedia leg = leg(id);
        if (leg != null) {
            leg.connect(audio, remote, atNs);
        }
    }

    /// The host that a leg's peer named has been looked up.
    public void found(LegId id, InetSocketAddress named, InetSocketAddress remote) {
        LegMedia leg = leg(id);
        if (leg != null) {
            leg.found(named, remote);
        }
    }

    /// Takes a leg out. What only this leg heard has failed.
    ///
    /// @param scratch at least 128 bytes
    public void removeLeg(LegId id, ByteBuffer scratch, long epochMs) {
        LegMedia leg = leg(id);
        if (leg == null) {
            return;
        }
        leg.bye(scratch, epochMs);
        legs.remove(leg);
        for (Recognizing one : List.copyOf(recognitions)) {
            if (one.leg().equals(id)) {
                end(one, RecognizeOutcome.FAILED, "the participant left");
            }
        }
        for (Playing one : List.copyOf(plays)) {
            boolean heard = legs.stream().anyMatch(left -> one.isHeardBy(left.id));
            if (!heard && one.of == null) {
                end(one, PlayOutcome.FAILED, null, "nobody is left to hear it");
            }
        }
    }

    public boolean isEmpty() {
        return legs.isEmpty();
    }

    public void startPlay(MediaCommand.StartPlay play) {
        if (!seen.add(play.operationId())) {
            return;
        }
        Playing playing =
                new Playing(play.operationId(), play.sources(), play.legs(), play.loop(), null);
        plays.add(playing);
        if (legs.stream().noneMatch(leg -> playing.isHeardBy(leg.id))) {
            end(playing, PlayOutcome.FAILED, null, "there is nobody to hear it");
            return;
        }
        if (play.sources().isEmpty()) {
            end(playing, PlayOutcome.FAILED, null, "it has no source");
            return;
        }
        fetchNext(playing);
    }

    public void stopPlay(OperationId id) {
        Playing playing = playing(id);
        if (playing != null && playing.of == null) {
            end(playing, PlayOutcome.CANCELED, null, null);
        }
    }

    public void startRecognize(MediaCommand.StartRecognize command, long atNs) {
        if (!seen.add(command.operationId())) {
            return;
        }
        boolean prompting = !command.prompts().isEmpty();
        Recognizing one =
                new Recognizing(
                        command.operationId(),
                        command.leg(),
                        new Recognition(
                                command.dtmf(), command.interruptPrompt(), prompting, atNs));
        recognitions.add(one);
        if (leg(command.leg()) == null) {
            end(one, RecognizeOutcome.FAILED, "the participant is not in the call");
            return;
        }
        if (prompting) {
            Playing prompt =
                    new Playing(
                            command.operationId(),
                            command.prompts(),
                            List.of(command.leg()),
                            false,
                            one);
            plays.add(prompt);
            fetchNext(prompt);
        }
    }

    public void stopRecognize(OperationId id) {
        for (Recognizing one : List.copyOf(recognitions)) {
            if (one.id().equals(id)) {
                end(one, RecognizeOutcome.CANCELED, null);
            }
        }
    }

    /// A source was fetched, or was not.
    public void loaded(OperationId id, int index, Loaded what) {
        Playing playing = playing(id);
        if (playing != null) {
            playing.player.loaded(index, what);
        }
    }

    private void fetchNext(Playing playing) {
        for (int next = playing.player.wanted(playing.asked);
                next >= 0;
                next = playing.player.wanted(playing.asked)) {
            playing.asked = next;
            facts.fetch(playing.id, next, playing.sources.get(next));
        }
    }

    /// When the next frame is due, steady clock.
    public long nextFrameAtNs() {
        return nextFrameAtNs;
    }

    /// Does one frame: takes in, mixes, sends. After a stall of more than 200 ms the frames that
    /// were missed are passed over; the timestamps move on.
    ///
    /// @param packet direct, at least 2 KiB
    public void frame(long atNs, long epochMs, ByteBuffer packet) {
        nowNs = atNs;
        long behind = atNs - nextFrameAtNs;
        if (behind > STALL_NS) {
            long missed = behind / Frame.NS;
            for (int i = 0; i < legs.size(); i++) {
                legs.get(i).skip(missed);
            }
            nextFrameAtNs += missed * Frame.NS;
        }
        nextFrameAtNs += Frame.NS;
        listen(packet);
        play();
        send(packet, epochMs);
        watchTime();
    }

    private void listen(ByteBuffer packet) {
        boolean bridged = legs.size() > 1;
        Arrays.fill(sum, 0);
        for (int i = 0; i < legs.size(); i++) {
            LegMedia leg = legs.get(i);
            leg.receive(packet, bridged, nowNs, this);
            if (leg.needsListening(bridged)) {
                leg.listen(this);
                for (int s = 0; s < Frame.SAMPLES; s++) {
                    sum[s] += leg.heard[s];
                }
            }
        }
    }

    private void play() {
        for (int i = 0; i < plays.size(); i++) {
            Playing playing = plays.get(i);
            Arrays.fill(playing.frame, 0);
            boolean before = playing.player.started();
            playing.player.add(playing.frame);
            if (!before && playing.player.started()) {
                facts.happened(new MediaEvent.PlayStarted(playing.id));
            }
            fetchNext(playing);
        }
    }

    private void send(ByteBuffer packet, long epochMs) {
        boolean bridged = legs.size() > 1;
        for (int i = 0; i < legs.size(); i++) {
            LegMedia leg = legs.get(i);
            for (int s = 0; s < Frame.SAMPLES; s++) {
                leg.mix[s] = bridged ? sum[s] - leg.heard[s] : 0;
            }
            for (int p = 0; p < plays.size(); p++) {
                Playing playing = plays.get(p);
                if (playing.isHeardBy(leg.id)) {
                    for (int s = 0; s < Frame.SAMPLES; s++) {
                        leg.mix[s] += playing.frame[s];
                    }
                }
            }
            leg.send(packet);
            leg.report(packet, nowNs, epochMs);
        }
    }

    private void watchTime() {
        for (int i = plays.size() - 1; i >= 0; i--) {
            if (plays.get(i).player.isOver()) {
                played(plays.get(i));
            }
        }
        for (int i = recognitions.size() - 1; i >= 0; i--) {
            Recognizing one = recognitions.get(i);
            RecognizeOutcome outcome = one.recognition().at(nowNs);
            if (outcome != null) {
                end(one, outcome, null);
            }
        }
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).fellSilent(nowNs, silencePatienceNs)) {
                facts.legSilent(legs.get(i).id);
            }
        }
    }

    private void played(Playing playing) {
        Player player = playing.player;
        boolean failed = player.failed();
        Recognizing of = playing.of;
        if (of != null) {
            plays.remove(playing);
            if (failed) {
                recognitions.remove(of);
                facts.happened(
                        new MediaEvent.RecognizeEnded(
                                of.id(),
                                RecognizeOutcome.PROMPT_FAILED,
                                of.recognition().tones(),
                                player.failure().outcome(),
                                player.failedIndex(),
                                player.failure().detail()));
            } else {
                of.recognition().promptEnded(nowNs);
            }
        } else if (failed) {
            end(
                    playing,
                    player.failure().outcome(),
                    player.failedIndex(),
                    player.failure().detail());
        } else {
            end(playing, PlayOutcome.COMPLETED, null, null);
        }
    }

    @Override
    public void pressed(LegMedia leg, Tone tone) {
        if (leg.reportTones) {
            leg.tonesReported++;
            facts.happened(new MediaEvent.ToneReceived(leg.id, tone, leg.tonesReported));
        }
        for (Recognizing one : List.copyOf(recognitions)) {
            if (one.leg().equals(leg.id)) {
                if (one.recognition().interruptsPrompt()) {
                    plays.removeIf(playing -> playing.of == one);
                }
                RecognizeOutcome outcome = one.recognition().pressed(tone, nowNs);
                if (outcome != null) {
                    end(one, outcome, null);
                }
            }
        }
    }

    private void end(
            Playing playing,
            PlayOutcome outcome,
            @Nullable Integer failedIndex,
            @Nullable String detail) {
        plays.remove(playing);
        facts.happened(new MediaEvent.PlayEnded(playing.id, outcome, failedIndex, detail));
    }

    private void end(Recognizing one, RecognizeOutcome outcome, @Nullable String detail) {
        recognitions.remove(one);
        plays.removeIf(playing -> playing.of == one);
        facts.happened(
                new MediaEvent.RecognizeEnded(
                        one.id(), outcome, one.recognition().tones(), null, null, detail));
    }

    private @Nullable LegMedia leg(LegId id) {
        for (LegMedia leg : legs) {
            if (leg.id.equals(id)) {
                return leg;
            }
        }
        return null;
    }

    private @Nullable Playing playing(OperationId id) {
        for (Playing playing : plays) {
            if (playing.id.equals(id)) {
                return playing;
            }
        }
        return null;
    }
}

package io.strowger.worker.core.bridge;

import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.media.g711.G711;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.play.Loaded;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.rtp.OutgoingStream;
import io.strowger.worker.core.speech.Heard;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The media of one call: each leg hears all others, or the loudest of many, and what plays for it
/// (N-1); a leg on hold hears its music and is heard by nobody. Driven frame by frame by one media
/// thread; once warm, a frame allocates nothing, and costs each leg the same however many there
/// are.
public final class Bridge implements LegReceiver.Keys {
    private static final long STALL_NS = 200_000_000L;
    private final BridgeFacts facts;
    private final MediaCounts counts;
    private final LongSupplier silencePatienceNs;
    private final Legs legs = new Legs();
    private final Talkers talkers = new Talkers();
    private final Mixer mixer = new Mixer();
    private final LegReceiver.Scratch scratch = new LegReceiver.Scratch();
    private final Operations operations;
    private final Recorder recorder;
    private final Streams streams = new Streams(legs);
    private long nowNs;
    private long nextFrameAtNs;

    /// @param counts of the media thread
    /// @param silencePatienceNs without a packet, a leg that should send is told of; asked in each
    ///   frame
    /// @param firstFrameAtNs steady clock
    public Bridge(
            BridgeFacts facts,
            MediaCounts counts,
            LongSupplier silencePatienceNs,
            long firstFrameAtNs) {
        this.facts = facts;
        this.counts = counts;
        this.silencePatienceNs = silencePatienceNs;
        this.operations = new Operations(facts, legs);
        this.recorder = new Recorder(facts, legs);
        this.nextFrameAtNs = firstFrameAtNs;
        this.nowNs = firstFrameAtNs;
    }

    public void addLeg(LegId id, RtpSocket socket, ToneReports reports, OutgoingStream out) {
        LegMedia leg = new LegMedia(id, socket, reports, out, counts, scratch);
        legs.add(leg);
        talkers.add(leg.voice);
        operations.joined(leg);
        recorder.joined(leg);
    }

    /// Starts a leg's media, or after a re-INVITE changes it.
    ///
    /// @param remote where the peer wants its packets; may be unresolved
    public void connect(LegId id, NegotiatedAudio audio, InetSocketAddress remote, long atNs) {
        LegMedia leg = legs.find(id);
        if (leg != null) {
            leg.connect(audio, remote, atNs);
        }
    }

    /// The host that a leg's peer named has been looked up.
    public void found(LegId id, InetSocketAddress named, InetSocketAddress remote) {
        LegMedia leg = legs.find(id);
        if (leg != null) {
            leg.found(named, remote);
        }
    }

    /// Takes a leg out. What only this leg heard has failed, and the keys that were still to be
    /// pressed towards it.
    ///
    /// @param scratch at least 128 bytes
    public void removeLeg(LegId id, ByteBuffer scratch, long epochMs) {
        LegMedia leg = legs.find(id);
        if (leg == null) {
            return;
        }
        leg.bye(scratch, epochMs);
        legs.remove(leg);
        talkers.remove(leg.voice);
        giveUpTones(leg, "the participant left");
        operations.left(leg);
        recorder.left(leg);
    }

    /// How many legs there are.
    public int legs() {
        return legs.size();
    }

    /// The others hear this leg no more, or again. Its keys are heard all the same.
    public void mute(LegId id, boolean muted, long atNs) {
        LegMedia leg = legs.find(id);
        if (leg != null) {
            leg.mute(muted, atNs);
        }
    }

    /// Parts a leg from the others. Replaces an earlier hold.
    public void hold(MediaCommand.HoldLeg hold, long atNs) {
        if (!operations.isNew(hold.operationId())) {
            return;
        }
        LegMedia leg = legs.find(hold.leg());
        if (leg != null) {
            leg.hold(operations.startMusic(hold, leg), atNs);
        } else if (hold.music() != null) {
            facts.happened(
                    new MediaEvent.HoldFailed(
                            hold.operationId(),
                            hold.leg(),
                            PlayOutcome.FAILED,
                            "the participant is not in the call"));
        }
    }

    /// Joins a held leg with the others again.
    public void unhold(LegId id, long atNs) {
        LegMedia leg = legs.find(id);
        if (leg != null && leg.isHeld()) {
            operations.stopMusic(leg);
            leg.unhold(atNs);
        }
    }

    /// Each key press of the leg is told from now on, or no more.
    public void reportTones(LegId id, boolean on) {
        LegMedia leg = legs.find(id);
        if (leg != null) {
            leg.reportTones = on;
        }
    }

    /// Presses keys towards a leg.
    public void sendTones(MediaCommand.SendTones command) {
        if (!operations.isNew(command.operationId())) {
            return;
        }
        LegMedia leg = legs.find(command.leg());
        String refusal = leg == null ? "the participant is not in the call" : leg.refusesTones();
        if (leg == null || refusal != null || command.tones().isEmpty()) {
            facts.happened(new MediaEvent.TonesSent(command.operationId(), refusal));
        } else {
            leg.tones().add(command);
        }
    }

    public void startPlay(MediaCommand.StartPlay play) {
        if (operations.isNew(play.operationId())) {
            operations.startPlay(play);
        }
    }

    public void stopPlay(OperationId id) {
        operations.stopPlay(id);
    }

    public void startRecognize(MediaCommand.StartRecognize recognize, long atNs) {
        if (operations.isNew(recognize.operationId())) {
            operations.startRecognize(recognize, atNs);
        }
    }

    public void stopRecognize(OperationId id) {
        operations.recognitions().stop(id);
    }

    /// The recogniser told something of a recognition.
    public void heard(OperationId id, Heard heard, long atNs) {
        operations.recognitions().heard(id, heard, atNs);
    }

    /// The call is gone: what left it for others ends.
    public void abandon() {
        recorder.abandon();
        streams.stopAll();
        operations.recognitions().abandon();
    }

    /// A source was fetched, or was not.
    public void loaded(OperationId id, int index, Loaded what) {
        operations.loaded(id, index, what);
    }

    /// The recordings of this call.
    public Recorder recorder() {
        return recorder;
    }

    /// The streams of this call.
    public Streams streams() {
        return streams;
    }

    /// Whether nothing is left to do.
    public boolean isIdle() {
        return legs.size() == 0 && !recorder.isOn() && !streams.isOn();
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
            recorder.skip(missed);
            nextFrameAtNs += missed * Frame.NS;
        }
        nextFrameAtNs += Frame.NS;
        boolean wanted =
                legs.size() > 1
                        || recorder.isOn()
                        || streams.isOn()
                        || operations.recognitions().isListening();
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).listen(packet, wanted, nowNs, this);
        }
        operations.recognitions().frame();
        mix(epochMs);
        recorder.frame(mixer, operations);
        for (int i = 0; i < legs.size(); i++) {
            LegMedia leg = legs.get(i);
            speak(leg, packet);
            leg.report(packet, nowNs, epochMs);
        }
        operations.watchTime(nowNs);
        long patienceNs = silencePatienceNs.getAsLong();
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).fellSilent(nowNs, patienceNs)) {
                facts.legSilent(legs.get(i).id);
            }
        }
    }

    private void mix(long epochMs) {
        talkers.choose();
        mixer.begin();
        for (int i = 0; i < legs.size(); i++) {
            Voice voice = legs.get(i).voice;
            if (voice.isInTheMix()) {
                mixer.add(voice.heard);
            }
        }
        streams.frame(mixer, epochMs);
        operations.play(mixer);
    }

    private void speak(LegMedia leg, ByteBuffer packet) {
        G711 codec = leg.speaks();
        if (leg.tones().takesThisFrame() && pressKey(leg, packet)) {
            return;
        }
        if (codec == null) {
            leg.skip(1);
        } else {
            leg.send(packet, soundFor(leg, codec));
        }
    }

    private byte[] soundFor(LegMedia leg, G711 codec) {
        if (leg.isHeld()) {
            Playing music = leg.music();
            return music == null ? mixer.silence(codec) : mixer.only(music.frame, codec);
        }
        boolean talks = leg.voice.isInTheMix();
        if (!talks && leg.plays.isEmpty()) {
            return mixer.everyones(codec);
        }
        if (talks) {
            mixer.partWithout(leg.voice.heard);
        } else {
            mixer.part();
        }
        for (int i = 0; i < leg.plays.size(); i++) {
            mixer.addToPart(leg.plays.get(i).frame);
        }
        return mixer.part(codec);
    }

    /// @return whether this frame is the key's
    private boolean pressKey(LegMedia leg, ByteBuffer packet) {
        String refusal = leg.refusesTones();
        if (refusal != null) {
            giveUpTones(leg, refusal);
            return false;
        }
        OperationId done = leg.sendTone(packet);
        if (done != null) {
            facts.happened(new MediaEvent.TonesSent(done, null));
        }
        return true;
    }

    private void giveUpTones(LegMedia leg, @Nullable String why) {
        for (OperationId id = leg.tones().giveUp(); id != null; id = leg.tones().giveUp()) {
            facts.happened(new MediaEvent.TonesSent(id, why));
        }
    }

    @Override
    public void pressed(LegId id, Tone tone, @Nullable Long press) {
        LegMedia leg = legs.find(id);
        if (leg != null) {
            leg.pressed(tone, press);
            if (leg.reportTones) {
                leg.tonesReported++;
                facts.happened(new MediaEvent.ToneReceived(id, tone, leg.tonesReported, press));
            }
        }
        streams.pressed(tone);
        operations.recognitions().pressed(id, tone, press, nowNs);
    }

    /// A key that another worker heard.
    public void pressedElsewhere(MediaCommand.PressTone key, long atNs) {
        nowNs = atNs;
        LegMedia leg = legs.find(key.leg());
        if (leg != null && leg.misses(key.press())) {
            pressed(key.leg(), key.tone(), key.press());
        }
    }
}

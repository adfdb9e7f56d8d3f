package io.strowger.simulation;

import io.strowger.contracts.api.Tone;
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
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.MediaFacts;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.recognize.Recognition;
import io.strowger.worker.core.stream.StreamRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The media of a worker without sound: who speaks to whom, how long plays last, which keys are
/// collected. Recognitions are as they are; frames are not.
final class SimEngine implements MediaEngine {
    private static final long CLOSE_PATIENCE_MS = 2_000;
    private static final long PATIENCE_MS = 300_000;
    private static final long LOOK_MS = 250;
    private final SimWorker worker;
    private final SplittableRandom random;
    private final Map<ServerCallId, Room> rooms = new LinkedHashMap<>();
    private @Nullable MediaFacts facts;
    private boolean closely;

    /// What is at work in one call.
    private static final class Room {
        final Map<LegId, Ear> legs = new LinkedHashMap<>();
        final Map<OperationId, Play> plays = new LinkedHashMap<>();
        final Map<OperationId, Listening> listening = new LinkedHashMap<>();
        final Map<RecordingId, SimTape> tapes = new LinkedHashMap<>();
        final List<OperationId> streams = new ArrayList<>();
    }

    /// A leg's sockets.
    static final class Ear {
        final ServerCallId call;
        final LegId leg;
        final int port;
        int remotePort;
        boolean reportsTones;
        boolean onHold;
        int tonesTold;
        final Set<Long> presses = new HashSet<>();
        long heardMs;

        Ear(ServerCallId call, LegId leg, int port) {
            this.call = call;
            this.leg = leg;
            this.port = port;
        }
    }

    private record Play(MediaCommand.StartPlay command) {}

    private record Listening(MediaCommand.StartRecognize command, Recognition recognition) {}

    SimEngine(SimWorker worker, SplittableRandom random) {
        this.worker = worker;
        this.random = random;
        worker.later(LOOK_MS, this::watch);
    }

    void tell(MediaFacts listener) {
        facts = listener;
    }

    private void happened(ServerCallId call, MediaEvent event) {
        if (facts != null) {
            facts.happened(call, event);
        }
    }

    private Room room(ServerCallId call) {
        return rooms.computeIfAbsent(call, unused -> new Room());
    }

    /// Does something with a call, unless it is gone by then.
    private void later(long ms, ServerCallId call, Consumer<Room> task) {
        worker.later(
                ms,
                () -> {
                    Room room = rooms.get(call);
                    if (room != null) {
                        task.accept(room);
                    }
                });
    }

    /// Legs that speak to somebody.
    List<Ear> speaking() {
        return rooms.values().stream()
                .flatMap(room -> room.legs.values().stream())
                .filter(ear -> ear.remotePort != 0)
                .toList();
    }

    boolean carries(ServerCallId call) {
        Room room = rooms.get(call);
        return room != null && !room.legs.isEmpty();
    }

    private void watch() {
        long nowMs = worker.world.time.nowMs();
        long patienceMs = closely ? CLOSE_PATIENCE_MS : PATIENCE_MS;
        for (Ear ear : speaking()) {
            if (worker.world.phones.isHeard(ear.remotePort, ear.port) || ear.onHold) {
                ear.heardMs = nowMs;
            } else if (nowMs - ear.heardMs >= patienceMs && facts != null) {
                ear.heardMs = nowMs;
                facts.legSilent(ear.call, ear.leg);
            }
        }
        for (Room room : List.copyOf(rooms.values())) {
            List.copyOf(room.listening.values())
                    .forEach(one -> {
                        RecognizeOutcome outcome = one.recognition.at(worker.world.time.nowNs());
                        if (outcome != null) {
                            ended(room, one, outcome);
                        }
                    });
            room.tapes.values().forEach(SimTape::turn);
        }
        worker.later(2 * worker.world.lookMs(), this::watch);
    }

    /// A key of a phone.
    void pressed(int localPort, Tone tone, long press) {
        for (Room room : List.copyOf(rooms.values())) {
            for (Ear ear : List.copyOf(room.legs.values())) {
                if (ear.port == localPort) {
                    pressed(room, ear, tone, press);
                }
            }
        }
    }

    private void pressed(Room room, Ear ear, Tone tone, long press) {
        if (!ear.presses.add(press)) {
            return;
        }
        if (ear.reportsTones) {
            happened(ear.call, new MediaEvent.ToneReceived(ear.leg, tone, ++ear.tonesTold, press));
        }
        for (Listening one : List.copyOf(room.listening.values())) {
            if (one.command.leg().equals(ear.leg)) {
                int before = one.recognition.tones().size();
                RecognizeOutcome outcome = one.recognition.pressed(tone, worker.world.time.nowNs());
                int after = one.recognition.tones().size();
                if (after > before) {
                    happened(
                            ear.call,
                            new MediaEvent.ToneCollected(
                                    one.command.operationId(), tone, after, press));
                }
                if (outcome != null) {
                    ended(room, one, outcome);
                }
            }
        }
    }

    private void ended(Room room, Listening one, RecognizeOutcome outcome) {
        if (room.listening.remove(one.command.operationId(), one)) {
            happened(
                    callOf(room),
                    new MediaEvent.RecognizeEnded(
                            one.command.operationId(),
                            outcome,
                            one.recognition.tones(),
                            null,
                            null,
                            null));
        }
    }

    private ServerCallId callOf(Room room) {
        return rooms.entrySet().stream()
                .filter(entry -> entry.getValue() == room)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public OptionalInt openLeg(ServerCallId call, LegId leg, ToneReports reports) {
        Ear ear = new Ear(call, leg, worker.world.phones.newPort());
        ear.reportsTones = reports.on();
        ear.tonesTold = reports.told();
        if (reports.lastPress() != null) {
            ear.presses.add(reports.lastPress());
        }
        room(call).legs.put(leg, ear);
        return OptionalInt.of(ear.port);
    }

    @Override
    public void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio) {
        Ear ear = room(call).legs.get(leg);
        if (ear != null) {
            ear.remotePort = audio.remotePort();
            ear.heardMs = worker.world.time.nowMs();
        }
    }

    @Override
    public void closeLeg(ServerCallId call, LegId leg) {
        Room room = room(call);
        room.legs.remove(leg);
        List.copyOf(room.listening.values()).stream()
                .filter(one -> one.command.leg().equals(leg))
                .forEach(one -> ended(room, one, RecognizeOutcome.FAILED));
        List.copyOf(room.plays.values()).stream()
                .filter(play -> room.legs.isEmpty() || isForNobody(room, play))
                .forEach(play -> ended(call, room, play, PlayOutcome.FAILED));
    }

    private static boolean isForNobody(Room room, Play play) {
        List<LegId> legs = play.command.legs();
        return !legs.isEmpty() && legs.stream().noneMatch(room.legs::containsKey);
    }

    @Override
    public void startPlay(ServerCallId call, MediaCommand.StartPlay command) {
        Room room = room(call);
        Play play = new Play(command);
        room.plays.put(command.operationId(), play);
        boolean isThere = random.nextInt(10) > 0;
        long beginMs = 20L + random.nextInt(200);
        later(
                beginMs,
                call,
                present -> {
                    if (!isThere) {
                        ended(call, present, play, PlayOutcome.FETCH_FAILED);
                    } else if (present.plays.get(command.operationId()) == play) {
                        happened(call, new MediaEvent.PlayStarted(command.operationId()));
                    }
                });
        Duration done = command.resumeAt() == null ? Duration.ZERO : command.resumeAt();
        long lengthMs = Math.max(0, lengthMs(command) - done.toMillis());
        if (!command.loop()) {
            later(
                    beginMs + lengthMs,
                    call,
                    present -> ended(call, present, play, PlayOutcome.COMPLETED));
        }
    }

    private static long lengthMs(MediaCommand.StartPlay command) {
        return 1_000L + Math.floorMod(command.operationId().value().hashCode(), 9_000);
    }

    private void ended(ServerCallId call, Room room, Play play, PlayOutcome outcome) {
        if (room.plays.remove(play.command.operationId(), play)) {
            happened(
                    call,
                    new MediaEvent.PlayEnded(
                            play.command.operationId(),
                            outcome,
                            outcome == PlayOutcome.FETCH_FAILED ? 0 : null,
                            null));
        }
    }

    @Override
    public void stopPlay(ServerCallId call, OperationId operation) {
        Room room = room(call);
        Play play = room.plays.get(operation);
        if (play != null) {
            ended(call, room, play, PlayOutcome.CANCELED);
        }
    }

    @Override
    public void startRecognize(ServerCallId call, MediaCommand.StartRecognize command) {
        Room room = room(call);
        boolean prompting = !command.prompts().isEmpty() && command.resumed() == null;
        long nowNs = worker.world.time.nowNs();
        Recognition recognition =
                new Recognition(command.dtmf(), command.interruptPrompt(), prompting, nowNs);
        MediaCommand.Collected resumed = command.resumed();
        if (resumed != null && !resumed.tones().isEmpty()) {
            recognition.resume(resumed.tones(), nowNs);
        }
        Listening one = new Listening(command, recognition);
        room.listening.put(command.operationId(), one);
        if (!room.legs.containsKey(command.leg())) {
            ended(room, one, RecognizeOutcome.FAILED);
        }
        later(2_000, call, unused -> recognition.promptEnded(worker.world.time.nowNs()));
    }

    @Override
    public void stopRecognize(ServerCallId call, OperationId operation) {
        Room room = room(call);
        Listening one = room.listening.get(operation);
        if (one != null) {
            ended(room, one, RecognizeOutcome.CANCELED);
        }
    }

    @Override
    public void sendTones(ServerCallId call, MediaCommand.SendTones tones) {
        room(call);
        later(
                200L * tones.tones().size(),
                call,
                room ->
                        happened(
                                call,
                                new MediaEvent.TonesSent(
                                        tones.operationId(),
                                        room.legs.containsKey(tones.leg())
                                                ? null
                                                : "the leg is gone")));
    }

    @Override
    public void pressTone(ServerCallId call, MediaCommand.PressTone key) {
        Room room = rooms.get(call);
        Ear ear = room == null ? null : room.legs.get(key.leg());
        if (room != null && ear != null) {
            pressed(room, ear, key.tone(), Objects.requireNonNull(key.press()));
        }
    }

    @Override
    public void muteLeg(ServerCallId call, LegId leg, boolean muted) {
        // Nobody listens.
    }

    @Override
    public void holdLeg(ServerCallId call, MediaCommand.HoldLeg hold) {
        setHold(call, hold.leg(), true);
        if (hold.music() != null && random.nextInt(5) == 0) {
            later(
                    100,
                    call,
                    unused ->
                            happened(
                                    call,
                                    new MediaEvent.HoldFailed(
                                            hold.operationId(),
                                            hold.leg(),
                                            PlayOutcome.FETCH_FAILED,
                                            "no music")));
        }
    }

    @Override
    public void unholdLeg(ServerCallId call, LegId leg) {
        setHold(call, leg, false);
    }

    private void setHold(ServerCallId call, LegId leg, boolean onHold) {
        Ear ear = room(call).legs.get(leg);
        if (ear != null) {
            ear.onHold = onHold;
        }
    }

    @Override
    public void reportTones(ServerCallId call, LegId leg, boolean on) {
        Ear ear = room(call).legs.get(leg);
        if (ear != null) {
            ear.reportsTones = on;
        }
    }

    @Override
    public void startRecording(ServerCallId call, MediaCommand.StartRecording command) {
        room(call).tapes.put(command.recording(), new SimTape(worker, command, this::happened));
    }

    @Override
    public void recordLeg(ServerCallId call, MediaCommand.RecordLeg leg) {
        // Everything is on the one channel.
    }

    @Override
    public void pauseRecording(ServerCallId call, RecordingId recording) {
        SimTape tape = room(call).tapes.get(recording);
        if (tape != null) {
            tape.pause();
        }
    }

    @Override
    public void resumeRecording(ServerCallId call, RecordingId recording) {
        SimTape tape = room(call).tapes.get(recording);
        if (tape != null) {
            tape.resume();
        }
    }

    @Override
    public void stopRecording(ServerCallId call, RecordingId recording) {
        SimTape tape = room(call).tapes.remove(recording);
        if (tape == null) {
            happened(call, new MediaEvent.RecordingStopped(recording, 0));
        } else {
            tape.stop();
        }
    }

    @Override
    public void listenClosely(boolean closely) {
        this.closely = closely;
    }

    @Override
    public void updateTranscription(ServerCallId call, MediaCommand.UpdateTranscription update) {
        throw new AssertionError("nobody here asks for it");
    }

    @Override
    public void startStream(ServerCallId call, StreamRequest stream) {
        room(call).streams.add(stream.stream());
        later(
                100,
                call,
                unused -> happened(call, new MediaEvent.StreamConnected(stream.stream(), 1)));
    }

    @Override
    public void streamLeg(ServerCallId call, MediaCommand.StreamLeg leg) {
        // Nobody listens.
    }

    @Override
    public void stopStream(ServerCallId call, OperationId stream) {
        room(call).streams.remove(stream);
        happened(call, new MediaEvent.StreamEnded(stream, StreamOutcome.STOPPED, "stopped"));
    }

    @Override
    public void release(ServerCallId call) {
        rooms.remove(call);
    }
}

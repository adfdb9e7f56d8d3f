package io.strowger.worker.shell.call;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.worker.core.media.MediaEngine;
import io.strowger.worker.core.media.ToneReports;
import io.strowger.worker.core.stream.StreamRequest;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Holds a real port for each leg and remembers what it was told; makes no sound. For tests of call
/// control.
public class QuietEngine implements MediaEngine, AutoCloseable {
    record Connected(LegId leg, NegotiatedAudio audio) {}

    record Opened(ServerCallId call, LegId leg) {}

    final Map<Opened, DatagramSocket> open = new ConcurrentHashMap<>();
    final List<Connected> connected = new CopyOnWriteArrayList<>();
    final List<String> orders = new CopyOnWriteArrayList<>();

    @Override
    public OptionalInt openLeg(ServerCallId call, LegId leg, ToneReports reports) {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            open.put(new Opened(call, leg), socket);
            return OptionalInt.of(socket.getLocalPort());
        } catch (SocketException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void connectLeg(ServerCallId call, LegId leg, NegotiatedAudio audio) {
        connected.add(new Connected(leg, audio));
    }

    @Override
    public void closeLeg(ServerCallId call, LegId leg) {
        DatagramSocket socket = open.remove(new Opened(call, leg));
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void pressTone(ServerCallId call, MediaCommand.PressTone key) {}

    @Override
    public void muteLeg(ServerCallId call, LegId leg, boolean muted) {
        orders.add("mute " + leg + " " + muted);
    }

    @Override
    public void holdLeg(ServerCallId call, MediaCommand.HoldLeg hold) {
        orders.add("hold " + hold.leg());
    }

    @Override
    public void unholdLeg(ServerCallId call, LegId leg) {
        orders.add("unhold " + leg);
    }

    @Override
    public void reportTones(ServerCallId call, LegId leg, boolean on) {
        orders.add("report tones " + leg + " " + on);
    }

    @Override
    public void sendTones(ServerCallId call, MediaCommand.SendTones tones) {
        orders.add("send tones " + tones.leg());
    }

    @Override
    public void startPlay(ServerCallId call, MediaCommand.StartPlay play) {
        orders.add("start " + play.operationId());
    }

    @Override
    public void stopPlay(ServerCallId call, OperationId operation) {
        orders.add("stop " + operation);
    }

    @Override
    public void startRecognize(ServerCallId call, MediaCommand.StartRecognize recognize) {
        orders.add("start " + recognize.operationId());
    }

    @Override
    public void stopRecognize(ServerCallId call, OperationId operation) {
        orders.add("stop " + operation);
    }

    @Override
    public void startRecording(ServerCallId call, MediaCommand.StartRecording recording) {
        orders.add("start recording " + recording.recording());
    }

    @Override
    public void recordLeg(ServerCallId call, MediaCommand.RecordLeg leg) {
        orders.add("record " + leg.channel().leg());
    }

    @Override
    public void pauseRecording(ServerCallId call, RecordingId recording) {
        orders.add("pause recording " + recording);
    }

    @Override
    public void resumeRecording(ServerCallId call, RecordingId recording) {
        orders.add("resume recording " + recording);
    }

    @Override
    public void stopRecording(ServerCallId call, RecordingId recording) {
        orders.add("stop recording " + recording);
    }

    @Override
    public void listenClosely(boolean closely) {
        orders.add("listen closely " + closely);
    }

    @Override
    public void startStream(ServerCallId call, StreamRequest stream) {
        orders.add("start stream " + stream.stream());
    }

    @Override
    public void updateTranscription(ServerCallId call, MediaCommand.UpdateTranscription update) {
        orders.add("update transcription " + update.stream());
    }

    @Override
    public void streamLeg(ServerCallId call, MediaCommand.StreamLeg leg) {
        orders.add("stream " + leg.leg().leg());
    }

    @Override
    public void stopStream(ServerCallId call, OperationId stream) {
        orders.add("stop stream " + stream);
    }

    @Override
    public void release(ServerCallId call) {
        orders.add("release");
        open.keySet().stream()
                .filter(opened -> opened.call().equals(call))
                .toList()
                .forEach(opened -> closeLeg(call, opened.leg()));
    }

    @Override
    public void close() {
        open.values().forEach(DatagramSocket::close);
    }
}

package io.strowger.worker.shell.rtp;

import com.sun.management.ThreadMXBean;
import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.g711.G711;
import io.strowger.media.sdp.Direction;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import io.strowger.worker.core.media.ToneReports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/// Measures what the media threads cost: calls with a looped prompt, each to an echo on the same
/// machine. Run by hand: `MediaLoad [calls] [seconds]`.
public final class MediaLoad {
    private static final int WARM_SECONDS = 15;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MediaLoad() {}

    public static void main(String[] args) throws Exception {
        int calls = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        Path directory = Files.createTempDirectory("load");
        Path prompt = directory.resolve("prompt.wav");
        Files.write(prompt, WavWriter.write(Tones.sine(450, 5000, 8000), 8000));
        DatagramChannel echo =
                DatagramChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().name("echo").daemon().start(() -> echo(echo));
        int port = ((InetSocketAddress) echo.getLocalAddress()).getPort();
        try (TestEngine engine = TestEngine.start(directory, true)) {
            for (int i = 1; i <= calls; i++) {
                begin(engine, new ServerCallId(i, 0), port, prompt);
            }
            pause(WARM_SECONDS);
            long cpuBefore = ofMediaThreads(THREADS::getThreadCpuTime);
            long allocatedBefore = ofMediaThreads(THREADS::getThreadAllocatedBytes);
            long sentBefore = engine.sent();
            long beganNs = System.nanoTime();
            pause(seconds);
            double elapsed = (System.nanoTime() - beganNs) / 1e9;
            double cpuMs = (ofMediaThreads(THREADS::getThreadCpuTime) - cpuBefore) / 1e6;
            long allocated = ofMediaThreads(THREADS::getThreadAllocatedBytes) - allocatedBefore;
            System.out.printf(
                    "%d calls, %.3f ms of media CPU a call and second, %.1f packets a call and"
                            + " second, %.1f bytes allocated a packet%n",
                    calls,
                    cpuMs / calls / elapsed,
                    (engine.sent() - sentBefore) / (double) calls / elapsed,
                    allocated / (double) (engine.sent() - sentBefore));
        }
    }

    private static void begin(TestEngine engine, ServerCallId call, int port, Path prompt) {
        LegId leg = new LegId(1);
        engine.engine().openLeg(call, leg, ToneReports.of(true)).orElseThrow();
        engine.engine()
                .connectLeg(
                        call,
                        leg,
                        new NegotiatedAudio(
                                "127.0.0.1",
                                port,
                                G711.PCMU,
                                0,
                                0,
                                101,
                                101,
                                20,
                                Direction.SENDRECV));
        engine.engine()
                .startPlay(
                        call,
                        new MediaCommand.StartPlay(
                                new OperationId(new UUID(call.high(), 1)),
                                List.of(new PlaySource.FileSource(prompt.toUri(), "prompt")),
                                List.of(),
                                true));
    }

    private static void echo(DatagramChannel channel) {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        try {
            while (true) {
                packet.clear();
                SocketAddress from = channel.receive(packet);
                channel.send(packet.flip(), from);
            }
        } catch (IOException closed) {
            System.err.println("echo over: " + closed);
        }
    }

    private static void pause(int seconds) {
        long untilNs = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static long ofMediaThreads(LongUnaryOperator measure) {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var info = THREADS.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("media-")) {
                sum += measure.applyAsLong(id);
            }
        }
        return sum;
    }
}

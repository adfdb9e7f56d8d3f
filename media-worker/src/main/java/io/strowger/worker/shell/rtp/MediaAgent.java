package io.strowger.worker.shell.rtp;

import io.strowger.contracts.id.ServerCallId;
import io.strowger.runtime.ops.Health;
import io.strowger.worker.core.bridge.Bridge;
import io.strowger.worker.core.bridge.MediaCounts;
import io.strowger.worker.core.rtp.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One media thread and its calls. A frame of 20 ms has four slots of 5 ms, each call is in one of
/// them. Others reach it only by [#submit]. A tick takes no locks, logs nothing, and once warm
/// allocates nothing.
final class MediaAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaAgent.class);
    private static final int SLOTS = 4;
    private static final long SLOT_NS = Frame.NS / SLOTS;
    private static final int PACKET_BYTES = 2048;
    private static final int MOST_TASKS = 65_536;
    private static final int TASKS_A_TURN = 256;
    private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<List<Seat>> slots = new ArrayList<>();
    private final Map<ServerCallId, Seat> seats = new HashMap<>();
    private final MediaCounts counts = new MediaCounts();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
    private final AgentMeters meters;
    private final Health.Check running;
    private final LongSupplier epochMs;
    private final Thread thread;
    private volatile boolean stopped;
    private long tick;
    private long dueNs;

    /// Something to do on the media thread.
    interface Task {
        void run(MediaAgent agent, long nowNs);
    }

    /// A call at its place.
    private static final class Seat {
        final ServerCallId call;
        final Bridge bridge;
        final int slot;
        int failures;

        Seat(ServerCallId call, Bridge bridge, int slot) {
            this.call = call;
            this.bridge = bridge;
            this.slot = slot;
        }
    }

    /// @param running down when the thread has died: its calls are mute, so the process must go
    MediaAgent(int number, AgentMeters meters, Health.Check running, LongSupplier epochMs) {
        this.meters = meters;
        this.running = running;
        this.epochMs = epochMs;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
        thread = Thread.ofPlatform().name("media-" + number).daemon().unstarted(this::run);
    }

    void start() {
        dueNs = System.nanoTime() + SLOT_NS;
        running.up();
        thread.start();
    }

    /// Hands a task to the media thread. Never blocks.
    ///
    /// @throws IllegalStateException when too many wait: the thread is held up
    void submit(Task task) {
        if (waiting.incrementAndGet() > MOST_TASKS) {
            waiting.decrementAndGet();
            throw new IllegalStateException("the media thread does not keep up");
        }
        tasks.add(task);
    }

    MediaCounts counts() {
        return counts;
    }

    ByteBuffer scratch() {
        packet.clear();
        return packet;
    }

    long epochMs() {
        return epochMs.getAsLong();
    }

    @Nullable Bridge bridge(ServerCallId call) {
        Seat seat = seats.get(call);
        return seat == null ? null : seat.bridge;
    }

    /// When the first frame of a new call is due.
    long firstFrameAtNs() {
        return dueNs + quietestSlotOffset() * SLOT_NS;
    }

    private int quietestSlotOffset() {
        int best = 0;
        for (int offset = 1; offset < SLOTS; offset++) {
            if (load(offset) < load(best)) {
                best = offset;
            }
        }
        return best;
    }

    /// Legs cost, not calls; but a call that has just begun will have some.
    private int load(int offset) {
        int load = 0;
        for (Seat seat : slots.get(slotAt(offset))) {
            load += Math.max(2, seat.bridge.legs());
        }
        return load;
    }

    private int slotAt(int offset) {
        return (int) ((tick + offset) % SLOTS);
    }

    /// Seats a new call in the slot that its first frame falls into.
    void seat(ServerCallId call, Bridge bridge) {
        int offset = (int) ((bridge.nextFrameAtNs() - dueNs) / SLOT_NS);
        Seat seat = new Seat(call, bridge, slotAt(offset));
        seats.put(call, seat);
        slots.get(seat.slot).add(seat);
    }

    void unseat(ServerCallId call) {
        Seat seat = seats.remove(call);
        if (seat != null) {
            slots.get(seat.slot).remove(seat);
        }
    }

    private void run() {
        try {
            while (!stopped) {
                doWork(System.nanoTime());
                long wait = dueNs - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(wait);
                }
            }
        } catch (Error e) {
            running.down("the media thread died of " + e);
            throw e;
        }
    }

    /// One turn: tasks, then the slot that is due.
    private void doWork(long nowNs) {
        for (int i = 0; i < TASKS_A_TURN; i++) {
            Task task = tasks.poll();
            if (task == null) {
                break;
            }
            waiting.decrementAndGet();
            perform(task, nowNs);
        }
        if (nowNs - dueNs < 0) {
            return;
        }
        meters.late(nowNs - dueNs);
        List<Seat> due = slots.get((int) (tick % SLOTS));
        long epoch = epochMs.getAsLong();
        for (int i = 0; i < due.size(); i++) {
            frame(due.get(i), epoch);
        }
        if (tick % 50 == 0) {
            meters.take(counts);
        }
        tick++;
        dueNs += SLOT_NS;
    }

    private void frame(Seat seat, long epoch) {
        try {
            long nowNs = System.nanoTime();
            int mostFrames = 3;
            while (seat.bridge.nextFrameAtNs() - nowNs <= 0 && mostFrames-- > 0) {
                seat.bridge.frame(nowNs, epoch, packet);
            }
        } catch (RuntimeException e) {
            seat.failures++;
            if (Integer.bitCount(seat.failures) == 1) { // fifty a second may fail: 1st, 2nd, 4th ..
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("serverCallId", seat.call)
                        .addKeyValue("failures", seat.failures)
                        .log("a frame failed");
            }
        }
    }

    private void perform(Task task, long nowNs) {
        try {
            task.run(this, nowNs);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a media task failed");
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        LockSupport.unpark(thread);
        thread.join(1000);
    }
}

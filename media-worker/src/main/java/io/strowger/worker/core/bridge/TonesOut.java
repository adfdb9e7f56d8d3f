package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.OperationId;
import io.strowger.contracts.media.MediaCommand;
import io.strowger.media.telephoneevent.DtmfSender;
import io.strowger.media.telephoneevent.TelephoneEvent;
import io.strowger.worker.core.rtp.OutgoingStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The keys that are pressed towards one leg, one behind the other (RFC 4733 2.5.1): each is held
/// for 120 ms, its end is said three times, and 80 ms lie between two. For one thread.
final class TonesOut {
    private static final int TONE_MS = 120;

    /// Beside the two frames of repeated end packets.
    private static final int PAUSE_FRAMES = 1;

    /// -10 dBm0, as phones say.
    private static final int VOLUME = 10;

    private final Queue<MediaCommand.SendTones> waiting = new ArrayDeque<>();
    private @Nullable DtmfSender key;
    private boolean underWay;
    private int nextTone;
    private int pause;
    private long pressedAt;

    /// @param command at least one tone
    void add(MediaCommand.SendTones command) {
        waiting.add(command);
        underWay = true;
    }

    /// Whether this frame is for a key and not for sound. Call once a frame.
    boolean takesThisFrame() {
        if (pause > 0) {
            pause--;
            return false;
        }
        return underWay;
    }

    /// Writes the packet of a frame that a key takes.
    ///
    /// @return the command whose last packet this is, else null
    @Nullable OperationId write(ByteBuffer packet, OutgoingStream out, int payloadType) {
        MediaCommand.SendTones command = waiting.element();
        DtmfSender pressed = key;
        if (pressed == null) {
            pressed = new DtmfSender(command.tones().get(nextTone).eventCode(), TONE_MS);
            key = pressed;
            pressedAt = out.rtpTimestamp();
        }
        out.eventHeader(packet, payloadType, pressed.first(), pressedAt, TelephoneEvent.BYTES);
        TelephoneEvent.write(
                packet, pressed.eventCode(), pressed.end(), VOLUME, pressed.durationTicks());
        packet.flip();
        pressed.advance();
        if (!pressed.finished()) {
            return null;
        }
        key = null;
        pause = PAUSE_FRAMES;
        nextTone++;
        if (nextTone < command.tones().size()) {
            return null;
        }
        nextTone = 0;
        waiting.remove();
        underWay = !waiting.isEmpty();
        return command.operationId();
    }

    /// Gives a command up, the oldest first.
    ///
    /// @return null when none is left
    @Nullable OperationId giveUp() {
        key = null;
        nextTone = 0;
        underWay = false;
        MediaCommand.SendTones given = waiting.poll();
        return given == null ? null : given.operationId();
    }
}

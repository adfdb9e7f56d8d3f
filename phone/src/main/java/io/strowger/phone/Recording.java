package io.strowger.phone;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// What a call heard, laid out by RTP timestamp: a packet that never came leaves silence. At most
/// ten minutes. The media thread adds, any thread reads.
final class Recording {
    private static final int MOST = 10 * 60 * 8000;
    private static final int LARGEST_GAP = 10 * 8000;
    private short[] samples = new short[0];
    private int length;
    private boolean started;
    private int ssrc;
    private long origin;

    synchronized void add(ByteBuffer packet, int payload, G711 codec) {
        long timestamp = RtpHeader.rtpTimestamp(packet);
        if (!started
                || ssrc != RtpHeader.ssrc(packet)
                || Math.abs((int) (timestamp - origin) - length) > LARGEST_GAP) {
            started = true;
            ssrc = RtpHeader.ssrc(packet);
            origin = timestamp - length;
        }
        int at = (int) (timestamp - origin);
        int count = packet.limit() - payload;
        if (at < 0 || at + count > MOST) {
            return;
        }
        if (at + count > samples.length) {
            samples =
                    Arrays.copyOf(
                            samples,
                            Math.min(
                                    MOST,
                                    Math.max(at + count, Math.max(8000, 2 * samples.length))));
        }
        for (int i = 0; i < count; i++) {
            samples[at + i] = codec.decode(packet.get(payload + i));
        }
        length = Math.max(length, at + count);
    }

    synchronized short[] samples() {
        return Arrays.copyOf(samples, length);
    }
}

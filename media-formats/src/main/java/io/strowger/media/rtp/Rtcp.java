package io.strowger.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Writes RTCP compound packets (RFC 3550 6.4 to 6.6): a sender report with at most one report
/// block, a CNAME, and at the end a BYE. Allocates nothing.
public final class Rtcp {
    private static final int SENDER_REPORT = 200;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;
    private static final long NTP_EPOCH_OFFSET_S = 2_208_988_800L;
    private static final byte[] CNAME = "strowger".getBytes(StandardCharsets.US_ASCII);

    private Rtcp() {}

    /// Writes SR + SDES from position 0 and flips the buffer.
    ///
    /// @param epochMs wall clock, milliseconds since 1970
    /// @param peer what was received; a block is written once it has started
    public static void writeReport(
            ByteBuffer to,
            int ssrc,
            long epochMs,
            long rtpTimestamp,
            SentCounts sent,
            int peerSsrc,
            ReceptionStatistics peer) {
        to.clear();
        int blocks = peer.started() ? 1 : 0;
        header(to, blocks, SENDER_REPORT, 6 + 6 * blocks);
        to.putInt(ssrc);
        to.putInt((int) (epochMs / 1000 + NTP_EPOCH_OFFSET_S));
        to.putInt((int) ((epochMs % 1000) * 4_294_967L));
        to.putInt((int) rtpTimestamp);
        to.putInt((int) sent.packets());
        to.putInt((int) sent.payloadBytes());
        if (blocks == 1) {
            to.putInt(peerSsrc);
            long lost = Math.clamp(peer.lost(), -0x80_0000L, 0x7F_FFFFL);
            to.putInt(peer.fractionLostSinceLast() << 24 | (int) lost & 0xFF_FFFF);
            to.putInt(peer.extendedHighest());
            to.putInt((int) peer.jitterTicks());
            to.putInt(0);
            to.putInt(0);
        }
        writeName(to, ssrc);
        to.flip();
    }

    /// Writes an empty SR, SDES and BYE from position 0 and flips the buffer.
    public static void writeBye(
            ByteBuffer to, int ssrc, long epochMs, long rtpTimestamp, SentCounts sent) {
        writeReport(to, ssrc, epochMs, rtpTimestamp, sent, 0, NOTHING_RECEIVED);
        to.position(to.limit()).limit(to.capacity());
        header(to, 1, BYE, 1);
        to.putInt(ssrc);
        to.flip();
    }

    private static final ReceptionStatistics NOTHING_RECEIVED = new ReceptionStatistics();

    /// What a sender has sent so far.
    public interface SentCounts {
        long packets();

        long payloadBytes();
    }

    private static void header(ByteBuffer to, int count, int type, int words) {
        to.put((byte) (0x80 | count));
        to.put((byte) type);
        to.putShort((short) words);
    }

    private static void writeName(ByteBuffer to, int ssrc) {
        int bytes = 4 + 2 + CNAME.length + 1;
        int words = (bytes + 3) / 4;
        header(to, 1, SOURCE_DESCRIPTION, words);
        int start = to.position();
        to.putInt(ssrc);
        to.put((byte) 1);
        to.put((byte) CNAME.length);
        to.put(CNAME);
        while (to.position() < start + 4 * words) {
            to.put((byte) 0);
        }
    }
}

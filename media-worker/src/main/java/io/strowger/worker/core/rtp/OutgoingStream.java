package io.strowger.worker.core.rtp;

import io.strowger.media.rtp.Rtcp;
import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;

/// What a leg sends: one SSRC, one sequence, one timestamp clock for the whole call, whatever plays
/// (RFC 3550 5.1): phones mute for good when the numbers jump back. For one thread; allocates
/// nothing.
public final class OutgoingStream implements Rtcp.SentCounts {
    private final int ssrc;
    private int sequenceNumber;
    private long rtpTimestamp;
    private boolean spurt = true;
    private long packets;
    private long payloadBytes;

    /// @param sequenceNumber and
    /// @param rtpTimestamp random ones to begin with
    public OutgoingStream(int ssrc, int sequenceNumber, long rtpTimestamp) {
        this.ssrc = ssrc;
        this.sequenceNumber = sequenceNumber & 0xFFFF;
        this.rtpTimestamp = rtpTimestamp & 0xFFFF_FFFFL;
    }

    /// Writes the header of the next frame and counts it; the buffer's position is behind it. The
    /// marker is set at the beginning and after a pause (RFC 3551 4.1).
    public void header(ByteBuffer packet, int payloadType) {
        RtpHeader.write(packet, spurt, payloadType, sequenceNumber, rtpTimestamp, ssrc);
        spurt = false;
        sequenceNumber = sequenceNumber + 1 & 0xFFFF;
        rtpTimestamp = rtpTimestamp + Frame.SAMPLES & 0xFFFF_FFFFL;
        packets++;
        payloadBytes += Frame.SAMPLES;
    }

    /// Writes the header of a telephone-event packet and counts it. All packets of one press bear
    /// the timestamp of its beginning (RFC 4733 2.2); the clock runs on beneath.
    ///
    /// @param marker the first packet of a press
    /// @param pressedAt what [#rtpTimestamp] was when the press began
    public void eventHeader(
            ByteBuffer packet, int payloadType, boolean marker, long pressedAt, int bytes) {
        RtpHeader.write(packet, marker, payloadType, sequenceNumber, pressedAt, ssrc);
        sequenceNumber = sequenceNumber + 1 & 0xFFFF;
        rtpTimestamp = rtpTimestamp + Frame.SAMPLES & 0xFFFF_FFFFL;
        packets++;
        payloadBytes += bytes;
    }

    /// Time passes without a packet.
    ///
    /// @param frames of 20 ms, 0 or more
    public void skip(long frames) {
        if (frames > 0) {
            rtpTimestamp = rtpTimestamp + frames * Frame.SAMPLES & 0xFFFF_FFFFL;
            spurt = true;
        }
    }

    public int ssrc() {
        return ssrc;
    }

    public long rtpTimestamp() {
        return rtpTimestamp;
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public long payloadBytes() {
        return payloadBytes;
    }
}

package io.strowger.media.srtp;

import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;

/// Protects the RTP packets of one SSRC (RFC 3711 3.3), which come in the order of their numbers.
public final class SrtpSender {
    private final Transform transform;
    private final int tagBytes;
    private boolean started;
    private int lastSequenceNumber;
    private int rollovers;

    public SrtpSender(SrtpKeys keys) {
        transform = new Transform(keys, 0);
        tagBytes = keys.suite().tagBytes();
    }

    /// Encrypts the payload and puts the tag behind it.
    ///
    /// @param packet from 0 to its limit, which grows by the tag; its position is 0 afterwards
    public void protect(ByteBuffer packet) {
        int length = packet.limit();
        int payload = RtpHeader.payloadOffset(packet);
        int sequenceNumber = RtpHeader.sequenceNumber(packet);
        if (started && sequenceNumber < lastSequenceNumber) {
            rollovers++;
        }
        started = true;
        lastSequenceNumber = sequenceNumber;
        transform.load(packet);
        long index = (rollovers & 0xFFFF_FFFFL) << 16 | sequenceNumber;
        transform.apply(RtpHeader.ssrc(packet), index, payload, length - payload);
        byte[] tag = transform.tag(length, rollovers);
        packet.limit(length + tagBytes);
        packet.put(0, transform.work, 0, length);
        packet.put(length, tag, 0, tagBytes);
        packet.position(0);
    }
}

package io.strowger.media.srtp;

import io.strowger.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Checks and decrypts the RTP packets of a peer (RFC 3711 3.3): the tag first, then whether the
/// packet came before. Keeps a few sources apart, as some send their keys under another SSRC than
/// their voice.
public final class SrtpReceiver {
    private static final int SOURCES = 4;
    private static final int WINDOW = 64;
    private static final int HALF = 1 << 15;

    /// A peer whose call we took over from elsewhere may be that many times round: the number is
    /// not told (3.3.1), so it is tried out, one further guess a packet. 23 hours at 50 packets a
    /// second.
    private static final int MOST_ROLLOVERS = 64;

    private final Transform transform;
    private final int tagBytes;
    private final Source[] sources = new Source[SOURCES];
    private int known;
    private int guess;
    private long turn;

    private static final class Source {
        int ssrc;

        /// Rollovers and sequence number of the newest packet.
        long highest;

        /// Bit n: the packet n before the newest one came.
        long came;

        long lastTurn;
    }

    public SrtpReceiver(SrtpKeys keys) {
        transform = new Transform(keys, 0);
        tagBytes = keys.suite().tagBytes();
        for (int i = 0; i < SOURCES; i++) {
            sources[i] = new Source();
        }
    }

    /// Makes an RTP packet of an SRTP packet.
    ///
    /// @param packet from 0 to its limit, which shrinks by the tag; left as it is when refused
    /// @return false: forged, broken, older than the window, or here before
    public boolean unprotect(ByteBuffer packet) {
        int length = packet.limit() - tagBytes;
        if (length < RtpHeader.BYTES || length > Transform.LARGEST_PACKET) {
            return false;
        }
        int payload = RtpHeader.payloadOffset(packet);
        if (payload > length) {
            return false;
        }
        transform.load(packet);
        int ssrc = RtpHeader.ssrc(packet);
        Source source = find(ssrc);
        long index =
                source == null ? firstIndex(packet, length) : nextIndex(source, packet, length);
        if (index < 0) {
            return false;
        }
        if (source == null) {
            source = begin(ssrc, index);
        }
        source.lastTurn = ++turn;
        transform.apply(ssrc, index, payload, length - payload);
        packet.put(0, transform.work, 0, length);
        packet.limit(length);
        return true;
    }

    private @Nullable Source find(int ssrc) {
        for (int i = 0; i < known; i++) {
            if (sources[i].ssrc == ssrc) {
                return sources[i];
            }
        }
        return null;
    }

    /// The index of an authentic packet of an unknown source, or -1.
    private long firstIndex(ByteBuffer packet, int length) {
        if (isAuthentic(packet, length, 0)) {
            return RtpHeader.sequenceNumber(packet);
        }
        guess = guess % (MOST_ROLLOVERS - 1) + 1;
        return isAuthentic(packet, length, guess)
                ? (long) guess << 16 | RtpHeader.sequenceNumber(packet)
                : -1;
    }

    /// The index of an authentic and new packet of a known source, or -1 (3.3.1, appendix A).
    private long nextIndex(Source source, ByteBuffer packet, int length) {
        int sequenceNumber = RtpHeader.sequenceNumber(packet);
        int last = (int) (source.highest & 0xFFFF);
        long rollovers = source.highest >>> 16;
        if (last < HALF && sequenceNumber - last > HALF) {
            rollovers--;
        } else if (last >= HALF && last - HALF > sequenceNumber) {
            rollovers++;
        }
        long index = rollovers << 16 | sequenceNumber;
        long behind = source.highest - index;
        if (rollovers < 0
                || behind >= WINDOW
                || behind >= 0 && (source.came >>> behind & 1) == 1
                || !isAuthentic(packet, length, (int) rollovers)) {
            return -1;
        }
        if (behind >= 0) {
            source.came |= 1L << behind;
        } else {
            source.came = -behind >= WINDOW ? 1 : source.came << -behind | 1;
            source.highest = index;
        }
        return index;
    }

    /// Takes the place of the source that was silent for longest.
    private Source begin(int ssrc, long index) {
        Source source = sources[0];
        if (known < SOURCES) {
            source = sources[known++];
        } else {
            for (Source other : sources) {
                source = other.lastTurn < source.lastTurn ? other : source;
            }
        }
        source.ssrc = ssrc;
        source.highest = index;
        source.came = 1;
        return source;
    }

    /// Takes as long for a wrong tag as for a right one.
    private boolean isAuthentic(ByteBuffer packet, int length, int rollovers) {
        byte[] tag = transform.tag(length, rollovers);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= tag[i] ^ packet.get(length + i);
        }
        return difference == 0;
    }
}

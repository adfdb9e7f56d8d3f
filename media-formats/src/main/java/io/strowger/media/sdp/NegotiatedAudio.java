package io.strowger.media.sdp;

import io.strowger.media.g711.G711;
import io.strowger.media.srtp.MediaKeys;
import org.jspecify.annotations.Nullable;

/// What two sides agreed on for the audio of a leg, seen from ours.
///
/// @param remoteAddress IP address or host name the peer wants its packets at
/// @param remotePort RTP port, 1..65535
/// @param sendPayloadType the number the peer named for the codec, 0..127
/// @param receivePayloadType the number we named
/// @param sendTelephoneEvent the number the peer named for telephone-event; -1: the peer takes none
/// @param receiveTelephoneEvent the number we named; -1: none
/// @param ptimeMs packet length the peer asked for, 10..60
/// @param direction what we may do
/// @param srtp null: plain RTP
public record NegotiatedAudio(
        String remoteAddress,
        int remotePort,
        G711 codec,
        int sendPayloadType,
        int receivePayloadType,
        int sendTelephoneEvent,
        int receiveTelephoneEvent,
        int ptimeMs,
        Direction direction,
        @Nullable MediaKeys srtp) {
    /// In plain RTP.
    public NegotiatedAudio(
            String remoteAddress,
            int remotePort,
            G711 codec,
            int sendPayloadType,
            int receivePayloadType,
            int sendTelephoneEvent,
            int receiveTelephoneEvent,
            int ptimeMs,
            Direction direction) {
        this(
                remoteAddress,
                remotePort,
                codec,
                sendPayloadType,
                receivePayloadType,
                sendTelephoneEvent,
                receiveTelephoneEvent,
                ptimeMs,
                direction,
                null);
    }

    /// The same for a side that says nothing yet.
    public NegotiatedAudio silent() {
        return new NegotiatedAudio(
                remoteAddress,
                remotePort,
                codec,
                sendPayloadType,
                receivePayloadType,
                sendTelephoneEvent,
                receiveTelephoneEvent,
                ptimeMs,
                direction.and(Direction.RECVONLY),
                srtp);
    }
}

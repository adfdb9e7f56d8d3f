package io.strowger.media.sdp;

import io.strowger.media.g711.G711;
import java.util.List;

/// What one side can do, and where it listens.
///
/// @param address IP address that goes into the description
/// @param rtpPort 1..65535
/// @param codecs in order of preference, at least one
/// @param telephoneEvent whether keys are taken as RFC 4733 events
/// @param sessionId of the `o=` line, the same for the whole dialog
/// @param sessionVersion of the `o=` line, one more with each new description
/// @param direction what we want
/// @param srtp whether it is to be protected, and how
public record LocalAudio(
        String address,
        int rtpPort,
        List<G711> codecs,
        boolean telephoneEvent,
        long sessionId,
        long sessionVersion,
        Direction direction,
        LocalSrtp srtp) {
    public LocalAudio {
        codecs = List.copyOf(codecs);
    }

    /// PCMU, PCMA and telephone-event, both ways, in plain RTP.
    public static LocalAudio of(String address, int rtpPort, long sessionId) {
        return new LocalAudio(
                address,
                rtpPort,
                List.of(G711.PCMU, G711.PCMA),
                true,
                sessionId,
                1,
                Direction.SENDRECV,
                LocalSrtp.OFF);
    }

    public LocalAudio withDirection(Direction wanted) {
        return new LocalAudio(
                address, rtpPort, codecs, telephoneEvent, sessionId, sessionVersion, wanted, srtp);
    }

    public LocalAudio withVersion(long version) {
        return new LocalAudio(
                address, rtpPort, codecs, telephoneEvent, sessionId, version, direction, srtp);
    }

    public LocalAudio withSrtp(LocalSrtp wanted) {
        return new LocalAudio(
                address,
                rtpPort,
                codecs,
                telephoneEvent,
                sessionId,
                sessionVersion,
                direction,
                wanted);
    }
}

package io.strowger.contracts.placement;

import java.util.List;

/// A SIP dialog (RFC 3261 12) as it can be carried on by another worker.
///
/// @param sipCallId the Call-ID header
/// @param localUri our From or To URI in the dialog, with display name if any
/// @param remoteTarget the peer's Contact URI
/// @param routeSet Route header values in the order they are sent
/// @param localCSeq of our last request in the dialog
/// @param remoteCSeq of the peer's last request; -1: none yet
/// @param transport `udp`, `tcp` or `tls`
/// @param peerAddress host:port that the last message came from
/// @param localSdp what we said last; a secret, as keys of SRTP may stand in it (RFC 4568)
/// @param remoteSdp what the peer said last; likewise
public record DialogRecord(
        String sipCallId,
        String localTag,
        String remoteTag,
        String localUri,
        String remoteUri,
        String remoteTarget,
        List<String> routeSet,
        long localCSeq,
        long remoteCSeq,
        String transport,
        String peerAddress,
        String localSdp,
        String remoteSdp) {
    public DialogRecord {
        routeSet = List.copyOf(routeSet);
    }

    /// Without the session descriptions.
    @Override
    public String toString() {
        return "DialogRecord[sipCallId=" + sipCallId + ", transport=" + transport + "]";
    }
}

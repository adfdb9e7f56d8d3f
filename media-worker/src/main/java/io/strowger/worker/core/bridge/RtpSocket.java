package io.strowger.worker.core.bridge;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The sockets of a leg. Never blocks, never throws: what cannot be sent is lost, as on any
/// network.
public interface RtpSocket {
    /// Takes the next RTP packet that has come.
    ///
    /// @param into cleared; flipped when a packet came
    /// @return its source; null: none waits
    @Nullable InetSocketAddress receive(ByteBuffer into);

    /// @return whether the packet left
    boolean send(ByteBuffer packet, InetSocketAddress to);

    /// Sends an RTCP packet to the port above `to`.
    void sendControl(ByteBuffer packet, InetSocketAddress to);

    /// Throws away the RTCP packets that have come.
    void drainControl(ByteBuffer scratch);
}

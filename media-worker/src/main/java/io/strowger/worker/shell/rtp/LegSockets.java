package io.strowger.worker.shell.rtp;

import io.strowger.worker.core.bridge.RtpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// The two sockets of a leg, unconnected and non-blocking: a connected one would fail whenever the
/// far port is closed for a moment.
final class LegSockets implements RtpSocket, AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private final DatagramChannel rtp;
    private final DatagramChannel rtcp;
    private final int port;
    private @Nullable InetSocketAddress controlTarget;
    private @Nullable InetSocketAddress controlOf;

    private LegSockets(DatagramChannel rtp, DatagramChannel rtcp, int port) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.port = port;
    }

    /// @param port even; 0: any
    /// @return null when `port`, or the one above it, is taken, or is odd where any was asked for
    static @Nullable LegSockets bind(String host, int port) throws IOException {
        DatagramChannel rtp = open();
        DatagramChannel rtcp = open();
        try {
            rtp.bind(new InetSocketAddress(host, port));
            int bound = ((InetSocketAddress) rtp.getLocalAddress()).getPort();
            if (bound % 2 == 0) {
                rtcp.bind(new InetSocketAddress(host, bound + 1));
                return new LegSockets(rtp, rtcp, bound);
            }
        } catch (java.net.BindException taken) {
            rtp.close();
            rtcp.close();
            return null;
        } catch (IOException | RuntimeException e) {
            rtp.close();
            rtcp.close();
            throw e;
        }
        rtp.close();
        rtcp.close();
        return null;
    }

    private static DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        return channel;
    }

    int port() {
        return port;
    }

    @Override
    public @Nullable InetSocketAddress receive(ByteBuffer into) {
        try {
            InetSocketAddress source = (InetSocketAddress) rtp.receive(into);
            into.flip();
            return source;
        } catch (IOException lost) {
            return null; // an ICMP error of an earlier packet, or closed
        }
    }

    @Override
    public boolean send(ByteBuffer packet, InetSocketAddress to) {
        try {
            return rtp.send(packet, to) > 0;
        } catch (IOException | IllegalArgumentException lost) {
            return false; // an unresolved name or another address family is illegal
        }
    }

    @Override
    public void sendControl(ByteBuffer packet, InetSocketAddress to) {
        if (to.isUnresolved()) {
            return;
        }
        InetSocketAddress target = controlTarget;
        if (target == null || !to.equals(controlOf)) {
            controlOf = to;
            target = new InetSocketAddress(to.getAddress(), Math.min(65_535, to.getPort() + 1));
            controlTarget = target;
        }
        try {
            rtcp.send(packet, target);
        } catch (IOException | IllegalArgumentException lost) {
            controlTarget = null; // reports are sent again in five seconds
        }
    }

    @Override
    public void drainControl(ByteBuffer scratch) {
        try {
            for (int i = 0; i < 16; i++) {
                scratch.clear();
                if (rtcp.receive(scratch) == null) {
                    return;
                }
            }
        } catch (IOException lost) {
            return; // nothing of it is used
        }
    }

    @Override
    public void close() throws IOException {
        rtp.close();
        rtcp.close();
    }
}

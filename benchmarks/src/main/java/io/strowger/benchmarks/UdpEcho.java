package io.strowger.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/// Sends every packet back to where it came from: the far end of [UdpFloor].
final class UdpEcho implements AutoCloseable {
    private final DatagramChannel socket;

    UdpEcho() throws IOException {
        socket = DatagramChannel.open();
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 4_000_000);
        socket.bind(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofPlatform().daemon().name("udp-echo").start(this::run);
    }

    int port() throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocateDirect(2048);
        try {
            while (socket.isOpen()) {
                packet.clear();
                SocketAddress from = socket.receive(packet);
                packet.flip();
                socket.send(packet, from);
            }
        } catch (ClosedChannelException closed) {
            return; // close() ends the echo
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

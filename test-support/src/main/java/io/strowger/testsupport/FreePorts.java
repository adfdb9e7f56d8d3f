package io.strowger.testsupport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports on loopback for other processes, which open them themselves a little later: none that the
/// system gives to a connection meanwhile (those are above 32767), none twice.
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 11_000; // pairs below 32,000
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePorts() {}

    /// An even port that is free for UDP and TCP, and so is the one above it: a phone takes that
    /// for TLS, RTP for RTCP.
    public static int pair() throws IOException {
        return pairs(1);
    }

    /// The first of as many pairs in a row.
    public static int pairs(int count) throws IOException {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + 2 * (NEXT.getAndAdd(count) % (COUNT - count));
            if (areFree(port, port + 2 * count)) {
                return port;
            }
        }
        throw new IOException("no " + count + " pairs of ports in a row are free");
    }

    private static boolean areFree(int from, int to) throws IOException {
        for (int port = from; port < to; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (DatagramSocket udp = new DatagramSocket(port, loopback);
                ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
            return udp.isBound() && tcp.isBound();
        } catch (java.net.BindException taken) {
            return false;
        }
    }
}

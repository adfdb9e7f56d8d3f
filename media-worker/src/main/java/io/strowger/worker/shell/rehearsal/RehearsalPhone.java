package io.strowger.worker.shell.rehearsal;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.OfferAnswer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A phone on this machine that agrees to whatever it is asked, and answers an INVITE with a little
/// sound: enough of one for a worker to try itself on. Has a thread of its own.
public final class RehearsalPhone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RehearsalPhone.class);
    private static final int MOST_BYTES = 16_384;
    private static final int PACKETS = 8;
    private static final int FRAME = 160;
    private static final Pattern PORT = Pattern.compile("\r\nm=audio ([0-9]{1,5}) ");
    private static final List<String> ECHOED =
            List.of("via:", "from:", "to:", "call-id:", "cseq:", "record-route:");
    private final DatagramSocket signalling;
    private final DatagramSocket media;
    private final Semaphore byes = new Semaphore(0);

    private RehearsalPhone(DatagramSocket signalling, DatagramSocket media) {
        this.signalling = signalling;
        this.media = media;
    }

    /// @param host that the worker listens on; any address of this machine
    /// @throws IOException when no port is free
    public static RehearsalPhone open(String host) throws IOException {
        InetAddress listened = InetAddress.getByName(host);
        InetAddress here =
                listened.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listened;
        DatagramSocket signalling = new DatagramSocket(new InetSocketAddress(here, 0));
        try {
            DatagramSocket media = new DatagramSocket(new InetSocketAddress(here, 0));
            RehearsalPhone phone = new RehearsalPhone(signalling, media);
            Thread.ofPlatform().daemon().name("rehearsal-phone").start(phone::run);
            return phone;
        } catch (SocketException e) {
            signalling.close();
            throw e;
        }
    }

    /// host:port of its signalling.
    public String address() {
        return host() + ":" + signalling.getLocalPort();
    }

    /// Its session description, in each call.
    public String sdp() {
        return OfferAnswer.offer(
                LocalAudio.of(
                        signalling.getLocalAddress().getHostAddress(), media.getLocalPort(), 1));
    }

    /// Waits until it was told so many times that a call is over.
    ///
    /// @return whether it was
    public boolean awaitByes(int count, long timeoutNs) throws InterruptedException {
        return byes.tryAcquire(count, timeoutNs, TimeUnit.NANOSECONDS);
    }

    private String host() {
        String host = signalling.getLocalAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        while (!signalling.isClosed()) {
            try {
                packet.setLength(MOST_BYTES);
                signalling.receive(packet);
                String request =
                        new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                take(request, packet);
            } catch (IOException e) {
                LOG.atTrace().setCause(e).log("the phone of the rehearsal hears nothing");
            }
        }
    }

    private void take(String request, DatagramPacket from) throws IOException {
        if (request.startsWith("INVITE ")) {
            answer(request, from, sdp());
            Matcher port = PORT.matcher(request);
            if (port.find()) {
                speak(new InetSocketAddress(from.getAddress(), Integer.parseInt(port.group(1))));
            }
        } else if (request.startsWith("BYE ")) {
            answer(request, from, "");
            byes.release();
        }
    }

    private void answer(String request, DatagramPacket from, String sdp) throws IOException {
        StringBuilder text = new StringBuilder("SIP/2.0 200 OK\r\n");
        request.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line ->
                        ECHOED.stream()
                                .anyMatch(name ->
                                        line.regionMatches(true, 0, name, 0, name.length())))
                .forEach(line -> text.append(line).append("\r\n"));
        text.append("Contact: <sip:rehearsal@").append(address()).append(">\r\n");
        if (!sdp.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        text.append("Content-Length: ").append(sdp.length()).append("\r\n\r\n").append(sdp);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        signalling.send(new DatagramPacket(bytes, bytes.length, from.getSocketAddress()));
    }

    private void speak(InetSocketAddress to) throws IOException {
        byte[] sound = new byte[FRAME];
        Arrays.fill(sound, G711.PCMU.encode((short) 1_000));
        ByteBuffer packet = ByteBuffer.allocate(RtpHeader.BYTES + FRAME);
        for (int i = 0; i < PACKETS; i++) {
            RtpHeader.write(packet, i == 0, 0, i, (long) i * FRAME, to.getPort());
            packet.put(sound).flip();
            media.send(new DatagramPacket(packet.array(), packet.limit(), to));
        }
    }

    @Override
    public void close() {
        signalling.close();
        media.close();
    }
}

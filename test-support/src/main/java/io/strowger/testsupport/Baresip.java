package io.strowger.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.media.wav.WavWriter;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A baresip process (Debian package baresip-core) on loopback: a phone that nobody here wrote. It
/// says a WAV file, saves what it hears, and is told what to do over its control port.
public final class Baresip implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(15);
    private static final int SAMPLE_RATE = 8000;
    private static final int RTP_PAIRS = 10;
    private static final int KEY_GAP_MS = 300;
    private static final int SAY_AT_LEAST_S = 120;
    private final Process process;
    private final Path folder;
    private final int port;
    private final Socket control;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /// How it treats a call that comes in.
    public enum Answering {
        AUTO,
        MANUAL
    }

    private Baresip(Process process, Path folder, int port, Socket control) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.control = control;
        Thread.ofVirtual().start(this::readEvents);
    }

    /// Where a baresip registers.
    ///
    /// @param registrar host:port
    /// @param transport `udp` or `tcp`
    /// @param seconds asked for; it comes back a little earlier
    public record Account(
            String user, String password, String registrar, String transport, int seconds) {
        @Override
        public String toString() {
            return user + "@" + registrar;
        }

        private String line() {
            return "<sip:"
                    + user
                    + "@"
                    + registrar
                    + ";transport="
                    + transport
                    + ">;auth_user="
                    + user
                    + ";auth_pass="
                    + password
                    + ";regint="
                    + seconds;
        }
    }

    /// @param folder empty; for its configuration and recordings
    /// @param user of its URI: it takes calls to this one only
    /// @param says 8 kHz mono; silence follows it
    public static Baresip start(Path folder, String user, Answering answering, short[] says)
            throws IOException, InterruptedException {
        int sip = FreePorts.pair();
        String line = "<sip:" + user + "@127.0.0.1:" + sip + ">;regint=0";
        return start(folder, sip, line, answering, says);
    }

    /// One that signals over TLS at [#tlsAddress], and takes and offers SRTP only.
    ///
    /// @param folder empty; for its configuration and recordings
    /// @param pem its certificate and key, one behind the other
    public static Baresip secure(Path folder, String user, Answering answering, String pem)
            throws IOException, InterruptedException {
        int sip = FreePorts.pair();
        Files.createDirectories(folder);
        Path certificate = Files.writeString(folder.resolve("own.pem"), pem);
        String line =
                "<sip:"
                        + user
                        + "@127.0.0.1:"
                        + sip
                        + ";transport=tls>;regint=0;mediaenc=srtp-mand";
        return start(
                folder,
                sip,
                line,
                answering,
                new short[0],
                List.of("module srtp.so", "sip_certificate " + certificate));
    }

    /// One that registers: wait for its event REGISTER_OK.
    ///
    /// @param folder empty; for its configuration and recordings
    /// @param says 8 kHz mono; silence follows it
    public static Baresip registered(
            Path folder, Account account, Answering answering, short[] says)
            throws IOException, InterruptedException {
        int sip = FreePorts.pair();
        String idle = "<sip:idle@127.0.0.1:" + sip + ">;regint=0";
        Baresip phone = start(folder, sip, idle, answering, says);
        phone.register(account, answering);
        return phone;
    }

    /// Its version 1.0 fails on a challenge with SHA-256 beside the one with MD5, and would come
    /// back after half a minute or more: it is told to come back at once.
    private void register(Account account, Answering answering) throws IOException {
        command("uadel", "sip:idle@" + address());
        command("uanew", account.line() + mode(answering));
        Eventually.holds(
                "baresip registers or fails to",
                START,
                () -> isKnown("REGISTER_OK") || isKnown("REGISTER_FAIL"));
        if (!isKnown("REGISTER_OK")) {
            command("uadel", "sip:" + account.user() + "@" + account.registrar());
            command("uanew", account.line() + mode(answering));
        }
    }

    private boolean isKnown(String type) {
        return events.stream().anyMatch(event -> type.equals(event.path("type").asText()));
    }

    private static String mode(Answering answering) {
        return ";answermode="
                + (answering == Answering.AUTO ? "auto" : "manual")
                + ";audio_codecs=PCMU,PCMA";
    }

    private static Baresip start(
            Path folder, int sip, String account, Answering answering, short[] says)
            throws IOException, InterruptedException {
        return start(folder, sip, account, answering, says, List.of());
    }

    private static Baresip start(
            Path folder,
            int sip,
            String account,
            Answering answering,
            short[] says,
            List<String> further)
            throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("heard"));
        short[] padded = Arrays.copyOf(says, Math.max(says.length, SAY_AT_LEAST_S * SAMPLE_RATE));
        Files.write(folder.resolve("say.wav"), WavWriter.write(padded, SAMPLE_RATE));
        int controlPort = FreePorts.pair();
        Files.writeString(
                folder.resolve("config"),
                String.join("\n", further) + "\n" + configuration(folder, sip, controlPort));
        Files.writeString(folder.resolve("accounts"), account + mode(answering) + "\n");
        Process process;
        try {
            process =
                    new ProcessBuilder("baresip", "-f", folder.toString(), "-v")
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
        } catch (IOException e) {
            throw new AssertionError("baresip is needed: install the package baresip-core", e);
        }
        return new Baresip(process, folder, sip, connect(process, folder, controlPort));
    }

    private static String configuration(Path folder, int sip, int control) throws IOException {
        int rtp = FreePorts.pairs(RTP_PAIRS);
        return String.join(
                "\n",
                "poll_method epoll",
                "sip_listen 127.0.0.1:" + sip,
                "net_interface 127.0.0.1",
                "call_local_timeout 120",
                "call_max_calls 4",
                "audio_source aufile," + folder.resolve("say.wav"),
                "ausrc_srate 8000",
                "auplay_srate 8000",
                "ausrc_channels 1",
                "auplay_channels 1",
                "audio_buffer 20-160",
                "rtp_ports " + rtp + "-" + (rtp + 2 * RTP_PAIRS - 1),
                "jitter_buffer_delay 2-5",
                "module_path /usr/lib/baresip/modules",
                "module g711.so",
                "module sndfile.so",
                "module aufile.so",
                "module_tmp uuid.so",
                "module_tmp account.so",
                "module_app menu.so",
                "module_app debug_cmd.so",
                "module_app ctrl_tcp.so",
                "ctrl_tcp_listen 127.0.0.1:" + control,
                "snd_path " + folder.resolve("heard"),
                "menu_bell no",
                "ringback_disabled yes",
                "statmode_default off",
                "");
    }

    private static Socket connect(Process process, Path folder, int port)
            throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + START.toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
                return socket;
            } catch (IOException notYet) {
                socket.close();
                if (!process.isAlive() || System.nanoTime() > deadlineNs) {
                    throw new AssertionError(
                            "baresip did not start: " + Files.readString(folder.resolve("log")),
                            notYet);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /// host:port of its signalling.
    public String address() {
        return "127.0.0.1:" + port;
    }

    /// host:port of its signalling over TLS: it takes the port above.
    public String tlsAddress() {
        return "127.0.0.1:" + (port + 1);
    }

    /// Runs one of its commands: `accept`, `hangup`, `hold`, `resume`, `dial`, `sndcode`...
    public void command(String command, String parameters) throws IOException {
        String json =
                JSON.createObjectNode()
                        .put("command", command)
                        .put("params", parameters)
                        .put("token", "t")
                        .toString();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        control.getOutputStream()
                .write((bytes.length + ":" + json + ",").getBytes(StandardCharsets.UTF_8));
    }

    /// Presses keys as a finger does: baresip makes one long press of two like ones without a gap.
    public void press(String digits) throws IOException, InterruptedException {
        for (char digit : digits.toCharArray()) {
            int before = events.size();
            command("sndcode", String.valueOf(digit));
            Eventually.holds("baresip took " + digit, START, () -> events.size() > before);
            TimeUnit.MILLISECONDS.sleep(KEY_GAP_MS);
        }
    }

    /// Waits for an event such as CALL_ESTABLISHED or CALL_CLOSED.
    public void awaitEvent(String type, Duration within) {
        Eventually.holds(
                within,
                () -> events.stream().anyMatch(event -> type.equals(event.path("type").asText())),
                () -> type + "; so far " + events);
    }

    /// The parameter of each event of a type so far, e.g. the digits of CALL_DTMF_START.
    public List<String> parameters(String type) {
        return events.stream()
                .filter(event -> type.equals(event.path("type").asText()))
                .map(event -> event.path("param").asText())
                .toList();
    }

    /// The WAV of what it heard in its last call, complete once that call is closed.
    public byte[] heard() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("heard"))) {
            Path last =
                    files.filter(file -> file.toString().endsWith("-dec.wav"))
                            .max(Comparator.comparing(Path::toString))
                            .orElseThrow(() -> new AssertionError("baresip recorded nothing"));
            return Files.readAllBytes(last);
        }
    }

    private void readEvents() {
        try (DataInputStream in = new DataInputStream(control.getInputStream())) {
            while (true) {
                int length = 0;
                for (int c = in.read(); c != ':'; c = in.read()) {
                    if (c < '0' || c > '9') {
                        return; // closed
                    }
                    length = length * 10 + c - '0';
                }
                byte[] json = new byte[length];
                in.readFully(json);
                in.read();
                events.add(JSON.readTree(json));
            }
        } catch (EOFException closed) {
            return; // baresip ended
        } catch (IOException broken) {
            if (process.isAlive() && !control.isClosed()) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.strowger.gateway.shell.http.HttpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys change below a running gateway, as Kubernetes changes a mounted Secret: the files are
/// symbolic links through `..data`, which is swapped.
class AccessKeyFilesIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final byte[] PRIMARY = key("primary");
    private static final byte[] SECONDARY = key("secondary");
    private static final byte[] NEW = key("new");
    private static final byte[] STRANGER = key("stranger");

    @TempDir static Path directory;
    private static RunningGateway gateway;
    private static String target;
    private static int version;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(mount());
        publish(base64(PRIMARY), base64(SECONDARY) + "\n");
        link("primary");
        link("secondary");
        gateway =
                new RunningGateway(
                        directory.resolve("data"),
                        Map.of(
                                "STROWGER_ACCESSKEYS",
                                "[]",
                                "STROWGER_AUTH_ACCESSKEYFILES",
                                "[" + mount() + "/primary, " + mount() + "/secondary]"),
                        HttpLimits.usual(100_000));
        gateway.orchestrator.answers(PlayedAnswers::to);
        target =
                "/calling/callConnections/"
                        + gateway.ids.newCall(new Random(1)).connection(1)
                        + "?api-version=2026-03-12";
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void bothKeysCount() throws Exception {
        if (!Files.isSymbolicLink(mount().resolve("primary"))) {
            link("primary");
        }
        publish(base64(PRIMARY), base64(SECONDARY));
        awaitStatus(200, PRIMARY, STRANGER);
        awaitStatus(200, SECONDARY, STRANGER);
        awaitStatus(401, NEW, STRANGER);
    }

    @Test
    void aKeyIsReplacedWithoutARestartWhileTheOtherServes() throws Exception {
        assertEquals(200, status(PRIMARY));
        assertEquals(200, status(SECONDARY));
        assertEquals(401, status(NEW));

        publish(base64(NEW), base64(SECONDARY));

        awaitStatus(200, NEW, SECONDARY);
        awaitStatus(401, PRIMARY, SECONDARY);
        assertEquals(200, status(SECONDARY));
    }

    @Test
    void aFileThatGivesNoKeyTakesItsKeyAwayAndNotTheOther() throws Exception {
        publish("no base64!", base64(SECONDARY));
        awaitStatus(401, PRIMARY, SECONDARY);

        publish("", base64(SECONDARY));
        assertEquals(200, status(SECONDARY));
        publish(base64(PRIMARY), base64(SECONDARY));
        awaitStatus(200, PRIMARY, SECONDARY);
        Files.delete(mount().resolve("primary"));

        awaitStatus(401, PRIMARY, SECONDARY);
    }

    @Test
    void withoutAnyKeyNobodyIsServedUntilOneIsThereAgain() throws Exception {
        publish("", "");
        awaitStatus(401, SECONDARY, STRANGER);
        awaitStatus(401, PRIMARY, STRANGER);

        publish("", base64(NEW));

        awaitStatus(200, NEW, STRANGER);
    }

    /// Waits for the status; whoever holds `other` is answered the same all the while.
    private void awaitStatus(int expected, byte[] key, byte[] other) {
        int before = status(other);
        long deadlineNs = System.nanoTime() + SOON.toNanos();
        while (status(key) != expected) {
            assertEquals(before, status(other));
            if (System.nanoTime() - deadlineNs > 0) {
                fail("not " + expected + " within " + SOON);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private int status(byte[] key) {
        return gateway.client().with(key).get(target).status();
    }

    private static void link(String name) throws IOException {
        Files.createSymbolicLink(mount().resolve(name), Path.of("..data", name));
    }

    private static Path mount() {
        return directory.resolve("keys");
    }

    private static void publish(String primary, String secondary) throws IOException {
        Path data = Files.createDirectory(mount().resolve("..version" + version++));
        Files.writeString(data.resolve("primary"), primary);
        Files.writeString(data.resolve("secondary"), secondary);
        Path link = mount().resolve("..data_tmp");
        Files.createSymbolicLink(link, data.getFileName());
        Files.move(
                link,
                mount().resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] key(String name) {
        return ("access-key-of-the-tests-" + name).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}

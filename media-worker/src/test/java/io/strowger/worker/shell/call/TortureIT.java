package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A trunk sends the messages of RFC 4475: none makes a call, none does harm.
class TortureIT {
    private static TestWorker worker;

    @BeforeAll
    static void start() throws Exception {
        worker = new TestWorker(List.of(TestWorker.trunk("main", 5060))).receiving();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    static Stream<Path> messages() throws Exception {
        URI folder = TortureIT.class.getResource("/rfc4475").toURI();
        return Files.list(Path.of(folder))
                .filter(file -> file.toString().endsWith(".dat"))
                .sorted();
    }

    @Test
    void hasTheMessages() throws Exception {
        assertEquals(49, messages().count());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void survives(Path message) throws Exception {
        try (HandPhone trunk = new HandPhone("127.0.0.1", worker.endpoint.port())) {
            trunk.send(Files.readAllBytes(message));

            trunk.request("OPTIONS", "+15550100002", "", 1, "alive", "", "");
            trunk.expect("SIP/2.0 200");
        }
        assertEquals(0, worker.reportsWaiting());
        assertEquals(0, worker.host.callCount());
    }
}

package io.strowger.acceptance;

import io.strowger.standalone.platform.Services;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/// The five services, each a container of the project's own image (`mvn -Pimages package`, then
/// `docker load`). They use the host's network: SIP and RTP are UDP from both sides, and the phones
/// of the tests are on the host.
final class ServiceContainers implements AutoCloseable {
    private static final DockerImageName IMAGE =
            DockerImageName.parse(System.getProperty("strowger.image", "strowger/strowger:0.1.0"));
    private static final Duration READY = Duration.ofSeconds(120);

    /// As in `compose.yaml`: nothing else may be written to.
    private static final Map<String, String> WRITABLE =
            Map.of("/tmp", "rw", "/data", "rw", "/recordings", "rw");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final List<GenericContainer<?>> running = new ArrayList<>();
    private final URI endpoint;

    private ServiceContainers(URI endpoint) {
        this.endpoint = endpoint;
    }

    /// Returns when all five are ready.
    ///
    /// @param settings as environment variables; ports are chosen here
    static ServiceContainers start(Map<String, String> settings) throws IOException {
        Docker.requireImage(IMAGE);
        int api = FreePorts.pair();
        int content = FreePorts.pair();
        ServiceContainers containers =
                new ServiceContainers(URI.create("http://127.0.0.1:" + api + "/"));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("STROWGER_DATADIR", "/data");
        environment.put("STROWGER_RECORDINGS_DIRECTORY", "/recordings");
        environment.put("STROWGER_HTTP_PORT", Integer.toString(api));
        environment.put("STROWGER_HTTP_TLS_PORT", "-1");
        environment.put("STROWGER_RECORDINGS_CONTENTPORT", Integer.toString(content));
        environment.put("STROWGER_RECORDINGS_CONTENTURL", "http://127.0.0.1:" + content + "/");
        try {
            Map<String, URI> health = new HashMap<>();
            for (Services service : Services.all()) {
                int ops = FreePorts.pair();
                environment.put("STROWGER_OPS_PORT", Integer.toString(ops));
                containers.run(service.word(), environment);
                health.put(service.word(), URI.create("http://127.0.0.1:" + ops + "/health/ready"));
            }
            health.forEach(
                    (word, uri) -> Eventually.holds(word + " is ready", READY, () -> answers(uri)));
            return containers;
        } catch (RuntimeException | AssertionError e) {
            containers.close();
            throw e;
        }
    }

    private void run(String word, Map<String, String> environment) {
        GenericContainer<?> container =
                new GenericContainer<>(IMAGE)
                        .withNetworkMode("host")
                        .withTmpFs(WRITABLE)
                        .withCreateContainerCmdModifier(made ->
                                Objects.requireNonNull(made.getHostConfig())
                                        .withReadonlyRootfs(true))
                        .withEnv(environment)
                        .withCommand(word);
        running.add(container);
        container.start();
    }

    /// Of the API.
    URI endpoint() {
        return endpoint;
    }

    private static boolean answers(URI uri) {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        running.forEach(GenericContainer::stop);
    }
}

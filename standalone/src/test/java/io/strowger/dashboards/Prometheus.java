package io.strowger.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strowger.testsupport.Eventually;
import io.strowger.testsupport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A Prometheus server (Debian's `prometheus`) with the project's own configuration, but for where
/// the services are and that it looks every second. For one thread.
public final class Prometheus implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(20);
    private static final Duration SCRAPED_WITHIN = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI api;

    private Prometheus(Process process, URI api) {
        this.process = process;
        this.api = api;
    }

    /// Returns when it answers.
    ///
    /// @param deployed folder of the configuration as it is deployed
    /// @param folder for its data
    /// @param ports where each job's service is on this machine
    public static Prometheus start(Path deployed, Path folder, Map<String, Integer> ports)
            throws IOException {
        Files.createDirectories(folder);
        Path configuration = folder.resolve("prometheus.yaml");
        YAML.writeValue(configuration.toFile(), here(deployed, ports));
        int port = FreePorts.pair();
        Process process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + configuration,
                                "--storage.tsdb.path=" + folder.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("out.log").toFile())
                        .start();
        Prometheus started = new Prometheus(process, URI.create("http://127.0.0.1:" + port + "/"));
        try {
            Eventually.holds(
                    READY_WITHIN,
                    started::isReady,
                    () -> "Prometheus is ready; it says in " + folder.resolve("out.log"));
            return started;
        } catch (AssertionError e) {
            started.close();
            throw e;
        }
    }

    private static JsonNode here(Path deployed, Map<String, Integer> ports) throws IOException {
        ObjectNode set = (ObjectNode) YAML.readTree(deployed.resolve("prometheus.yaml").toFile());
        ObjectNode global = (ObjectNode) set.path("global");
        global.put("scrape_interval", "1s").put("evaluation_interval", "1s");
        List<String> rules = new ArrayList<>();
        for (JsonNode file : set.path("rule_files")) {
            rules.add(deployed.resolve(file.asText()).toAbsolutePath().normalize().toString());
        }
        set.set("rule_files", YAML.valueToTree(rules));
        for (JsonNode job : set.path("scrape_configs")) {
            Integer port = ports.get(job.path("job_name").asText());
            if (port == null) {
                throw new IllegalArgumentException("nothing runs here that is " + job);
            }
            ((ObjectNode) job.at("/static_configs/0"))
                    .set("targets", YAML.valueToTree(List.of("127.0.0.1:" + port)));
        }
        return set;
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("Prometheus ended with " + process.exitValue());
        }
        try {
            return send(HttpRequest.newBuilder(api.resolve("-/ready"))).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /// Waits until every target was looked at once more.
    public void awaitScrape() {
        double before = fewestScrapes();
        Eventually.holds(
                SCRAPED_WITHIN,
                () -> fewestScrapes() > before,
                () -> "all targets are scraped: " + query("up"));
    }

    private double fewestScrapes() {
        return query("min(count_over_time(up[10m]))").path(0).path("value").path(1).asDouble();
    }

    /// @return `data.result` of an instant query
    /// @throws AssertionError when Prometheus refuses it
    public JsonNode query(String expression) {
        return answered("api/v1/query", Map.of("query", expression)).at("/data/result");
    }

    /// @return one line a series
    /// @throws AssertionError when Prometheus refuses it
    public List<Line> lines(Dashboard.Query query, double fromSeconds, double toSeconds) {
        return answered(
                        "api/v1/query_range",
                        Map.of(
                                "query", query.expression(),
                                "start", Double.toString(fromSeconds),
                                "end", Double.toString(toSeconds),
                                "step", "1"))
                .at("/data/result")
                .valueStream()
                .map(series -> Line.of(series, query.legend()))
                .toList();
    }

    /// @return all alerting rules with their `name`, `health` and `lastError`
    public List<JsonNode> rules() {
        return answered("api/v1/rules", Map.of())
                .at("/data/groups")
                .valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .toList();
    }

    private JsonNode answered(String path, Map<String, String> form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path));
        HttpResponse<String> response = send(form.isEmpty() ? request : posting(request, form));
        if (response.statusCode() != 200) {
            throw new AssertionError(form + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest.Builder posting(
            HttpRequest.Builder request, Map<String, String> form) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                        BodyPublishers.ofString(
                                form.entrySet().stream()
                                        .map(field ->
                                                field.getKey()
                                                        + "="
                                                        + URLEncoder.encode(
                                                                field.getValue(),
                                                                StandardCharsets.UTF_8))
                                        .collect(Collectors.joining("&"))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}

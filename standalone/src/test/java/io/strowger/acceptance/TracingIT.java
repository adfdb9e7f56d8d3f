package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.NUMBER;
import static io.strowger.acceptance.Stage.SOON;
import static io.strowger.acceptance.Stage.V2026;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.phone.Phone;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.OtlpReceiver;
import io.strowger.testsupport.OtlpReceiver.Exported;
import io.strowger.testsupport.WebhookReceiver.Request;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// One call as a collector sees it: over all services, in the trace that the application began.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String APPLICATION = "00f067aa0ba902b7";
    private static final Map<String, String> TRACEPARENT =
            Map.of("traceparent", "00-" + TRACE + "-" + APPLICATION + "-01", "tracestate", "us=7");
    private OtlpReceiver collector;
    private Phone phone;
    private Stage stage;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        collector = OtlpReceiver.start();
        phone = Phone.start(PhoneSettings.listening("127.0.0.1", 0));
        stage =
                Stage.open(
                        data,
                        Map.of("+1", phone.address()),
                        Map.of(
                                "STROWGER_TRACING_OTLP_ENDPOINT",
                                collector.endpoint().toString(),
                                "STROWGER_TRACING_SAMPLERATIO",
                                "0"));
    }

    @AfterAll
    void stop() throws Exception {
        stage.close();
        phone.close();
        collector.close();
    }

    @Test
    void aCallIsOneTraceFromTheRequestToSipAndToTheWebhook() throws Exception {
        String connection = stage.create(NUMBER, "/traced", TRACEPARENT);
        stage.awaitEvent("/traced", "CallConnected");

        Exported request = child("gateway", "POST /calling/callConnections", APPLICATION, "SERVER");
        Exported sent = child("gateway", "send call.commands", request.spanId(), "PRODUCER");
        Exported decided =
                child("call-orchestrator", "decide CreateCall", sent.spanId(), "CONSUMER");
        Exported order = child("media-worker", "order Dial", decided.spanId(), "CONSUMER");
        Exported invite = child("media-worker", "SIP INVITE", order.spanId(), "CLIENT");
        Exported answered =
                child("call-orchestrator", "decide LegAnswered", order.spanId(), "CONSUMER");
        Exported posted =
                child("webhook-dispatcher", "POST CallConnected", answered.spanId(), "CLIENT");

        assertEquals("201", request.attributes().get("http.response.status_code"));
        assertEquals("/calling/callConnections", request.attributes().get("http.route"));
        assertEquals("INVITE", invite.attributes().get("sip.method"));
        assertEquals("200", invite.attributes().get("sip.status_code"));
        assertTrue(invite.attributes().containsKey("sip.call_id"), invite.toString());
        assertEquals("127.0.0.1", invite.attributes().get("rtp.remote_address"));
        assertTrue(invite.attributes().containsKey("rtp.local_port"), invite.toString());
        assertEquals("200", posted.attributes().get("http.response.status_code"));
        Request webhook =
                stage.receiver.requests().stream()
                        .filter(one ->
                                one.uri().getPath().equals("/traced")
                                        && one.body().contains("CallConnected"))
                        .findFirst()
                        .orElseThrow();
        String traceparent = String.valueOf(webhook.headers().get("traceparent"));
        assertTrue(traceparent.startsWith("00-" + TRACE + "-" + posted.spanId()), traceparent);
        assertEquals("us=7", webhook.headers().get("tracestate"));
        assertFalse(collector.spans().toString().contains(NUMBER.substring(1)), "a number");
        stage.act(connection, ":terminate", "", 204);
    }

    @Test
    void aRecordingIsInTheTraceOfWhoAskedForIt() throws Exception {
        String connection = stage.create(NUMBER, "/recorded");
        stage.awaitEvent("/recorded", "CallConnected");

        String recording =
                stage.request(
                                "POST",
                                "/calling/recordings" + V2026,
                                """
                                {"callConnectionId":"%s","recordingStateCallbackUri":"%s"}\
                                """
                                        .formatted(connection, stage.receiver.uri("/state")),
                                200,
                                TRACEPARENT)
                        .path("recordingId")
                        .asText();
        stage.awaitEvent("/state", "RecordingStateChanged");
        stage.request("DELETE", "/calling/recordings/" + recording + V2026, "", 204, TRACEPARENT);

        Exported started = named("call-orchestrator", "decide StartRecording");
        child("recording-service", "recording Open", started.spanId(), "CONSUMER");
        Exported stopped = named("call-orchestrator", "decide StopRecording");
        Exported order = child("media-worker", "order StopRecording", stopped.spanId(), "CONSUMER");
        Exported over =
                child("call-orchestrator", "decide RecordingStopped", order.spanId(), "CONSUMER");
        Exported finished =
                child("recording-service", "recording Finish", over.spanId(), "CONSUMER");
        assertEquals("Finished", finished.attributes().get("strowger.outcome"));
    }

    @Test
    void aLatencyPointsToItsTrace() throws Exception {
        // Of the same trace, and no child of what the other tests look below.
        String elsewhere = "00-" + TRACE + "-00f067aa0ba902b8-01";
        String connection = stage.create(NUMBER, "/exemplar", Map.of("traceparent", elsewhere));
        stage.awaitEvent("/exemplar", "CallConnected");
        stage.act(connection, ":terminate", "", 204);

        try (HttpClient client = HttpClient.newHttpClient()) {
            URI metrics = stage.platform().endpoint().resolve("/metrics");
            String text =
                    client.send(
                                    HttpRequest.newBuilder(metrics)
                                            .header(
                                                    "Accept",
                                                    "application/openmetrics-text;version=1.0.0,"
                                                            + "text/plain;version=0.0.4;q=0.5")
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();

            assertTrue(hasExemplar(text, "strowger_http_request_seconds_bucket"), text);
            assertTrue(hasExemplar(text, "strowger_webhook_delivery_lag_seconds_bucket"), text);
        }
    }

    @Test
    void neitherStrangersNorTracesThatNobodyAskedForAreRecorded() throws Exception {
        URI api = stage.platform().endpoint().resolve("/calling/callConnections" + V2026);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest unsigned =
                    HttpRequest.newBuilder(api)
                            .header("traceparent", "00-" + "ab".repeat(16) + "-00f067aa0ba902b7-01")
                            .POST(BodyPublishers.ofString("{}"))
                            .build();
            assertEquals(401, client.send(unsigned, BodyHandlers.ofString()).statusCode());
        }
        String connection = stage.create(NUMBER, "/untraced");
        stage.awaitEvent("/untraced", "CallConnected");

        String path = "/calling/callConnections/" + connection;
        stage.request("GET", path + V2026, "", 200, TRACEPARENT);

        child("gateway", "GET /calling/callConnections/{callConnectionId}", APPLICATION, "SERVER");
        stage.act(connection, ":terminate", "", 204);
        assertTrue(collector.spans().stream().allMatch(span -> span.traceId().equals(TRACE)));
    }

    private static boolean hasExemplar(String metrics, String series) {
        return metrics.lines()
                .anyMatch(line ->
                        line.startsWith(series) && line.contains("trace_id=\"" + TRACE + "\""));
    }

    private Exported named(String service, String name) {
        return collector.await(
                "strowger-" + service, name, span -> span.traceId().equals(TRACE), SOON);
    }

    private Exported child(String service, String name, String parent, String kind) {
        Exported span =
                collector.await(
                        "strowger-" + service, name, one -> one.parentId().equals(parent), SOON);
        assertEquals(TRACE, span.traceId());
        assertEquals("SPAN_KIND_" + kind, span.kind());
        assertFalse(span.failed(), span.toString());
        return span;
    }
}

package io.strowger.testsupport;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A collector on loopback: takes spans by OTLP over HTTP, as protobuf, and keeps them.
public final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Exported> spans = new CopyOnWriteArrayList<>();

    /// A span as it came.
    ///
    /// @param service the `service.name` of its resource
    /// @param kind e.g. `SPAN_KIND_SERVER`
    /// @param parentId empty: a trace begins with it
    public record Exported(
            String service,
            String name,
            String kind,
            String traceId,
            String spanId,
            String parentId,
            boolean failed,
            Map<String, String> attributes) {}

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    public static OtlpReceiver start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        OtlpReceiver receiver = new OtlpReceiver(server);
        server.createContext("/v1/traces", receiver::take);
        server.start();
        return receiver;
    }

    /// For `tracing.otlp.endpoint`.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// All spans so far.
    public List<Exported> spans() {
        return List.copyOf(spans);
    }

    /// Waits for a span.
    public Exported await(String service, String name, Predicate<Exported> which, Duration within) {
        Predicate<Exported> wanted =
                span ->
                        span.service().equals(service)
                                && span.name().equals(name)
                                && which.test(span);
        Eventually.holds(
                within,
                () -> spans.stream().anyMatch(wanted),
                () -> service + ": " + name + "; there are " + names());
        return spans.stream().filter(wanted).findFirst().orElseThrow();
    }

    private List<String> names() {
        return spans.stream()
                .map(span ->
                        span.service()
                                + ": "
                                + span.name()
                                + " "
                                + span.spanId()
                                + " of "
                                + span.parentId())
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request =
                    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(this::keep);
            byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void keep(ResourceSpans ofService) {
        String service =
                attributes(ofService.getResource().getAttributesList())
                        .getOrDefault("service.name", "");
        ofService
                .getScopeSpansList()
                .forEach(scope ->
                        scope.getSpansList().forEach(span -> spans.add(exported(service, span))));
    }

    private static Exported exported(String service, Span span) {
        return new Exported(
                service,
                span.getName(),
                span.getKind().name(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                attributes(span.getAttributesList()));
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> attributes = new TreeMap<>();
        list.forEach(one -> attributes.put(one.getKey(), text(one.getValue())));
        return attributes;
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

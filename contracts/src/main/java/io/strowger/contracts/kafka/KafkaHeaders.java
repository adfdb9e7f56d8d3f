package io.strowger.contracts.kafka;

/// Names of record headers. Values are UTF-8 text.
public final class KafkaHeaders {
    /// On a command: the partition of `call.replies` that its gateway reads, decimal.
    public static final String REPLY_PARTITION = "reply-partition";

    /// On a command and its reply: identifies the waiting request in the gateway.
    public static final String CORRELATION = "correlation";

    /// On a command and its reply: the gateway's process; replies of an earlier process are
    /// dropped.
    public static final String GATEWAY_EPOCH = "gateway-epoch";

    /// On a dead letter: why it is one.
    public static final String REASON = "reason";

    /// On a dead letter: topic, partition and offset it came from, `topic/partition/offset`.
    public static final String ORIGIN = "origin";

    /// On a record without value among the dead letters of `callback.deliveries`: the offset of one
    /// that its receiver has accepted since, decimal.
    public static final String REPLAYED = "replayed";

    /// On whatever belongs to a trace: where in it, see W3C Trace Context.
    public static final String TRACEPARENT = "traceparent";

    /// Beside [#TRACEPARENT]: what tracing systems add.
    public static final String TRACESTATE = "tracestate";

    private KafkaHeaders() {}
}

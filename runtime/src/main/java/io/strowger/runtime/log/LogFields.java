package io.strowger.runtime.log;

/// Keys of the facts in log lines; the same words everywhere.
public final class LogFields {
    public static final String SERVER_CALL_ID = "serverCallId";
    public static final String CALL_CONNECTION_ID = "callConnectionId";
    public static final String LEG_ID = "legId";
    public static final String SIP_CALL_ID = "sipCallId";
    public static final String OPERATION_ID = "operationId";
    public static final String CORRELATION_ID = "correlationId";
    public static final String WORKER_ID = "workerId";
    public static final String TOPIC = "topic";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    public static final String REASON = "reason";

    private LogFields() {}
}

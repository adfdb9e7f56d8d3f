package io.strowger.worker.shell.call;

import io.strowger.contracts.trace.TraceContext;
import io.strowger.media.sdp.NegotiatedAudio;
import io.strowger.runtime.telemetry.Spans;
import io.strowger.runtime.telemetry.TraceSpan;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SIP transactions of one leg as spans: those of ours from the request to its final response,
/// and the INVITE that came in from its arrival to our final response. Names and numbers of people
/// stay out. Does nothing while nothing is traced. Used only inside the mailbox of its call.
final class SipSpans {
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int REQUEST_TERMINATED = 487;
    private final Spans spans;
    private final Map<String, TraceSpan> open = new HashMap<>();
    private TraceSpan invite = TraceSpan.NONE;
    private int rtpPort;

    SipSpans(Spans spans) {
        this.spans = spans;
    }

    /// The leg has a port for its RTP.
    void mediaAt(int port) {
        rtpPort = port;
    }

    /// A request goes out in a transaction of its own.
    void sent(SipRequest request, @Nullable TraceContext cause) {
        if (!spans.isOn()) {
            return;
        }
        TraceSpan span = spans.client("SIP " + request.method(), cause);
        begun(key(request.method(), request.cseq()), span, request.method(), request.sipCallId());
    }

    /// A call comes in.
    ///
    /// @return where what follows belongs; null: nothing is traced
    @Nullable TraceContext arrived(IncomingInvite arrival) {
        if (!spans.isOn()) {
            return null;
        }
        TraceSpan span = spans.server("SIP INVITE", null);
        begun(key(arrival.request().exchange()), span, "INVITE", arrival.request().sipCallId());
        return span.context();
    }

    private void begun(String key, TraceSpan span, String method, String sipCallId) {
        span.set("sip.method", method).set("sip.call_id", sipCallId);
        if (method.equals("INVITE")) {
            invite = span;
            if (rtpPort > 0) {
                span.set("rtp.local_port", rtpPort);
            }
        }
        open.put(key, span);
    }

    /// The audio of the leg was agreed on.
    void connected(NegotiatedAudio audio) {
        if (invite.isRecording()) {
            invite.set("rtp.local_port", rtpPort)
                    .set("rtp.remote_address", audio.remoteAddress())
                    .set("rtp.remote_port", audio.remotePort())
                    .set("rtp.codec", audio.codec().name())
                    .set("rtp.payload_type", audio.sendPayloadType());
        }
    }

    /// The network did something, and the leg has acted on it.
    void heard(SipSignal signal) {
        if (open.isEmpty()) {
            return;
        }
        switch (signal) {
            case SipSignal.ResponseArrived(var response) when response.isProvisional() -> {
                // The transaction goes on.
            }
            case SipSignal.ResponseArrived(var response) ->
                    ended(key(response.method(), response.cseq()), response.status());
            case SipSignal.RequestFailed(_, var method, long cseq, _) -> {
                TraceSpan span = open.remove(key(method, cseq));
                if (span != null) {
                    span.fail("no_response").end();
                }
            }
            case SipSignal.RequestArrived _, SipSignal.InviteRepeated _ -> {
                // Not of a transaction that is followed here.
            }
        }
    }

    /// A response of ours goes out.
    void replied(SipReply reply) {
        if (!open.isEmpty() && reply.status() >= 200) {
            ended(key(reply.exchange()), reply.status());
        }
    }

    /// Nothing more will come.
    void over() {
        open.values().forEach(span -> span.fail("abandoned").end());
        open.clear();
    }

    private void ended(String key, int status) {
        TraceSpan span = open.remove(key);
        if (span == null) {
            return;
        }
        span.set("sip.status_code", status);
        if (isFailure(status)) {
            span.fail(Integer.toString(status));
        }
        span.end();
    }

    /// A challenge is answered, and what was cancelled ends as it should.
    private static boolean isFailure(int status) {
        return status >= 400
                && status != UNAUTHORIZED
                && status != PROXY_AUTHENTICATION_REQUIRED
                && status != REQUEST_TERMINATED;
    }

    private static String key(String method, long cseq) {
        return method + " " + cseq;
    }

    private static String key(long exchange) {
        return "exchange " + exchange;
    }
}

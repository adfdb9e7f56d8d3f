package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.Utils;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.strowger.worker.core.sip.SipInbox;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipRequest;
import io.strowger.worker.core.sip.SipSignal;
import io.strowger.worker.core.sip.SipWire;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends with the library's transactions, and remembers those that may be cancelled or answered.
final class JainWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(JainWire.class);

    /// Longer than any transaction lives (RFC 3261 17: 64 * T1 = 32 s).
    private static final long KEPT_SECONDS = 40;

    private final SipProvider provider;
    private final MessageWriter writer;
    private final SipInbox inbox;
    private final SipMeters meters;
    private final ScheduledExecutorService housekeeping;
    private final Map<String, ClientTransaction> invites = new ConcurrentHashMap<>();
    private final Map<Long, Exchange> exchanges = new ConcurrentHashMap<>();
    private final AtomicLong lastExchange = new AtomicLong();

    /// A request of a peer that is to be answered; `answer` is the 2xx once it is given.
    private record Exchange(ServerTransaction transaction, SIPRequest request) {}

    private final Map<Long, SIPResponse> answers = new ConcurrentHashMap<>();

    JainWire(
            SipProvider provider,
            MessageWriter writer,
            SipInbox inbox,
            SipMeters meters,
            ScheduledExecutorService housekeeping) {
        this.provider = provider;
        this.writer = writer;
        this.inbox = inbox;
        this.meters = meters;
        this.housekeeping = housekeeping;
    }

    /// Names a request that came, for its answer.
    long exchange(ServerTransaction transaction, SIPRequest request) {
        long exchange = lastExchange.incrementAndGet();
        exchanges.put(exchange, new Exchange(transaction, request));
        transaction.setApplicationData(exchange);
        return exchange;
    }

    /// The library is done with a transaction.
    void terminated(ClientTransaction transaction) {
        if (transaction.getRequest().getMethod().equals("INVITE")) {
            SIPRequest request = (SIPRequest) transaction.getRequest();
            invites.remove(request.getCallId().getCallId(), transaction);
        }
    }

    /// A request that was never answered, or not for good, is forgotten with its transaction.
    void terminated(ServerTransaction transaction) {
        if (transaction.getApplicationData() instanceof Long exchange) {
            exchanges.remove(exchange);
        }
    }

    @Override
    public void send(SipRequest request) {
        try {
            SIPRequest message = writer.request(request);
            ClientTransaction transaction = provider.getNewClientTransaction(message);
            if (request.method().equals("INVITE")) {
                invites.put(request.sipCallId(), transaction);
            }
            transaction.sendRequest();
        } catch (ParseException | SipException e) {
            failed(request, e);
        }
    }

    private void failed(SipRequest request, Exception failure) {
        meters.unsendable.increment();
        LOG.atInfo()
                .addKeyValue("sipCallId", request.sipCallId())
                .addKeyValue("method", request.method())
                .setCause(failure)
                .log("SIP request could not be sent");
        inbox.signal(
                request.sipCallId(),
                new SipSignal.RequestFailed(
                        request.sipCallId(), request.method(), request.cseq(), "not reachable"));
    }

    @Override
    public void sendAck(SipRequest ack) {
        try {
            provider.sendRequest(writer.request(ack));
        } catch (ParseException | SipException e) {
            unsent(ack.sipCallId(), "ACK", e);
        }
    }

    @Override
    public void cancel(String sipCallId) {
        ClientTransaction invite = invites.get(sipCallId);
        if (invite == null) {
            return;
        }
        try {
            provider.getNewClientTransaction(invite.createCancel()).sendRequest();
        } catch (SipException e) {
            unsent(sipCallId, "CANCEL", e);
        }
    }

    @Override
    public void reply(SipReply reply) {
        Exchange exchange =
                reply.status() < 200
                        ? exchanges.get(reply.exchange())
                        : exchanges.remove(reply.exchange());
        if (exchange == null) {
            return;
        }
        try {
            SIPResponse response =
                    writer.response(exchange.request(), reply, Utils.getInstance().generateTag());
            exchange.transaction().sendResponse(response);
            if (exchange.request().getMethod().equals("INVITE")
                    && reply.status() >= 200
                    && reply.status() < 300) {
                answers.put(reply.exchange(), response);
                var _ =
                        housekeeping.schedule(
                                () -> answers.remove(reply.exchange()),
                                KEPT_SECONDS,
                                TimeUnit.SECONDS);
            }
        } catch (ParseException | SipException | InvalidArgumentException e) {
            unsent(exchange.request().getCallId().getCallId(), "response", e);
        }
    }

    /// Answers without a transaction (RFC 3261 8.2.7): nothing is kept and nothing is sent again,
    /// so that who lies about its address, or floods us, gains nothing. The same request gets the
    /// same To tag.
    void replyOnce(SIPRequest request, SipReply reply) {
        try {
            String tag = Integer.toHexString(request.getTransactionId().hashCode());
            provider.sendResponse(writer.response(request, reply, tag));
        } catch (ParseException | SipException e) {
            unsent(request.getCallId().getCallId(), "response", e);
        }
    }

    @Override
    public void replyAgain(long exchange) {
        SIPResponse answer = answers.get(exchange);
        if (answer == null) {
            return;
        }
        try {
            provider.sendResponse(answer);
        } catch (SipException e) {
            unsent(answer.getCallId().getCallId(), "response", e);
        }
    }

    private void unsent(String sipCallId, String what, Exception failure) {
        meters.unsendable.increment();
        LOG.atInfo()
                .addKeyValue("sipCallId", sipCallId)
                .addKeyValue("message", what)
                .setCause(failure)
                .log("SIP message could not be sent");
    }
}

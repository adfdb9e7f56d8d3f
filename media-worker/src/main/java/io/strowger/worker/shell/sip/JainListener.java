package io.strowger.worker.shell.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.strowger.worker.core.registration.RegisterInbox;
import io.strowger.worker.core.registration.RegisterRequest;
import io.strowger.worker.core.route.KnownPeers;
import io.strowger.worker.core.sip.Arrival;
import io.strowger.worker.core.sip.HeaderLine;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.OutOfDialog;
import io.strowger.worker.core.sip.SipInbox;
import io.strowger.worker.core.sip.SipMethods;
import io.strowger.worker.core.sip.SipReply;
import io.strowger.worker.core.sip.SipSignal;
import java.util.List;
import java.util.function.Supplier;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the library's callbacks, on its threads, several at a time; hands them on at once.
final class JainListener implements SipListener {
    private static final Logger LOG = LoggerFactory.getLogger(JainListener.class);
    private static final int WRONG_PASSWORD = 403;
    private final SipProvider provider;
    private final JainWire wire;
    private final SipInbox inbox;
    private final Supplier<KnownPeers> peers;
    private final RegisterInbox registrar;
    private final Doorkeeper doorkeeper;
    private final SipMeters meters;

    JainListener(
            SipProvider provider,
            JainWire wire,
            SipInbox inbox,
            Supplier<KnownPeers> peers,
            RegisterInbox registrar,
            Doorkeeper doorkeeper,
            SipMeters meters) {
        this.provider = provider;
        this.wire = wire;
        this.inbox = inbox;
        this.peers = peers;
        this.registrar = registrar;
        this.doorkeeper = doorkeeper;
        this.meters = meters;
    }

    @Override
    public void processRequest(RequestEvent event) {
        SIPRequest request = (SIPRequest) event.getRequest();
        if (!MessageReader.isWhole(request) || !isAnswerable(request)) {
            meters.brokenMessages.increment();
            return;
        }
        if (doorkeeper.isBanned(host(request))) {
            meters.droppedRequests.increment(); // over a connection: datagrams end before this
            return;
        }
        try {
            take(request, event.getServerTransaction());
        } catch (SipException e) {
            // A retransmission that overtook its transaction: the first copy is being answered.
            LOG.atDebug().setCause(e).log("SIP request without a transaction dropped");
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /// Its Via may name a transport that is not spoken here, whatever it came by: no answer could
    /// be sent.
    private boolean isAnswerable(SIPRequest request) {
        return provider.getListeningPoint(request.getTopmostVia().getTransport()) != null;
    }

    private void take(SIPRequest request, @Nullable ServerTransaction given) throws SipException {
        String sipCallId = request.getCallId().getCallId();
        boolean inDialog = request.getToTag() != null && inbox.knows(sipCallId);
        if (request.getMethod().equals("ACK")) {
            if (inDialog) {
                signal(request, 0);
            }
            return;
        }
        if (request.getMethod().equals("CANCEL") && inbox.knows(sipCallId)) {
            signal(request, wire.exchange(transaction(request, given), request));
            return;
        }
        if (request.getMethod().equals("INVITE") && request.getToTag() == null) {
            invited(request, given);
            return;
        }
        if (inDialog) {
            signal(request, wire.exchange(transaction(request, given), request));
            return;
        }
        stranger(request, given);
    }

    private void invited(SIPRequest request, @Nullable ServerTransaction given)
            throws SipException {
        IncomingInvite invite = MessageReader.invite(request);
        String sipCallId = invite.request().sipCallId();
        if (inbox.knows(sipCallId)) {
            IncomingInvite again = invite.at(wire.exchange(transaction(request, given), request));
            if (!inbox.signal(sipCallId, new SipSignal.InviteRepeated(again))) {
                wire.reply(SipReply.of(again.request().exchange(), 482, "Loop Detected"));
            }
            return;
        }
        switch (inbox.weigh(invite)) {
            case Arrival.Closed() -> stranger(request, given);
            case Arrival.Silence() -> dropped(request);
            case Arrival.Refusal(int status, var reason, var headers) -> {
                if (status == WRONG_PASSWORD) {
                    doorkeeper.offended(host(request));
                }
                refuse(request, given, new SipReply(0, status, reason, null, headers, null));
            }
            case Arrival.Welcome welcome -> {
                long exchange = wire.exchange(transaction(request, given), request);
                inbox.arrived(invite.at(exchange), welcome);
            }
        }
    }

    /// On a connection there is no doubt where the answer goes, and no other way for it.
    private void refuse(SIPRequest request, @Nullable ServerTransaction given, SipReply reply)
            throws SipException {
        if (request.getTopmostVia().getTransport().equalsIgnoreCase("udp")) {
            wire.replyOnce(request, reply);
        } else {
            answer(request, given, reply);
        }
    }

    private void signal(SIPRequest request, long exchange) {
        SipSignal signal = new SipSignal.RequestArrived(MessageReader.request(request, exchange));
        if (!inbox.signal(request.getCallId().getCallId(), signal) && exchange != 0) {
            wire.reply(SipReply.of(exchange, 481, "Call/Transaction Does Not Exist"));
        }
    }

    private void stranger(SIPRequest request, @Nullable ServerTransaction given)
            throws SipException {
        if (request.getMethod().equals("REGISTER") && request.getToTag() == null) {
            RegisterRequest register = MessageReader.register(request);
            switch (registrar.admission(register)) {
                case TAKE -> {
                    long exchange = wire.exchange(transaction(request, given), request);
                    if (!registrar.take(register, exchange)) {
                        doorkeeper.offended(host(request));
                    }
                    return;
                }
                case DROP -> {
                    meters.droppedRequests.increment();
                    return;
                }
                case UNKNOWN -> {
                    // As any other request of a stranger.
                }
            }
        }
        boolean known =
                request.getRemoteAddress() != null
                        && (peers.get().contains(request.getRemoteAddress().getHostAddress())
                                || registrar.isPhone(MessageReader.peer(request)));
        switch (OutOfDialog.decide(request.getMethod(), request.getToTag() != null, known)) {
            case OutOfDialog.Silence() -> dropped(request);
            case OutOfDialog.Answer(int status, String reason, boolean listsMethods) ->
                    answer(
                            request,
                            given,
                            new SipReply(
                                    0,
                                    status,
                                    reason,
                                    null,
                                    listsMethods
                                            ? List.of(new HeaderLine("Allow", SipMethods.ALLOWED))
                                            : List.of(),
                                    null));
        }
    }

    /// Nobody whom we know sent it.
    private void dropped(SIPRequest request) {
        meters.droppedRequests.increment();
        doorkeeper.offended(host(request));
    }

    private static String host(SIPRequest request) {
        String peer = MessageReader.peer(request);
        return peer.substring(0, peer.lastIndexOf(':'));
    }

    private void answer(SIPRequest request, @Nullable ServerTransaction given, SipReply reply)
            throws SipException {
        long exchange = wire.exchange(transaction(request, given), request);
        wire.reply(
                new SipReply(
                        exchange,
                        reply.status(),
                        reply.reason(),
                        reply.contact(),
                        reply.headers(),
                        reply.sdp()));
    }

    private ServerTransaction transaction(SIPRequest request, @Nullable ServerTransaction given)
            throws SipException {
        return given == null ? provider.getNewServerTransaction(request) : given;
    }

    @Override
    public void processResponse(ResponseEvent event) {
        SIPResponse response = (SIPResponse) event.getResponse();
        if (!MessageReader.isWhole(response)) {
            meters.brokenMessages.increment();
            return;
        }
        try {
            if (response.getCSeq().getMethod().equals("CANCEL")
                    || !inbox.signal(
                            response.getCallId().getCallId(),
                            new SipSignal.ResponseArrived(MessageReader.response(response)))) {
                meters.droppedResponses.increment();
            }
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    /// The library parses headers when they are asked for, and throws as it likes. This is the
    /// outermost frame of ours on its thread.
    private void broken(RuntimeException failure) {
        meters.brokenMessages.increment();
        LOG.atDebug().setCause(failure).log("SIP message that cannot be read dropped");
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            failed((SIPRequest) event.getClientTransaction().getRequest(), "no answer to it");
        }
    }

    private void failed(SIPRequest request, String reason) {
        if (!request.getMethod().equals("CANCEL")) {
            inbox.signal(
                    request.getCallId().getCallId(),
                    new SipSignal.RequestFailed(
                            request.getCallId().getCallId(),
                            request.getMethod(),
                            request.getCSeq().getSeqNumber(),
                            reason));
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        meters.unsendable.increment();
        if (event.getSource() instanceof javax.sip.ClientTransaction transaction) {
            failed((SIPRequest) transaction.getRequest(), "the connection broke");
        }
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        if (event.isServerTransaction()) {
            wire.terminated(event.getServerTransaction());
        } else {
            wire.terminated(event.getClientTransaction());
        }
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        throw new IllegalStateException("the library's dialogs are off");
    }
}

package io.strowger.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The signalling of a phone: hands each message to what it is for. Runs on the transport's thread,
/// except where said.
final class SignallingLoop implements PhoneCall.Actions {
    private final UserAgent agent;
    private final IncomingCalls incoming;
    private final OutgoingCalls outgoing;

    SignallingLoop(PhoneSettings settings, PhoneListener listener, MediaLoop media)
            throws IOException {
        this.agent = new UserAgent(settings, listener, media, this::request);
        this.incoming = new IncomingCalls(agent, this);
        this.outgoing = new OutgoingCalls(agent, this);
    }

    void start() {
        PhoneSettings.Account account = agent.settings.account();
        if (account != null) {
            Registration registration =
                    new Registration(
                            agent.transport,
                            account,
                            agent.localUri(),
                            agent.contact(),
                            agent.listener,
                            agent::token);
            agent.transport.whenAConnectionEnds(registration::connectionEnded);
            agent.transport.submit(registration::register);
        }
        agent.transport.start();
    }

    /// Any thread.
    UserAgent agent() {
        return agent;
    }

    /// Places a call. Any thread.
    PhoneCall call(String uri) {
        return outgoing.call(uri);
    }

    @Override
    public void submit(Runnable task) {
        agent.transport.submit(task);
    }

    @Override
    public void answer(PhoneCall call) {
        incoming.answer(call);
    }

    @Override
    public void reject(PhoneCall call, int status) {
        incoming.reject(call, status);
    }

    @Override
    public void hangUp(PhoneCall call) {
        switch (call.state()) {
            case ANSWERED -> {
                agent.inDialog(call, "BYE", "", response -> {});
                agent.ended(call, 200, "hung up here");
            }
            case RINGING, CALLING -> {
                if (call.dialog.incoming) {
                    incoming.reject(call, 603);
                } else {
                    outgoing.cancel(call);
                }
            }
            case ENDED -> {
                // Nothing is left to hang up.
            }
        }
    }

    @Override
    public void hold(PhoneCall call, boolean on) {
        outgoing.hold(call, on);
    }

    private void request(SipMessage request, InetSocketAddress from) {
        PhoneCall call = agent.find(request.required("Call-ID"));
        switch (request.method()) {
            case "INVITE" -> {
                if (call == null) {
                    incoming.incoming(request, from);
                } else {
                    incoming.again(call, request, from);
                }
            }
            case "ACK" -> {
                if (call != null) {
                    call.dialog.acknowledged = true;
                }
            }
            case "BYE" -> {
                agent.send(
                        agent.respond(
                                request,
                                call == null ? 481 : 200,
                                call == null ? "No Such Call" : "OK",
                                null,
                                ""),
                        from);
                if (call != null) {
                    agent.ended(call, 200, "hung up by the far end");
                }
            }
            case "CANCEL" -> incoming.cancelled(call, request, from);
            case "OPTIONS" -> agent.send(agent.respond(request, 200, "OK", null, ""), from);
            case "INFO", "UPDATE", "MESSAGE", "NOTIFY" ->
                    agent.send(
                            agent.respond(request, call == null ? 481 : 200, "OK", null, ""), from);
            default ->
                    agent.send(agent.respond(request, 405, "Method Not Allowed", null, ""), from);
        }
    }

    void close() {
        CountDownLatch done = new CountDownLatch(1);
        agent.transport.submit(() -> {
            agent.calls().forEach(this::hangUp);
            done.countDown();
        });
        try {
            done.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.transport.close();
    }
}

package io.strowger.phone;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a phone registered (RFC 3261 10): digest when challenged, again at half its expiry, soon
/// after its connection to the registrar ended (RFC 5626 4.5), after 30 s when refused.
final class Registration {
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);
    private static final Duration AFTER_LOSS = Duration.ofMillis(500);
    private final SipTransport transport;
    private final PhoneSettings.Account account;
    private final String addressOfRecord;
    private final String contact;
    private final PhoneListener listener;
    private final Supplier<String> tokens;
    private final InetSocketAddress registrar;
    private final Dialog dialog;

    /// Counts what was begun, so that a refresh of an earlier one does not come on top.
    private long round;

    Registration(
            SipTransport transport,
            PhoneSettings.Account account,
            String addressOfRecord,
            String contact,
            PhoneListener listener,
            Supplier<String> tokens) {
        this.transport = transport;
        this.account = account;
        this.addressOfRecord = addressOfRecord;
        this.contact = contact;
        this.listener = listener;
        this.tokens = tokens;
        this.registrar = UserAgent.peer("sip:" + account.registrar() + transport.parameter());
        this.dialog = new Dialog(tokens.get() + "@strowger-phone", tokens.get(), false);
        dialog.local = "<" + addressOfRecord + ">";
        dialog.remote = "<" + addressOfRecord + ">";
        dialog.remoteTarget = "sip:" + account.registrar();
    }

    void register() {
        round++;
        send(null, true);
    }

    void connectionEnded(InetSocketAddress peer) {
        if (peer.equals(registrar)) {
            long now = ++round;
            transport.after(AFTER_LOSS, () -> registerIfDue(now));
        }
    }

    private void registerIfDue(long then) {
        if (then == round) {
            register();
        }
    }

    private void send(SipMessage.@Nullable Header credentials, boolean mayAuthenticate) {
        dialog.localCseq++;
        List<SipMessage.Header> headers = new ArrayList<>();
        headers.add(new SipMessage.Header("Contact", contact));
        headers.add(new SipMessage.Header("Expires", Long.toString(account.expires().toSeconds())));
        if (credentials != null) {
            headers.add(credentials);
        }
        SipMessage request =
                dialog.request("REGISTER", dialog.localCseq, transport.via(), headers, "");
        transport.request(request, registrar, response -> answered(response, mayAuthenticate));
    }

    private void answered(SipMessage response, boolean mayAuthenticate) {
        int status = response.status();
        if (status < 200) {
            return;
        }
        var challenge =
                Digest.best(
                        response.all(status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"));
        if ((status == 401 || status == 407) && mayAuthenticate && challenge.isPresent()) {
            String answer =
                    Digest.answer(
                            challenge.get(),
                            "REGISTER",
                            dialog.remoteTarget,
                            account,
                            tokens.get());
            send(
                    new SipMessage.Header(
                            status == 401 ? "Authorization" : "Proxy-Authorization", answer),
                    false);
            return;
        }
        listener.registered(status);
        long now = round;
        transport.after(
                status < 300 ? account.expires().dividedBy(2) : AFTER_REFUSAL,
                () -> registerIfDue(now));
    }

    @Override
    public String toString() {
        return addressOfRecord;
    }
}

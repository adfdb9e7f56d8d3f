package io.strowger.phone;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps a phone registered (RFC 3261 10): digest when challenged, again at half its expiry, again
/// after 30 s when refused.
final class Registration {
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);
    private final SipTransport transport;
    private final PhoneSettings.Account account;
    private final String addressOfRecord;
    private final String contact;
    private final PhoneListener listener;
    private final Supplier<String> tokens;
    private final InetSocketAddress registrar;
    private final Dialog dialog;

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
        send(null, true);
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
        transport.after(
                status < 300 ? account.expires().dividedBy(2) : AFTER_REFUSAL, this::register);
    }

    @Override
    public String toString() {
        return addressOfRecord;
    }
}

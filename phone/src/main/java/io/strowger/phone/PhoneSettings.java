package io.strowger.phone;

import io.strowger.media.g711.G711;
import io.strowger.media.sdp.SrtpPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How a phone behaves. Start with [#listening], change a copy with the `with...` methods.
///
/// @param host address to listen on
/// @param port 0: any free one
/// @param user part of its URI before the `@`
/// @param account where it registers; null: nowhere
/// @param answerAfter from the INVITE to picking up; null: it is picked up by hand, or never
/// @param rejectStatus 0: rings; else the status it answers at once, 300..699
/// @param press keys pressed in each call
/// @param pressAfter from answering to the first key
/// @param says what it says
/// @param hangUpAfter from answering; null: never by itself
/// @param save WAV of what it heard, written when a call ends (the second call's gets `-2` before
///   its extension, and so on); null: not saved
/// @param records whether it keeps what it hears; a far end for load need not
/// @param maxCalls more at once are answered 486
/// @param codecs in order of preference
/// @param transport of its signalling
/// @param tls its certificate, and whom it trusts; needed for TLS
/// @param srtp whether its media is protected
public record PhoneSettings(
        String host,
        int port,
        String user,
        @Nullable Account account,
        @Nullable Duration answerAfter,
        int rejectStatus,
        String press,
        Duration pressAfter,
        Speech says,
        @Nullable Duration hangUpAfter,
        @Nullable Path save,
        boolean records,
        int maxCalls,
        List<G711> codecs,
        Transport transport,
        @Nullable SSLContext tls,
        SrtpPolicy srtp) {
    public PhoneSettings {
        if (transport == Transport.TLS && tls == null) {
            throw new IllegalArgumentException("TLS needs a certificate and whom to trust");
        }
        if (rejectStatus != 0 && (rejectStatus < 300 || rejectStatus > 699)) {
            throw new IllegalArgumentException("a call is rejected with 300 to 699");
        }
        if (!press.matches("[0-9*#A-Da-d]*")) {
            throw new IllegalArgumentException("keys are 0-9, *, # and A-D");
        }
        codecs = List.copyOf(codecs);
    }

    /// @param registrar host:port
    /// @param expires asked for at the registrar
    public record Account(String registrar, String user, String password, Duration expires) {
        @Override
        public String toString() {
            return user + "@" + registrar;
        }
    }

    /// How SIP is carried.
    public enum Transport {
        UDP,
        TCP,
        TLS
    }

    /// What a phone says.
    public sealed interface Speech {}

    /// Nothing but silent packets.
    public record Silence() implements Speech {}

    /// Everything it hears, sent back at once.
    public record Echo() implements Speech {}

    /// No packets at all.
    public record Mute() implements Speech {}

    /// @param samples 8 kHz mono
    /// @param loop over and over; else once, then silence
    public record Clip(short[] samples, boolean loop) implements Speech {}

    /// Answers at once, says nothing, hears everything.
    public static PhoneSettings listening(String host, int port) {
        return new PhoneSettings(
                host,
                port,
                "phone",
                null,
                Duration.ZERO,
                0,
                "",
                Duration.ofMillis(500),
                new Silence(),
                null,
                null,
                true,
                1000,
                List.of(G711.PCMU, G711.PCMA),
                Transport.UDP,
                null,
                SrtpPolicy.OFF);
    }

    public PhoneSettings withUser(String value) {
        return change(draft -> draft.user = value);
    }

    /// Registers, and calls itself as the registrar knows it.
    public PhoneSettings withAccount(Account value) {
        return change(draft -> {
            draft.user = value.user();
            draft.account = value;
        });
    }

    public PhoneSettings withAnswerAfter(@Nullable Duration value) {
        return change(draft -> draft.answerAfter = value);
    }

    public PhoneSettings withReject(int status) {
        return change(draft -> draft.rejectStatus = status);
    }

    public PhoneSettings withPress(String digits, Duration after) {
        return change(draft -> {
            draft.press = digits;
            draft.pressAfter = after;
        });
    }

    public PhoneSettings withSays(Speech value) {
        return change(draft -> draft.says = value);
    }

    public PhoneSettings withHangUpAfter(@Nullable Duration value) {
        return change(draft -> draft.hangUpAfter = value);
    }

    public PhoneSettings withSave(Path value) {
        return change(draft -> draft.save = value);
    }

    public PhoneSettings withRecords(boolean value) {
        return change(draft -> draft.records = value);
    }

    public PhoneSettings withMaxCalls(int value) {
        return change(draft -> draft.maxCalls = value);
    }

    public PhoneSettings withCodecs(List<G711> value) {
        return change(draft -> draft.codecs = value);
    }

    /// Signals over TCP.
    public PhoneSettings withTcp() {
        return change(draft -> draft.transport = Transport.TCP);
    }

    /// Signals over TLS.
    public PhoneSettings withTls(SSLContext value) {
        return change(draft -> {
            draft.transport = Transport.TLS;
            draft.tls = value;
        });
    }

    public PhoneSettings withSrtp(SrtpPolicy value) {
        return change(draft -> draft.srtp = value);
    }

    private PhoneSettings change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings(host, port);
    }

    /// What is being changed.
    private static final class Draft {
        String user;
        @Nullable Account account;
        @Nullable Duration answerAfter;
        int rejectStatus;
        String press;
        Duration pressAfter;
        Speech says;
        @Nullable Duration hangUpAfter;
        @Nullable Path save;
        boolean records;
        int maxCalls;
        List<G711> codecs;
        Transport transport;
        @Nullable SSLContext tls;
        SrtpPolicy srtp;

        Draft(PhoneSettings from) {
            user = from.user;
            account = from.account;
            answerAfter = from.answerAfter;
            rejectStatus = from.rejectStatus;
            press = from.press;
            pressAfter = from.pressAfter;
            says = from.says;
            hangUpAfter = from.hangUpAfter;
            save = from.save;
            records = from.records;
            maxCalls = from.maxCalls;
            codecs = from.codecs;
            transport = from.transport;
            tls = from.tls;
            srtp = from.srtp;
        }

        PhoneSettings settings(String host, int port) {
            return new PhoneSettings(
                    host,
                    port,
                    user,
                    account,
                    answerAfter,
                    rejectStatus,
                    press,
                    pressAfter,
                    says,
                    hangUpAfter,
                    save,
                    records,
                    maxCalls,
                    codecs,
                    transport,
                    tls,
                    srtp);
        }
    }
}

package io.strowger.phone;

import io.strowger.media.g711.G711;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a phone behaves. Change a copy with the `with...` methods.
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
/// @param save WAV of what it heard, written when a call ends; null: not saved
/// @param maxCalls more at once are answered 486
/// @param codecs in order of preference
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
        int maxCalls,
        List<G711> codecs) {

    /// @param registrar host:port
    /// @param expires asked for at the registrar
    public record Account(String registrar, String user, String password, Duration expires) {
        @Override
        public String toString() {
            return user + "@" + registrar;
        }
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
                1000,
                List.of(G711.PCMU, G711.PCMA));
    }

    public PhoneSettings withUser(String value) {
        return new PhoneSettings(
                host,
                port,
                value,
                account,
                answerAfter,
                rejectStatus,
                press,
                pressAfter,
                says,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withAccount(Account value) {
        return new PhoneSettings(
                host,
                port,
                value.user(),
                value,
                answerAfter,
                rejectStatus,
                press,
                pressAfter,
                says,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withAnswerAfter(@Nullable Duration value) {
        return new PhoneSettings(
                host,
                port,
                user,
                account,
                value,
                rejectStatus,
                press,
                pressAfter,
                says,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withReject(int status) {
        return new PhoneSettings(
                host,
                port,
                user,
                account,
                answerAfter,
                status,
                press,
                pressAfter,
                says,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withPress(String digits, Duration after) {
        return new PhoneSettings(
                host,
                port,
                user,
                account,
                answerAfter,
                rejectStatus,
                digits,
                after,
                says,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withSays(Speech value) {
        return new PhoneSettings(
                host,
                port,
                user,
                account,
                answerAfter,
                rejectStatus,
                press,
                pressAfter,
                value,
                hangUpAfter,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withHangUpAfter(@Nullable Duration value) {
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
                value,
                save,
                maxCalls,
                codecs);
    }

    public PhoneSettings withSave(Path value) {
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
                value,
                maxCalls,
                codecs);
    }

    public PhoneSettings withMaxCalls(int value) {
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
                value,
                codecs);
    }

    public PhoneSettings withCodecs(List<G711> value) {
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
                maxCalls,
                value);
    }
}

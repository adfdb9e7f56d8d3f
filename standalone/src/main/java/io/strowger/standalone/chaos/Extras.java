package io.strowger.standalone.chaos;

import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// People with phones, each humming a tone that nobody else in its calls hums: behind a trunk of
/// their own, or registered. For one thread.
final class Extras implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int LOUDNESS = 6000;
    private static final double AUDIBLE = 2500;
    private static final int WINDOW = Tones.SAMPLE_RATE / 50;
    private static final int REGISTERING_S = 60;
    private final Keys keys;
    private final int registrarPort;
    private final List<Phone> phones = new ArrayList<>();
    private final List<String> trunks = new ArrayList<>();
    private int users;

    /// @param registrarPort on loopback; only there when the first user is added
    Extras(Keys keys, int registrarPort) {
        this.keys = keys;
        this.registrarPort = registrarPort;
    }

    /// One of them.
    ///
    /// @param rawId that leads to the phone
    record Extra(String rawId, int toneHz, Phone phone) {
        PhoneCall call() {
            return phone.calls().getLast();
        }

        /// The call that came last, of those that the phone remembers; null: none.
        @Nullable PhoneCall last() {
            List<PhoneCall> calls = phone.calls();
            return calls.isEmpty() ? null : calls.getLast();
        }

        String target() {
            return "{\"rawId\":\"" + rawId + "\"}";
        }

        /// How long a tone is heard in what came since sample `from`.
        int heardMs(int from, int hz) {
            short[] heard = call().heard();
            short[] since = Arrays.copyOfRange(heard, Math.min(from, heard.length), heard.length);
            int ms = 0;
            for (int at = 0; at + WINDOW <= since.length; at += WINDOW) {
                if (ToneDetector.amplitude(since, at, at + WINDOW, hz) >= AUDIBLE) {
                    ms += 20;
                }
            }
            return ms;
        }
    }

    /// Somebody more. A user is registered by then.
    ///
    /// @param picksUp at once; else when told to
    /// @throws IOException when a user cannot register within a minute
    Extra add(LegKind kind, boolean picksUp) throws IOException, InterruptedException {
        int toneHz = 420 + 110 * (phones.size() % Cast.SIZE);
        PhoneSettings humming =
                PhoneSettings.listening(HOST, 0)
                        .withSays(new PhoneSettings.Clip(Tones.sine(toneHz, 1000, LOUDNESS), true));
        PhoneSettings settings = picksUp ? humming : humming.withAnswerAfter(null);
        return switch (kind) {
            case UDP -> trunk(settings, toneHz, "uri: \"sip:%s\"");
            case TCP -> trunk(settings.withTcp(), toneHz, "uri: \"sip:%s;transport=tcp\"");
            case TLS ->
                    trunk(
                            settings.withTls(keys.phones()).withSrtp(SrtpPolicy.REQUIRE),
                            toneHz,
                            "uri: \"sips:%s\", srtp: require");
            case USER -> user(settings, toneHz);
        };
    }

    private Extra trunk(PhoneSettings settings, int toneHz, String where) throws IOException {
        Phone phone = Phone.start(settings);
        phones.add(phone);
        int index = trunks.size();
        String prefix = "+1" + (100 + index);
        trunks.add(
                "{name: extra-%d, %s, prefixes: [\"%s\"]}"
                        .formatted(index, where.formatted(phone.address()), prefix));
        return new Extra("4:" + prefix + "5550100", toneHz, phone);
    }

    private Extra user(PhoneSettings settings, int toneHz)
            throws IOException, InterruptedException {
        String name = userName(users);
        users++;
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Phone phone =
                Phone.start(
                        settings.withAccount(
                                new PhoneSettings.Account(
                                        HOST + ":" + registrarPort,
                                        name,
                                        password(name),
                                        Duration.ofHours(1))),
                        new PhoneListener() {
                            @Override
                            public void registered(int answered) {
                                status.complete(answered);
                            }
                        });
        phones.add(phone);
        try {
            int answered = status.get(REGISTERING_S, TimeUnit.SECONDS);
            if (answered != 200) {
                throw new IOException(name + " cannot register: " + answered);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(name + " does not get registered", e);
        }
        return new Extra(userId(name), toneHz, phone);
    }

    private static String userName(int index) {
        return "extra" + index;
    }

    private static String userId(String name) {
        return "8:acs:strowger_" + name;
    }

    private static String password(String name) {
        return name + "-secret";
    }

    /// The ways to all who are there and do not register, as the setting `trunks`.
    String trunks() {
        return "[" + String.join(", ", trunks) + "]";
    }

    /// The accounts of all who may be added, as the setting `users`.
    static String users() {
        List<String> accounts = new ArrayList<>();
        for (int i = 0; i < Cast.SIZE; i++) {
            String name = userName(i);
            accounts.add(
                    "{id: \"%s\", sipUsername: %s, password: %s}"
                            .formatted(userId(name), name, password(name)));
        }
        return "[" + String.join(", ", accounts) + "]";
    }

    @Override
    public void close() {
        phones.forEach(Phone::close);
    }
}

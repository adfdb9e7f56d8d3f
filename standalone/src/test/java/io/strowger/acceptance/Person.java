package io.strowger.acceptance;

import static io.strowger.acceptance.Stage.SOON;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneCall.State;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.testsupport.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Somebody with a phone who hums one tone, so that it can be told who hears whom.
public final class Person implements AutoCloseable {
    private static final int LISTENING_MS = 400;
    private static final int LOUDNESS = 6000;
    private static final double AUDIBLE = 2500;
    public final String name;
    public final double toneHz;
    public final Phone phone;
    private final AtomicInteger registered = new AtomicInteger();

    private Person(String name, double toneHz, PhoneSettings settings) throws IOException {
        this.name = name;
        this.toneHz = toneHz;
        this.phone =
                Phone.start(
                        settings.withSays(
                                new PhoneSettings.Clip(Tones.sine(toneHz, 1000, LOUDNESS), true)),
                        new PhoneListener() {
                            @Override
                            public void registered(int status) {
                                registered.set(status);
                            }
                        });
    }

    /// With a phone that a trunk leads to.
    public static Person atTrunk(String name, double toneHz) throws IOException {
        return new Person(name, toneHz, PhoneSettings.listening("127.0.0.1", 0).withUser(name));
    }

    /// With a phone that registers, by now with success.
    public static Person registered(String name, double toneHz, int sipPort) throws IOException {
        Person person =
                new Person(
                        name,
                        toneHz,
                        PhoneSettings.listening("127.0.0.1", 0)
                                .withAccount(
                                        new PhoneSettings.Account(
                                                "127.0.0.1:" + sipPort,
                                                name,
                                                name + "-secret",
                                                Duration.ofMinutes(5))));
        Eventually.holds(
                SOON,
                () -> person.registered.get() == 200,
                () -> name + " registers; the registrar said " + person.registered.get());
        return person;
    }

    /// Its newest call.
    public PhoneCall call() {
        return phone.calls().getLast();
    }

    /// Waits for the call that comes after `before` others, and that it is answered.
    public PhoneCall awaitAnswered(int before) throws InterruptedException {
        Eventually.holds(
                SOON,
                () ->
                        phone.calls().size() > before
                                && phone.calls().getLast().state() == State.ANSWERED,
                () -> name + " is called");
        return call();
    }

    /// Waits until that tone is heard for a while in what comes from now on.
    public void awaitHears(double hz) {
        int before = heardMs(hz);
        Eventually.holds(
                SOON,
                () -> heardMs(hz) >= before + LISTENING_MS,
                () -> name + " hears " + hz + " Hz");
    }

    /// Listens to the next half second.
    public boolean hears(double hz) {
        int from = call().heard().length;
        int samples = 8 * 500;
        Eventually.holds(
                SOON, () -> call().heard().length >= from + samples, () -> name + " hears packets");
        return heardMs(call().heard(), from, from + samples, hz) >= 250;
    }

    /// Listens for so long.
    void listen(int ms) {
        int until = call().heard().length + 8 * ms;
        Eventually.holds(SOON, () -> call().heard().length >= until, () -> name + " hears on");
    }

    public int heardMs(double hz) {
        short[] heard = call().heard();
        return heardMs(heard, 0, heard.length, hz);
    }

    /// However many others are heard at the same time.
    private static int heardMs(short[] heard, int from, int to, double hz) {
        int window = Tones.SAMPLE_RATE / 50;
        int ms = 0;
        for (int at = from; at + window <= to; at += window) {
            if (ToneDetector.amplitude(heard, at, at + window, hz) >= AUDIBLE) {
                ms += 20;
            }
        }
        return ms;
    }

    @Override
    public void close() {
        phone.close();
    }
}

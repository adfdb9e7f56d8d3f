package io.strowger.phone;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// A running phone. Close it to hang up its calls and free its ports.
public final class Phone implements AutoCloseable {
    private final SignallingLoop signalling;
    private final MediaLoop media;

    private Phone(SignallingLoop signalling, MediaLoop media) {
        this.signalling = signalling;
        this.media = media;
    }

    /// Binds and, where an account is set, begins to register.
    ///
    /// @throws IOException when the port is taken
    public static Phone start(PhoneSettings settings, PhoneListener listener) throws IOException {
        MediaLoop media = new MediaLoop(settings, listener);
        SignallingLoop signalling = new SignallingLoop(settings, listener, media);
        media.start();
        signalling.start();
        return new Phone(signalling, media);
    }

    public static Phone start(PhoneSettings settings) throws IOException {
        return start(settings, new PhoneListener() {});
    }

    /// host:port of its signalling.
    public String address() {
        return signalling.agent().transport.address();
    }

    /// `sip:user@host:port`
    public String uri() {
        return signalling.agent().localUri();
    }

    /// Places a call.
    ///
    /// @param uri `sip:user@host:port`
    public PhoneCall call(String uri) {
        return signalling.call(uri);
    }

    /// Waits until so many calls, in whichever direction, have ended since the start.
    public void awaitEnded(long calls) throws InterruptedException {
        signalling.agent().awaitEnded(calls);
    }

    /// The last 10,000 calls since the start, oldest first.
    public List<PhoneCall> calls() {
        return signalling.agent().calls();
    }

    /// Waits for the first call, past or coming, that meets `condition`.
    ///
    /// @throws IllegalStateException when none does in time
    public PhoneCall awaitCall(Predicate<PhoneCall> condition, Duration deadline)
            throws InterruptedException {
        return signalling.agent().awaitCall(condition, deadline);
    }

    @Override
    public void close() {
        signalling.close();
        media.close();
    }
}

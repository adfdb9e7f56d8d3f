package io.strowger.worker.shell.rtp;

import io.strowger.contracts.id.LegId;
import io.strowger.media.g711.G711;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Somebody in a [Room]: a phone that says a tone of its own, which fits into a frame a whole
/// number of times, so that it has no seams.
final class Guest implements AutoCloseable {
    private static final int SAMPLES = 160;
    final LegId leg;
    final double frequencyHz;
    final FarPhone phone;
    final int port;
    private volatile byte @Nullable [] says;

    /// @param frequencyHz a multiple of 50
    Guest(LegId leg, double frequencyHz, FarPhone phone, int port) {
        this.leg = leg;
        this.frequencyHz = frequencyHz;
        this.phone = phone;
        this.port = port;
    }

    /// @param amplitude 0: silence, which is sent all the same
    void talks(int amplitude) {
        says = G711.PCMA.encode(Tones.sine(frequencyHz, 20, amplitude));
    }

    /// Sends nothing any more.
    void fallsSilent() {
        says = null;
    }

    /// 20 ms have passed.
    synchronized void speak() throws IOException {
        byte[] codes = says;
        if (codes != null) {
            phone.say(port, codes);
        }
    }

    /// Presses a key while it talks.
    synchronized void presses(int eventCode, long rtpTimestamp) throws IOException {
        phone.press(port, eventCode, rtpTimestamp);
    }

    /// The amplitude of a tone in the last half second that it heard.
    double hears(double frequencyHz) {
        short[] heard = phone.sound(Math.max(0, phone.packets() - 25));
        return ToneDetector.amplitude(heard, 0, heard.length / SAMPLES * SAMPLES, frequencyHz);
    }

    @Override
    public String toString() {
        return "guest " + leg + " of " + frequencyHz + " Hz";
    }

    @Override
    public void close() throws InterruptedException {
        phone.close();
    }
}

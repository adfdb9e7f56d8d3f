package io.strowger.standalone.chaos;

import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// People with phones, each humming a tone of their own, each behind a trunk of their own.
final class Extras implements AutoCloseable {
    private static final int LOUDNESS = 6000;
    private static final double AUDIBLE = 2500;
    private static final int WINDOW = Tones.SAMPLE_RATE / 50;
    private final List<Extra> all = new ArrayList<>();

    /// One of them.
    ///
    /// @param number that leads to the phone
    record Extra(String number, int toneHz, Phone phone) {
        PhoneCall call() {
            return phone.calls().getLast();
        }

        /// The call that came last, of those that the phone remembers; null: none.
        @Nullable PhoneCall last() {
            List<PhoneCall> calls = phone.calls();
            return calls.isEmpty() ? null : calls.getLast();
        }

        String target() {
            return "{\"rawId\":\"4:" + number + "\"}";
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

    /// Somebody more.
    ///
    /// @param picksUp at once; else when told to
    Extra add(boolean picksUp) throws IOException {
        int index = all.size();
        int toneHz = 420 + 110 * index;
        PhoneSettings settings =
                PhoneSettings.listening("127.0.0.1", 0)
                        .withSays(new PhoneSettings.Clip(Tones.sine(toneHz, 1000, LOUDNESS), true));
        Phone phone = Phone.start(picksUp ? settings : settings.withAnswerAfter(null));
        Extra extra = new Extra(prefix(index) + "5550100", toneHz, phone);
        all.add(extra);
        return extra;
    }

    private static String prefix(int index) {
        return "+1" + (100 + index);
    }

    /// The ways to all of them, as the setting `trunks`.
    String trunks() {
        List<String> trunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            trunks.add(
                    "{name: extra-"
                            + i
                            + ", uri: \"sip:"
                            + all.get(i).phone.address()
                            + "\", prefixes: [\""
                            + prefix(i)
                            + "\"]}");
        }
        return "[" + String.join(", ", trunks) + "]";
    }

    @Override
    public void close() {
        all.forEach(extra -> extra.phone.close());
    }
}

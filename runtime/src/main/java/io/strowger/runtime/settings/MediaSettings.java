package io.strowger.runtime.settings;

import java.time.Duration;

/// What media workers do, beside SIP and RTP.
///
/// @param synthesizer `auto`, `none`, or where espeak-ng is
/// @param tls whom streams, transcriptions and the recogniser's connection trust
public record MediaSettings(
        int threads,
        int maxCalls,
        int maxNewCallsPerSecond,
        int maxPromptBytes,
        String promptDirectory,
        boolean allowPrivateAddresses,
        String synthesizer,
        RecognizerSettings recognizer,
        TrustSettings tls,
        Timeouts timeouts) {
    public MediaSettings {
        Check.that(
                synthesizer.equals("auto")
                        || synthesizer.equals("none")
                        || Check.isProgram(synthesizer),
                "media.synthesizer",
                synthesizer,
                "auto (espeak-ng when it is on the PATH), none, or the path of an espeak-ng that"
                        + " can be run");
        Check.that(threads >= 0 && threads <= 256, "media.threads", threads, "0..256");
        Check.that(maxCalls >= 1, "media.maxCalls", maxCalls, "at least 1");
        Check.that(
                maxNewCallsPerSecond >= 1,
                "media.maxNewCallsPerSecond",
                maxNewCallsPerSecond,
                "at least 1");
        Check.that(maxPromptBytes >= 1024, "media.maxPromptBytes", maxPromptBytes, "at least 1024");
    }

    public record Timeouts(Duration fetch, Duration rtp, Duration lease, Duration drain) {
        public Timeouts {
            Check.positive("media.timeouts.fetch", fetch);
            Check.positive("media.timeouts.rtp", rtp);
            Check.positive("media.timeouts.lease", lease);
            Check.that(
                    !drain.isNegative(),
                    "media.timeouts.drain",
                    drain,
                    "zero or more, such as PT10S or 10s");
        }
    }
}

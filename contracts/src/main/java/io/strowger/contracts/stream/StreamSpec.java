package io.strowger.contracts.stream;

import java.net.URI;

/// Where the audio of a call is streamed to, and in which form.
///
/// @param bidirectional what the application sends back is heard in the call
/// @param dtmfTones keys that are pressed in the call are told on the stream
public record StreamSpec(
        URI url, Channels channels, Format format, boolean bidirectional, boolean dtmfTones)
        implements StreamTarget {
    public StreamSpec {
        StreamTarget.requireWebSocket(url);
    }

    @Override
    public boolean tellsVoicesApart() {
        return channels == Channels.UNMIXED;
    }

    /// Never the path or query: they may hold a secret.
    @Override
    public String toString() {
        return "StreamSpec[" + url.getHost() + ", " + channels + ", " + format + "]";
    }

    /// Whose sound is in a frame.
    public enum Channels {
        /// What all say, in one.
        MIXED,
        /// What each says, by itself.
        UNMIXED
    }

    /// Of the samples, 16-bit PCM, one channel.
    public enum Format {
        PCM_16K_MONO(16_000),
        PCM_24K_MONO(24_000);

        private final int sampleRate;

        Format(int sampleRate) {
            this.sampleRate = sampleRate;
        }

        /// Samples a second.
        public int sampleRate() {
            return sampleRate;
        }
    }
}

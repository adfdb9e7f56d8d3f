package io.strowger.worker.shell.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.strowger.contracts.api.Tone;
import io.strowger.contracts.id.OperationId;
import io.strowger.media.resample.Upsampler;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.stream.StreamFrame;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what an application gets, as one JSON text a frame. For one thread.
final class Frames {
    private static final int TEXT_AROUND = 160;
    private static final int FRAMES_A_SECOND = 50;
    private final int sampleRate;
    private final short[] raised;
    private final byte[] bytes;
    private final Map<Integer, Upsampler> upsamplers = new HashMap<>();

    /// @param sampleRate 16000 or 24000
    Frames(int sampleRate) {
        this.sampleRate = sampleRate;
        this.raised = new short[sampleRate / FRAMES_A_SECOND];
        this.bytes = new byte[raised.length * Short.BYTES];
    }

    /// The first frame of a connection.
    String metadata(OperationId stream) {
        return "{\"kind\":\"AudioMetadata\",\"audioMetadata\":{\"subscriptionId\":\""
                + stream
                + "\",\"encoding\":\"PCM\",\"sampleRate\":"
                + sampleRate
                + ",\"channels\":1,\"length\":"
                + bytes.length
                + "}}";
    }

    /// One voice of a frame.
    ///
    /// @param who null: everybody
    String audio(StreamFrame frame, int voice, @Nullable String who) {
        upsamplers
                .computeIfAbsent(frame.leg(voice), unused -> new Upsampler(sampleRate))
                .next(frame.pcm(), voice * Frame.SAMPLES, Frame.SAMPLES, raised);
        for (int i = 0; i < raised.length; i++) {
            bytes[2 * i] = (byte) raised[i];
            bytes[2 * i + 1] = (byte) (raised[i] >> Byte.SIZE);
        }
        StringBuilder text = new StringBuilder(bytes.length / 3 * 4 + TEXT_AROUND);
        text.append("{\"kind\":\"AudioData\",\"audioData\":{\"timestamp\":\"")
                .append(Instant.ofEpochMilli(frame.epochMs()));
        if (who != null) {
            text.append("\",\"participantRawID\":\"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(who));
        }
        return text.append("\",\"data\":\"")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append("\",\"silent\":")
                .append(frame.isSilent(voice))
                .append("}}")
                .toString();
    }

    /// A key that was pressed.
    String key(Tone tone) {
        return "{\"kind\":\"DtmfData\",\"dtmfData\":{\"data\":\"" + tone.key() + "\"}}";
    }
}

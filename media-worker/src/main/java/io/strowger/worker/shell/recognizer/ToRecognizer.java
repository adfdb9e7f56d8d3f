package io.strowger.worker.shell.recognizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strowger.media.resample.Upsampler;
import io.strowger.worker.core.rtp.Frame;
import io.strowger.worker.core.speech.SpeechRecognizer.Request;
import io.vertx.core.buffer.Buffer;

/// Writes what a recogniser gets. For one thread.
final class ToRecognizer {
    private static final int SAMPLE_RATE = 16000;
    private static final int SAMPLES = SAMPLE_RATE / 50;
    static final String END = "{\"kind\":\"End\"}";
    private final Upsampler upsampler = new Upsampler(SAMPLE_RATE);
    private final short[] raised = new short[SAMPLES];

    /// The first frame of a connection.
    static String start(Request request) {
        ObjectNode frame = Said.JSON.createObjectNode();
        frame.put("kind", "Start");
        frame.put("locale", request.locale());
        frame.put("encoding", "pcm16le");
        frame.put("sampleRate", SAMPLE_RATE);
        frame.put("channels", 1);
        frame.put("intermediateResults", request.intermediateResults());
        if (request.endSilence() != null) {
            frame.put("endSilenceMs", request.endSilence().toMillis());
        }
        if (!request.phrases().isEmpty()) {
            request.phrases().forEach(frame.putArray("phrases")::add);
        }
        if (request.modelEndpointId() != null) {
            frame.put("modelEndpointId", request.modelEndpointId());
        }
        frame.put("serverCallId", request.call().toString());
        if (request.leg() != null) {
            frame.put("leg", request.leg().ordinal());
        }
        return frame.toString();
    }

    /// 20 ms of sound, 16-bit little endian.
    ///
    /// @param samples 160
    Buffer audio(short[] samples) {
        upsampler.next(samples, 0, Frame.SAMPLES, raised);
        byte[] bytes = new byte[SAMPLES * Short.BYTES];
        for (int i = 0; i < SAMPLES; i++) {
            bytes[2 * i] = (byte) raised[i];
            bytes[2 * i + 1] = (byte) (raised[i] >> Byte.SIZE);
        }
        return Buffer.buffer(bytes);
    }
}

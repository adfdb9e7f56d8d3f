package io.strowger.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A WAV file as any player reads it: by its header.
record WavFile(int sampleRate, short[][] channels) {
    static WavFile read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        require(tag(bytes, 0).equals("RIFF") && tag(bytes, 8).equals("WAVE"), "no RIFF");
        require(tag(bytes, 12).equals("fmt ") && tag(bytes, 36).equals("data"), "no data");
        int dataBytes = bytes.getInt(40);
        require(bytes.getInt(4) == dataBytes + 36, "two sizes");
        require(bytes.limit() >= 44 + dataBytes, "says more than there is");
        int count = bytes.getShort(22);
        short[][] channels = new short[count][dataBytes / 2 / count];
        bytes.position(44);
        for (int i = 0; i < dataBytes / 2; i++) {
            channels[i % count][i / count] = bytes.getShort();
        }
        return new WavFile(bytes.getInt(24), channels);
    }

    private static String tag(ByteBuffer bytes, int at) {
        return new String(bytes.array(), at, 4, StandardCharsets.US_ASCII);
    }

    private static void require(boolean is, String what) {
        if (!is) {
            throw new AssertionError("not a playable WAV file: " + what);
        }
    }
}

package io.strowger.media.g711;

/// One of the two laws of ITU-T G.711. Table-driven: no branches a sample. Safe for use by many
/// threads.
public enum G711 {
    /// mu-law, RTP payload type 0.
    PCMU {
        @Override
        int expand(int code) {
            int inverted = ~code & 0xFF;
            int magnitude = (((inverted & 0x0F) << 3) + 0x84) << ((inverted & 0x70) >> 4);
            return (inverted & 0x80) != 0 ? 0x84 - magnitude : magnitude - 0x84;
        }

        @Override
        int compress(int sample) {
            int sign = sample < 0 ? 0x80 : 0;
            int magnitude = Math.min(32635, Math.abs(sample)) + 0x84;
            int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
            int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
            return ~(sign | exponent << 4 | mantissa) & 0xFF;
        }
    },
    /// A-law, RTP payload type 8.
    PCMA {
        @Override
        int expand(int code) {
            int toggled = code ^ 0x55;
            int exponent = (toggled & 0x70) >> 4;
            int magnitude = (toggled & 0x0F) << 4;
            magnitude = exponent == 0 ? magnitude + 8 : (magnitude + 0x108) << (exponent - 1);
            return (toggled & 0x80) != 0 ? magnitude : -magnitude;
        }

        @Override
        int compress(int sample) {
            int sign = sample >= 0 ? 0x80 : 0;
            int magnitude = Math.min(32767, sample >= 0 ? sample : ~sample);
            int exponent = magnitude < 256 ? 0 : 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
            int mantissa = (magnitude >> (exponent == 0 ? 4 : exponent + 3)) & 0x0F;
            return (sign | exponent << 4 | mantissa) ^ 0x55;
        }
    };

    private final short[] samples = new short[256];
    private final byte[] codes = new byte[65_536];

    G711() {
        for (int code = 0; code < 256; code++) {
            samples[code] = (short) expand(code);
        }
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            codes[sample & 0xFFFF] = (byte) compress(sample);
        }
    }

    abstract int expand(int code);

    abstract int compress(int sample);

    public short decode(byte code) {
        return samples[code & 0xFF];
    }

    public byte encode(short sample) {
        return codes[sample & 0xFFFF];
    }

    /// The code of silence.
    public byte silence() {
        return encode((short) 0);
    }

    /// Decodes `length` codes.
    public void decode(byte[] from, int fromOffset, short[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = samples[from[fromOffset + i] & 0xFF];
        }
    }

    /// Encodes `length` samples.
    public void encode(short[] from, int fromOffset, byte[] to, int toOffset, int length) {
        for (int i = 0; i < length; i++) {
            to[toOffset + i] = codes[from[fromOffset + i] & 0xFFFF];
        }
    }

    /// A whole clip encoded.
    public byte[] encode(short[] samples) {
        byte[] encoded = new byte[samples.length];
        encode(samples, 0, encoded, 0, samples.length);
        return encoded;
    }
}

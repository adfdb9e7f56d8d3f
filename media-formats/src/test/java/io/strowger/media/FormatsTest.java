package io.strowger.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.g711.G711;
import io.strowger.media.rtp.ReceptionStatistics;
import io.strowger.media.rtp.RtpHeader;
import io.strowger.media.telephoneevent.DtmfReceiver;
import io.strowger.media.telephoneevent.DtmfSender;
import io.strowger.media.tone.InbandDtmf;
import io.strowger.media.tone.ToneDetector;
import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavReader;
import io.strowger.media.wav.WavWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    @ParameterizedTest
    @EnumSource(G711.class)
    void everyG711CodeSurvivesARoundTrip(G711 law) {
        for (int code = 0; code < 256; code++) {
            short sample = law.decode((byte) code);

            assertEquals(sample, law.decode(law.encode(sample)), law + " " + code);
        }
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void g711KeepsATonesShape(G711 law) {
        short[] tone = Tones.sine(1000, 200, 10_000);
        byte[] codes = law.encode(tone);
        short[] back = new short[tone.length];
        law.decode(codes, 0, back, 0, codes.length);

        assertEquals(10_000, ToneDetector.amplitude(back, 0, back.length, 1000), 300);
        assertEquals(0, ToneDetector.amplitude(back, 0, back.length, 1500), 100);
    }

    @Test
    void knowsTheReferenceCodesOfBothLaws() {
        assertEquals((byte) 0xFF, G711.PCMU.silence());
        assertEquals((byte) 0xD5, G711.PCMA.silence());
        assertEquals(-32124, G711.PCMU.decode((byte) 0x00));
        assertEquals(32256, G711.PCMA.decode((byte) 0xAA));
    }

    @Test
    void readsTheRtpHeaderItWrote() {
        ByteBuffer packet = ByteBuffer.allocate(200);
        RtpHeader.write(packet, true, 101, 65_535, 0xFFFF_FFF0L, 0xCAFEBABE);
        packet.put(new byte[160]).flip();

        assertTrue(RtpHeader.isValid(packet));
        assertTrue(RtpHeader.marker(packet));
        assertEquals(101, RtpHeader.payloadType(packet));
        assertEquals(65_535, RtpHeader.sequenceNumber(packet));
        assertEquals(0xFFFF_FFF0L, RtpHeader.rtpTimestamp(packet));
        assertEquals(160, RtpHeader.payloadBytes(packet));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noBytesAtAllUpsetTheRtpHeader(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            ByteBuffer packet = ByteBuffer.wrap(bytes);

            if (RtpHeader.isValid(packet)) {
                assertTrue(RtpHeader.payloadBytes(packet) >= 0);
                assertTrue(RtpHeader.payloadOffset(packet) <= bytes.length);
            }
        }
    }

    @Test
    void countsLossAcrossTheWrapOfSequenceNumbers() {
        ReceptionStatistics statistics = new ReceptionStatistics();
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                statistics.received(65_500 + i & 0xFFFF, 160L * i, 160L * i);
            }
        }

        assertEquals(90, statistics.received());
        assertEquals(10, statistics.lost());
        assertEquals(25, statistics.fractionLostSinceLast());
        assertEquals(0, statistics.jitterTicks());
        assertEquals(65_500 + 99, statistics.extendedHighest());
    }

    @Test
    void tellsEachKeyOnceThoughPacketsRepeatAndTheFirstIsLost() {
        DtmfReceiver receiver = new DtmfReceiver();
        StringBuilder told = new StringBuilder();
        for (int press = 0; press < 3; press++) {
            DtmfSender sender = new DtmfSender(5, 100);
            for (boolean first = true; !sender.finished(); first = false) {
                if (!first) {
                    int code = receiver.received(7, 1000L * press, sender.eventCode());
                    told.append(code == DtmfReceiver.NOTHING ? "" : code);
                }
                sender.advance();
            }
        }

        assertEquals("555", told.toString());
    }

    @Test
    void hearsEveryKeyInTheAudioAndNoneInSpeechLikeNoise() {
        StringBuilder heard = new StringBuilder();
        for (char key : "0123456789*#ABCD".toCharArray()) {
            InbandDtmf detector = new InbandDtmf();
            short[] tone = Tones.dtmf(key, 100, 12_000);
            for (int at = 0; at + 160 <= tone.length; at += 160) {
                int code = detector.frame(Arrays.copyOfRange(tone, at, at + 160));
                heard.append(code == InbandDtmf.NOTHING ? "" : "0123456789*#ABCD".charAt(code));
            }
        }
        SplittableRandom random = new SplittableRandom(9);
        InbandDtmf detector = new InbandDtmf();
        for (int i = 0; i < 5_000; i++) {
            short[] noise = new short[160];
            for (int k = 0; k < 160; k++) {
                noise[k] = (short) (random.nextInt(20_000) - 10_000);
            }
            assertEquals(InbandDtmf.NOTHING, detector.frame(noise));
        }

        assertEquals("0123456789*#ABCD", heard.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 22_050, 44_100, 48_000})
    void bringsAnyRateTo8KilohertzAndCutsWhatWouldFold(int rate) {
        short[] samples = new short[rate];
        for (int i = 0; i < rate; i++) {
            double low = 8000 * Math.sin(2 * Math.PI * 1000 * i / rate);
            double high = rate > 12_000 ? 8000 * Math.sin(2 * Math.PI * 5000 * i / rate) : 0;
            samples[i] = (short) (low + high);
        }

        WavReader.Result result = WavReader.read(WavWriter.write(samples, rate));

        short[] audio = assertInstanceOf(WavReader.Audio.class, result).samples();
        assertEquals(8000, audio.length, 2);
        assertEquals(8000, ToneDetector.amplitude(audio, 400, 7600, 1000), 200);
        assertTrue(ToneDetector.amplitude(audio, 400, 7600, 3000) < 150, "5 kHz folded to 3 kHz");
    }

    @Test
    void theWavItWritesIsTheOneItReads() {
        short[] samples = Tones.sine(300, 50, 20_000);

        WavReader.Result result = WavReader.read(WavWriter.write(samples, 8000));

        assertArrayEquals(samples, assertInstanceOf(WavReader.Audio.class, result).samples());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void aFileTooShortForOneSampleIsNoAudio(int samples) {
        byte[] file = WavWriter.write(new short[samples], 48_000);

        assertInstanceOf(WavReader.NotAudio.class, WavReader.read(file));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noBytesAtAllUpsetTheWavReader(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = WavWriter.write(Tones.sine(300, 20, 20_000), 16_000);
        for (int i = 0; i < 3_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int k = 0; k < 4 && bad.length > 0; k++) {
                bad[random.nextInt(Math.min(60, bad.length))] = (byte) random.nextInt(256);
            }

            if (WavReader.read(bad) instanceof WavReader.Audio(short[] samples)) {
                assertTrue(samples.length > 0, "audio without a sample");
            }
        }
        assertFalse(
                WavReader.read("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        instanceof WavReader.Audio);
    }
}

package io.strowger.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.srtp.CryptoSuite;
import io.strowger.media.srtp.MediaKeys;
import io.strowger.media.srtp.SrtpKeys;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys in session descriptions (RFC 4568).
class SrtpOfferAnswerTest {
    private static final List<SrtpKeys> OURS = List.of(keys(0, 1), keys(1, 2));
    private static final List<SrtpKeys> THEIRS = List.of(keys(0, 3), keys(1, 4));

    @Test
    void bothSidesRequireIt() {
        String offer = OfferAnswer.offer(us(SrtpPolicy.REQUIRE));

        OfferAnswer.Agreed theirs = agreed(OfferAnswer.answer(them(SrtpPolicy.REQUIRE), offer));
        OfferAnswer.Agreed ours = agreed(OfferAnswer.read(offer, theirs.localSdp()));

        assertTrue(offer.contains(" RTP/SAVP 0 8 101\r\n"), offer);
        assertEquals(new MediaKeys(keys(0, 1), keys(0, 3)), ours.audio().srtp());
        assertEquals(new MediaKeys(keys(0, 3), keys(0, 1)), theirs.audio().srtp());
        assertTrue(OfferAnswer.isSecure(offer, theirs.localSdp()));
    }

    @ParameterizedTest
    @EnumSource(
            value = SrtpPolicy.class,
            names = {"PREFER", "REQUIRE"})
    void whoPrefersItGetsItFromWhoCan(SrtpPolicy other) {
        String offer = OfferAnswer.offer(us(SrtpPolicy.PREFER));

        OfferAnswer.Agreed theirs = agreed(OfferAnswer.answer(them(other), offer));

        assertTrue(offer.contains(" RTP/AVP 0 8 101\r\n"), offer);
        assertTrue(theirs.localSdp().contains(" RTP/AVP 0 101\r\n"), theirs.localSdp());
        assertNotNull(agreed(OfferAnswer.read(offer, theirs.localSdp())).audio().srtp());
    }

    @Test
    void whoPrefersItTalksPlainlyWithWhoCannot() {
        String offer = OfferAnswer.offer(us(SrtpPolicy.PREFER));

        OfferAnswer.Agreed theirs = agreed(OfferAnswer.answer(them(SrtpPolicy.OFF), offer));
        OfferAnswer.Agreed ours = agreed(OfferAnswer.read(offer, theirs.localSdp()));

        assertNull(ours.audio().srtp());
        assertFalse(OfferAnswer.isSecure(offer, theirs.localSdp()));
    }

    @Test
    void whoRequiresItRefusesAPlainOfferAndAPlainAnswer() {
        String plain = OfferAnswer.offer(them(SrtpPolicy.OFF));
        String offer = OfferAnswer.offer(us(SrtpPolicy.REQUIRE));

        assertInstanceOf(
                OfferAnswer.NothingInCommon.class,
                OfferAnswer.answer(us(SrtpPolicy.REQUIRE), plain));
        assertInstanceOf(OfferAnswer.NothingInCommon.class, OfferAnswer.read(offer, plain));
    }

    @Test
    void whoHasItOffRefusesAnOfferThatRequiresIt() {
        String offer = OfferAnswer.offer(us(SrtpPolicy.REQUIRE));

        assertInstanceOf(
                OfferAnswer.NothingInCommon.class, OfferAnswer.answer(them(SrtpPolicy.OFF), offer));
    }

    @Test
    void theFirstSuiteOfTheOfferThatWeHaveIsTakenWithItsTag() {
        String offer =
                theirOffer(
                        "RTP/SAVP",
                        "5 AES_256_CM_HMAC_SHA1_80 inline:" + "A".repeat(40),
                        "7 AES_CM_128_HMAC_SHA1_32 inline:" + keys(1, 4).inline() + "|2^31|1:4",
                        "8 AES_CM_128_HMAC_SHA1_32 inline:" + keys(1, 4).inline() + "|2^31",
                        "9 AES_CM_128_HMAC_SHA1_80 inline:" + keys(0, 3).inline());

        OfferAnswer.Agreed answer = agreed(OfferAnswer.answer(us(SrtpPolicy.PREFER), offer));

        assertEquals(new MediaKeys(keys(1, 2), keys(1, 4)), answer.audio().srtp());
        assertTrue(
                answer.localSdp()
                        .contains(
                                "a=crypto:8 AES_CM_128_HMAC_SHA1_32 inline:"
                                        + keys(1, 2).inline()
                                        + "\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 AES_CM_128_HMAC_SHA1_80 inline:short",
                "1 AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA UNENCRYPTED_SRTP",
                "1 AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|2^20|1:4",
                "x AES_CM_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "1 F8_128_HMAC_SHA1_80 inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "",
            })
    void aLineThatWeCannotDoIsPassedOver(String line) {
        String secure = theirOffer("RTP/SAVP", line);
        String bestEffort = theirOffer("RTP/AVP", line);

        assertInstanceOf(
                OfferAnswer.NothingInCommon.class,
                OfferAnswer.answer(us(SrtpPolicy.REQUIRE), secure));
        assertNull(agreed(OfferAnswer.answer(us(SrtpPolicy.PREFER), bestEffort)).audio().srtp());
    }

    @Test
    void ofAPlainAndAProtectedStreamTheProtectedOneIsTaken() {
        String offer =
                theirOffer("RTP/AVP")
                        + "m=audio 6000 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"
                        + keys(0, 3).inline()
                        + "\r\n";

        OfferAnswer.Agreed preferring = agreed(OfferAnswer.answer(us(SrtpPolicy.PREFER), offer));
        OfferAnswer.Agreed plain = agreed(OfferAnswer.answer(us(SrtpPolicy.OFF), offer));

        assertEquals(6000, preferring.audio().remotePort());
        assertNotNull(preferring.audio().srtp());
        assertEquals(
                preferring.audio(), agreed(OfferAnswer.read(preferring.localSdp(), offer)).audio());
        assertEquals(5000, plain.audio().remotePort());
    }

    @Test
    void anAnswerWithAnotherTagOrSuiteAgreesOnNothing() {
        String offer = OfferAnswer.offer(us(SrtpPolicy.REQUIRE));

        for (String line :
                List.of(
                        "2 AES_CM_128_HMAC_SHA1_80 inline:" + keys(0, 3).inline(),
                        "9 AES_CM_128_HMAC_SHA1_80 inline:" + keys(0, 3).inline())) {
            assertInstanceOf(
                    OfferAnswer.NothingInCommon.class,
                    OfferAnswer.read(offer, theirOffer("RTP/SAVP", line)));
        }
    }

    private static OfferAnswer.Agreed agreed(OfferAnswer.Outcome outcome) {
        return assertInstanceOf(OfferAnswer.Agreed.class, outcome);
    }

    private static String theirOffer(String profile, String... cryptos) {
        StringBuilder text =
                new StringBuilder("v=0\r\nc=IN IP4 10.0.0.9\r\nm=audio 5000 " + profile + " 0\r\n");
        for (String crypto : cryptos) {
            text.append("a=crypto:").append(crypto).append("\r\n");
        }
        return text.toString();
    }

    private static LocalAudio us(SrtpPolicy policy) {
        return with(LocalAudio.of("127.0.0.1", 4000, 7), policy, OURS);
    }

    private static LocalAudio them(SrtpPolicy policy) {
        return with(LocalAudio.of("127.0.0.2", 5000, 8), policy, THEIRS);
    }

    private static LocalAudio with(LocalAudio audio, SrtpPolicy policy, List<SrtpKeys> keys) {
        return audio.withSrtp(
                policy == SrtpPolicy.OFF ? LocalSrtp.OFF : new LocalSrtp(policy, keys));
    }

    private static SrtpKeys keys(int suite, int seed) {
        byte[] bytes = new byte[SrtpKeys.BYTES];
        java.util.Arrays.fill(bytes, (byte) seed);
        return SrtpKeys.of(CryptoSuite.values()[suite], bytes);
    }
}

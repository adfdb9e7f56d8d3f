package io.strowger.media.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.g711.G711;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferAnswerTest {
    private static final LocalAudio US = LocalAudio.of("127.0.0.1", 4000, 7);
    private static final String THEIR_OFFER =
            "v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=-\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\nm=audio 5000 RTP/AVP 9 8 0 96\r\n"
                    + "a=rtpmap:96 telephone-event/8000\r\na=ptime:30\r\nm=video 6000 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\n";

    @Test
    void takesTheOfferersFirstCodecThatWeHaveAndItsNumbers() {
        OfferAnswer.Agreed agreed =
                assertInstanceOf(OfferAnswer.Agreed.class, OfferAnswer.answer(US, THEIR_OFFER));

        assertEquals(
                new NegotiatedAudio(
                        "10.0.0.9", 5000, G711.PCMA, 8, 8, 96, 96, 30, Direction.SENDRECV),
                agreed.audio());
        assertTrue(agreed.localSdp().contains("m=audio 4000 RTP/AVP 8 96\r\n"), agreed.localSdp());
        assertTrue(agreed.localSdp().contains("m=video 0 RTP/AVP 99\r\n"), agreed.localSdp());
    }

    @Test
    void payloadTypesAreThoseEachSideNamed() {
        String answer =
                "v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=-\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\nm=audio 5000 RTP/AVP 0 97\r\na=rtpmap:97 telephone-event/8000\r\n";

        OfferAnswer.Agreed agreed =
                assertInstanceOf(
                        OfferAnswer.Agreed.class, OfferAnswer.read(OfferAnswer.offer(US), answer));

        assertEquals(97, agreed.audio().sendTelephoneEvent());
        assertEquals(101, agreed.audio().receiveTelephoneEvent());
        assertEquals(G711.PCMU, agreed.audio().codec());
    }

    @ParameterizedTest
    @CsvSource({
        "a=sendonly,RECVONLY",
        "a=recvonly,SENDONLY",
        "a=inactive,INACTIVE",
        "a=sendrecv,SENDRECV",
        "c=IN IP4 0.0.0.0,RECVONLY"
    })
    void holdIsSeenFromOurSide(String line, Direction ours) {
        String offer = "v=0\r\nc=IN IP4 10.0.0.9\r\nm=audio 5000 RTP/AVP 0\r\n" + line + "\r\n";

        OfferAnswer.Agreed agreed =
                assertInstanceOf(OfferAnswer.Agreed.class, OfferAnswer.answer(US, offer));

        assertEquals(ours, agreed.audio().direction());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 5000 RTP/AVP 9 18\r\n",
                "v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 0 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 1.2.3.4\r\nm=video 5000 RTP/AVP 0\r\n"
            })
    void saysWhenNothingIsInCommon(String offer) {
        assertInstanceOf(OfferAnswer.NothingInCommon.class, OfferAnswer.answer(US, offer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=0\r\nm=audio 5000 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio 99999 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 <b>\r\nm=audio 1 RTP/AVP 0\r\n",
                "v=0\r\nc=IN IP4 1.2.3.4\r\nm=audio\r\n"
            })
    void refusesWhatIsNoDescription(String offer) {
        assertInstanceOf(OfferAnswer.Malformed.class, OfferAnswer.answer(US, offer));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverThrowsWhateverComes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(THEIR_OFFER);
            for (int i = 0; i < 1 + random.nextInt(10); i++) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }

            assertNotNull(OfferAnswer.answer(US, text.toString()));
            assertNotNull(OfferAnswer.read(OfferAnswer.offer(US), text.toString()));
        }
    }
}

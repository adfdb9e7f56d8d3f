package io.strowger.worker.core.leg;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.media.sdp.LocalAudio;
import io.strowger.media.sdp.OfferAnswer;
import io.strowger.testsupport.Mutations;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spoilt session descriptions: each is agreed to or refused, and what we say to it is well-formed.
class SdpFuzzTest {
    private static final LocalAudio LOCAL = LocalAudio.of("127.0.0.1", 40_000, 1);
    private static final int DESCRIPTIONS = 20_000;
    private static final List<String> RIGHT =
            List.of(
                    """
                    v=0
                    o=ann 1 1 IN IP4 127.0.0.1
                    s=-
                    c=IN IP4 127.0.0.1
                    t=0 0
                    m=audio 40000/2 RTP/AVP 0 8 9 101
                    a=rtpmap:0 PCMU/8000
                    a=rtpmap:8 PCMA/8000/1
                    a=rtpmap:101 telephone-event/8000
                    a=fmtp:101 0-15
                    a=ptime:20
                    a=sendrecv
                    m=video 40002 RTP/AVP 96
                    a=rtpmap:96 VP8/90000
                    """,
                    """
                    v=0
                    o=- 0 0 IN IP6 ::1
                    s=x
                    t=0 0
                    a=inactive
                    m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                    m=audio 9 RTP/SAVP 111 97 8
                    c=IN IP4 0.0.0.0
                    a=rtpmap:97 PCMU/8000
                    a=rtpmap:111 opus/48000/2
                    """);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyDescriptionIsAgreedToOrRefused(long seed) {
        Mutations mutations = new Mutations(seed);
        int agreed = 0;

        for (int i = 0; i < DESCRIPTIONS; i++) {
            String spoilt = mutations.of(mutations.any(RIGHT)).replace("\n", "\r\n");
            try {
                OfferAnswer.read(OfferAnswer.offer(LOCAL), spoilt);
                agreed += agrees(OfferAnswer.answer(LOCAL, spoilt)) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("description " + i + ":\n" + spoilt, e);
            }
        }

        assertTrue(agreed > DESCRIPTIONS / 20, agreed + " descriptions only were agreed to");
    }

    private static boolean agrees(OfferAnswer.Outcome outcome) {
        if (!(outcome instanceof OfferAnswer.Agreed agreed)) {
            return false;
        }
        assertTrue(agreed.localSdp().endsWith("\r\n"), agreed.localSdp());
        for (String line : agreed.localSdp().split("\r\n")) {
            assertTrue(line.matches("[a-z]=[\\P{Cntrl}\\t]*"), agreed.localSdp());
        }
        assertInstanceOf(
                OfferAnswer.Agreed.class,
                OfferAnswer.read(agreed.localSdp(), agreed.localSdp()),
                "our own words are understood");
        return true;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio / RTP/AVP 0",
                "m=audio // RTP/AVP 0",
                "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 /",
                "m=audio 4000 RTP/AVP 0\r\nm=video 4002 RTP/AVP 96\rm=audio"
            })
    void slashesAndCarriageReturnsAloneAreRefused(String media) {
        OfferAnswer.Outcome outcome =
                OfferAnswer.answer(
                        LOCAL,
                        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                                + media
                                + "\r\n");

        assertFalse(outcome instanceof OfferAnswer.Agreed, outcome::toString);
    }
}

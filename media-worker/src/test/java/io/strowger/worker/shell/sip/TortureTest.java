package io.strowger.worker.shell.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.strowger.media.sdp.SrtpPolicy;
import io.strowger.worker.core.leg.OfferCheck;
import io.strowger.worker.core.sip.IncomingInvite;
import io.strowger.worker.core.sip.IncomingRequest;
import io.strowger.worker.core.sip.IncomingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.text.ParseException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The messages of RFC 4475, as the stack reads them for us.
class TortureTest {
    /// Section 3.1.1, requests: right, however odd.
    @ParameterizedTest
    @CsvSource({
        "wsinv, INVITE, 9",
        "intmeth, !interesting-Method0123456789_*+`.%indeed'~, 139122385",
        "esc01, INVITE, 234234",
        "escnull, REGISTER, 14398234",
        "esc02, RE%47IST%45R, 29344",
        "lwsdisp, OPTIONS, 60",
        "longreq, INVITE, 3882340",
        "dblreq, REGISTER, 8",
        "semiuri, OPTIONS, 8",
        "transports, OPTIONS, 60",
        "mpart01, MESSAGE, 1"
    })
    void readsRightRequests(String name, String method, long cseq) throws Exception {
        IncomingRequest request = request(name);

        assertEquals(method, request.method());
        assertEquals(cseq, request.cseq());
        assertTrue(!request.fromTag().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"unreason, 200", "noreason, 100"})
    void readsRightResponses(String name, int status) throws Exception {
        IncomingResponse response =
                MessageReader.response(assertInstanceOf(SIPResponse.class, parse(name)));

        assertEquals(status, response.status());
    }

    @Test
    void readsFoldedAndAbbreviatedHeaders() throws Exception {
        IncomingInvite invite = invite("wsinv");

        assertEquals("wsinv.ndaksdj@192.0.2.1", invite.request().sipCallId());
        assertEquals("98asjd8", invite.request().fromTag());
        assertEquals("1918181833n", invite.request().toTag());
        assertTrue(String.valueOf(invite.request().sdp()).contains("m=audio 49217 RTP/AVP 0 12"));
    }

    @Test
    void readsTheFirstRequestOfADatagramAndDropsTheRest() throws Exception {
        assertEquals("dblreq.0ha0isndaksdj99sdfafnl3lk233412", request("dblreq").sipCallId());
    }

    /// Sections 3.1.2 and 3.3.1: a dialog could not live by these.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "badinv01",
                "clerr",
                "ncl",
                "scalar02",
                "scalarlg",
                "quotbal",
                "ltgtruri",
                "lwsruri",
                "mismatch01",
                "mismatch02",
                "badvers",
                "bigcode",
                "insuf"
            })
    void throwsAwayWhatIsBroken(String name) throws Exception {
        assertNull(parse(name));
    }

    /// What is wrong with them is nothing that we need, or comes out later.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lwsstart",
                "trws",
                "escruri",
                "baddate",
                "regbadct",
                "badaspec",
                "baddn",
                "badbranch",
                "unkscm",
                "novelsc",
                "unksm2",
                "regaut01",
                "multi01",
                "mcl01",
                "zeromf",
                "cparam01",
                "cparam02",
                "regescrt"
            })
    void readsWhatCanBeRead(String name) throws Exception {
        assertNotNull(request(name).sipCallId());
    }

    @Test
    void knowsWhichExtensionsAreRequired() throws Exception {
        assertEquals(
                Set.of("nothingsupportsthis", "nothingsupportsthiseither"),
                request("bext01").required());
    }

    /// Sections 3.3 and 3.4: INVITEs that can be read but not be answered.
    @ParameterizedTest
    @CsvSource({"invut, 415", "inv2543, 400"})
    void refusesInvitesThatMakeNoCall(String name, int status) throws Exception {
        assertEquals(
                status, OfferCheck.refusal(invite(name), SrtpPolicy.OFF).orElseThrow().status());
    }

    private static IncomingRequest request(String name) throws Exception {
        return MessageReader.request(assertInstanceOf(SIPRequest.class, parse(name)), 1);
    }

    private static IncomingInvite invite(String name) throws Exception {
        return MessageReader.invite(assertInstanceOf(SIPRequest.class, parse(name)));
    }

    private static @Nullable SIPMessage parse(String name) throws IOException, ParseException {
        try (InputStream in = TortureTest.class.getResourceAsStream("/rfc4475/" + name + ".dat")) {
            return SilentParserFactory.parser()
                    .parseSIPMessage(
                            Objects.requireNonNull(in, name).readAllBytes(),
                            true,
                            false,
                            (_, _, _, _, _) -> {});
        }
    }
}

package io.strowger.worker.core.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.api.Identifier.CommunicationUser;
import io.strowger.worker.core.sip.Digest;
import io.strowger.worker.core.sip.Digest.Credentials;
import io.strowger.worker.core.sip.DigestChallenge;
import io.strowger.worker.core.sip.DigestChallenge.Algorithm;
import io.strowger.worker.core.sip.SipRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestAuthorityTest {
    private static final long NOW = 1_780_000_000_000L;
    private static final Credentials ALICE = new Credentials("alice", "wonderland");
    private static final SipUser ALICE_USER =
            new SipUser(new CommunicationUser("8:acs:a_alice"), "alice", "wonderland");
    private final AtomicLong chance = new AtomicLong(7);
    private final DigestAuthority authority = authority(1);

    private DigestAuthority authority(int key) {
        return authority(key, 10_000);
    }

    private DigestAuthority authority(int key, int mostNonces) {
        byte[] secret = new byte[32];
        secret[0] = (byte) key;
        return new DigestAuthority(
                List.of(
                        ALICE_USER,
                        new SipUser(new CommunicationUser("8:acs:a_bob"), "bob", "builder")),
                secret,
                chance::incrementAndGet,
                mostNonces);
    }

    private Verdict.Challenge challenge(long nowMillis) {
        return assertInstanceOf(
                Verdict.Challenge.class, authority.check("REGISTER", null, nowMillis));
    }

    private DigestChallenge offer(Algorithm algorithm, long nowMillis) {
        return challenge(nowMillis).wwwAuthenticateValues().stream()
                .map(value -> DigestChallenge.parse(false, value).orElseThrow())
                .filter(offered -> offered.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    private static String answer(DigestChallenge challenge, Credentials who, int count) {
        SipRequest register =
                new SipRequest(
                        "REGISTER",
                        "sip:strowger.example",
                        "",
                        "",
                        "",
                        1,
                        List.of(),
                        null,
                        List.of(),
                        null);
        return Digest.answer(challenge, who, register, "c0ffee", count).value();
    }

    private Verdict check(String authorization, long nowMillis) {
        return authority.check("REGISTER", authorization, nowMillis);
    }

    @Test
    void offersSha256FirstAndThenMd5WithTheSameNonce() {
        List<DigestChallenge> offered =
                challenge(NOW).wwwAuthenticateValues().stream()
                        .map(value -> DigestChallenge.parse(false, value).orElseThrow())
                        .toList();

        assertEquals(
                List.of(Algorithm.SHA_256, Algorithm.MD5),
                offered.stream().map(DigestChallenge::algorithm).toList());
        assertTrue(offered.stream().allMatch(DigestChallenge::qopAuth));
        assertTrue(offered.stream().noneMatch(DigestChallenge::stale));
        assertEquals("strowger", offered.getFirst().realm());
        assertEquals(offered.getFirst().nonce(), offered.getLast().nonce());
    }

    @Test
    void neverMakesTheSameNonceTwice() {
        assertNotEquals(offer(Algorithm.MD5, NOW).nonce(), offer(Algorithm.MD5, NOW).nonce());
    }

    @ParameterizedTest
    @EnumSource
    void believesWhoKnowsThePassword(Algorithm algorithm) {
        DigestChallenge offered = offer(algorithm, NOW);

        assertEquals(
                new Verdict.Proved(ALICE_USER), check(answer(offered, ALICE, 1), NOW + 59_000));
    }

    @ParameterizedTest(name = "{0} with the password {1}")
    @CsvSource({"alice, builder", "bob, wonderland", "eve, wonderland", "Alice, wonderland"})
    void refusesAWrongPasswordAndAnUnknownNameAlike(String username, String password) {
        DigestChallenge offered = offer(Algorithm.SHA_256, NOW);

        Verdict verdict = check(answer(offered, new Credentials(username, password), 1), NOW);

        assertEquals(new Verdict.Refused(), verdict);
    }

    @Test
    void aDigestForAnotherMethodProvesNothing() {
        String register = answer(offer(Algorithm.SHA_256, NOW), ALICE, 1);

        assertEquals(new Verdict.Refused(), authority.check("INVITE", register, NOW));
    }

    @Test
    void asksAgainWithoutBlameWhenTheNonceIsTooOld() {
        String late = answer(offer(Algorithm.SHA_256, NOW), ALICE, 1);

        Verdict.Challenge again =
                assertInstanceOf(Verdict.Challenge.class, check(late, NOW + 60_001));

        assertTrue(again.stale());
        assertTrue(
                DigestChallenge.parse(false, again.wwwAuthenticateValues().getFirst())
                        .orElseThrow()
                        .stale());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "eve"})
    void anOldNonceWithAWrongPasswordIsNotCalledStale(String username) {
        String late = answer(offer(Algorithm.SHA_256, NOW), new Credentials(username, "guess"), 1);

        Verdict.Challenge again =
                assertInstanceOf(Verdict.Challenge.class, check(late, NOW + 60_001));

        assertFalse(again.stale());
    }

    @Test
    void aNonceOfAnotherProcessIsStaleForWhoKnowsThePassword() {
        Verdict.Challenge elsewhere =
                assertInstanceOf(
                        Verdict.Challenge.class, authority(2).check("REGISTER", null, NOW));
        DigestChallenge offered =
                DigestChallenge.parse(false, elsewhere.wwwAuthenticateValues().getFirst())
                        .orElseThrow();

        Verdict.Challenge again =
                assertInstanceOf(Verdict.Challenge.class, check(answer(offered, ALICE, 1), NOW));

        assertTrue(again.stale());
    }

    @Test
    void aNonceOfTheFutureIsStale() {
        String early = answer(offer(Algorithm.MD5, NOW), ALICE, 1);

        assertTrue(assertInstanceOf(Verdict.Challenge.class, check(early, NOW - 1)).stale());
    }

    @ParameterizedTest(name = "count {0} then {1} proves {2}")
    @CsvSource({"1, 2, true", "1, 9, true", "1, 1, false", "5, 4, false", "5, 5, false"})
    void takesACountOnceAndOnlyUpwards(int first, int second, boolean proves) {
        DigestChallenge offered = offer(Algorithm.SHA_256, NOW);
        assertInstanceOf(Verdict.Proved.class, check(answer(offered, ALICE, first), NOW));

        Verdict verdict = check(answer(offered, ALICE, second), NOW + 1);

        assertEquals(proves, verdict instanceof Verdict.Proved);
        assertEquals(!proves, verdict instanceof Verdict.Challenge(_, boolean stale) && stale);
    }

    @Test
    void aWrongPasswordUsesNoCountUp() {
        DigestChallenge offered = offer(Algorithm.SHA_256, NOW);
        assertEquals(
                new Verdict.Refused(),
                check(answer(offered, new Credentials("alice", "guess"), 1), NOW));

        assertInstanceOf(Verdict.Proved.class, check(answer(offered, ALICE, 1), NOW));
    }

    @Test
    void whatIsForgottenForLackOfRoomIsNeverTakenAgain() {
        DigestAuthority small = authority(1, 2);
        DigestChallenge first = offer(Algorithm.SHA_256, NOW);
        String used = answer(first, ALICE, 1);
        assertInstanceOf(Verdict.Proved.class, small.check("REGISTER", used, NOW));
        for (int later = 1; later <= 3; later++) {
            String other = answer(offer(Algorithm.SHA_256, NOW + later), ALICE, 1);
            assertInstanceOf(Verdict.Proved.class, small.check("REGISTER", other, NOW + later));
        }

        Verdict replayed = small.check("REGISTER", used, NOW + 4);
        Verdict counted = small.check("REGISTER", answer(first, ALICE, 2), NOW + 4);

        assertTrue(assertInstanceOf(Verdict.Challenge.class, replayed).stale());
        assertTrue(assertInstanceOf(Verdict.Challenge.class, counted).stale());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic YWxpY2U6d29uZGVybGFuZA==",
                "Digest",
                "Digest username=\"alice\"",
                "Digest \0\0,,,=,\"",
            })
    void answersNonsenseWithAChallenge(String authorization) {
        assertFalse(assertInstanceOf(Verdict.Challenge.class, check(authorization, NOW)).stale());
    }

    @ParameterizedTest(name = "{0} instead of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "realm=\"other\" | realm=\"strowger\"",
                "qop=auth-int | qop=auth",
                "qopp=auth | qop=auth",
                "nc=1 | nc=00000001",
                "nc=00000000 | nc=00000001",
                "nc=ffffffff | nc=00000001",
                "algorithm=MD5-sess | algorithm=SHA-256",
                "cnonce=\"\" | cnonce=\"c0ffee\""
            })
    void anAnswerInAnotherFormIsAskedForAgain(String instead, String of) {
        String good = answer(offer(Algorithm.SHA_256, NOW), ALICE, 1);
        UnaryOperator<String> bend = text -> text.replace(of, instead);

        Verdict verdict = check(bend.apply(good), NOW);

        assertNotEquals(good, bend.apply(good));
        assertFalse(verdict instanceof Verdict.Proved, verdict.toString());
    }

    @Test
    void aNonceWithOneLetterChangedIsNotOurs() {
        DigestChallenge offered = offer(Algorithm.SHA_256, NOW);
        String nonce = offered.nonce();
        String forged = (nonce.charAt(0) == 'B' ? 'C' : 'B') + nonce.substring(1);
        DigestChallenge bent =
                new DigestChallenge(
                        false, offered.realm(), forged, offered.algorithm(), null, true, false);

        assertInstanceOf(Verdict.Challenge.class, check(answer(bent, ALICE, 1), NOW));
        assertEquals(
                new Verdict.Refused(),
                check(answer(offered, ALICE, 1).replace("c0ffee", "decafs"), NOW));
    }

    private List<Algorithm> offeredTo(String client) {
        return assertInstanceOf(
                        Verdict.Challenge.class, authority.check("REGISTER", null, NOW, client))
                .wwwAuthenticateValues()
                .stream()
                .map(value -> DigestChallenge.parse(false, value).orElseThrow().algorithm())
                .toList();
    }

    @Test
    void aPhoneThatAsksAgainInsteadOfAnsweringIsOfferedMd5Alone() {
        List<Algorithm> first = offeredTo("alice@192.0.2.1");
        List<Algorithm> second = offeredTo("alice@192.0.2.1");
        String answer = answer(offer(Algorithm.MD5, NOW), ALICE, 1);
        authority.check("REGISTER", answer, NOW, "alice@192.0.2.1");
        List<Algorithm> third = offeredTo("alice@192.0.2.1");

        assertEquals(List.of(Algorithm.SHA_256, Algorithm.MD5), first);
        assertEquals(List.of(Algorithm.MD5), second);
        assertEquals(List.of(Algorithm.MD5), third);
        assertEquals(2, offeredTo("alice@192.0.2.2").size());
    }

    @Test
    void aPhoneThatChoseIsOfferedBothAgain() {
        offeredTo("alice@192.0.2.1");
        String answer = answer(offer(Algorithm.SHA_256, NOW), ALICE, 1);
        authority.check("REGISTER", answer, NOW, "alice@192.0.2.1");

        assertEquals(2, offeredTo("alice@192.0.2.1").size());
    }

    @ParameterizedTest
    @EnumSource
    void askedAnewForAStaleNonceAPhoneStaysWithItsAlgorithm(Algorithm algorithm) {
        String late = answer(offer(algorithm, NOW), ALICE, 1);

        List<String> values =
                assertInstanceOf(Verdict.Challenge.class, check(late, NOW + 60_001))
                        .wwwAuthenticateValues();

        assertEquals(
                List.of(algorithm),
                values.stream()
                        .map(value -> DigestChallenge.parse(false, value).orElseThrow().algorithm())
                        .toList());
    }

    @Test
    void twoUsersOfOneNameAreRefusedAtTheStart() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DigestAuthority(List.of(ALICE_USER, ALICE_USER), new byte[32], () -> 1L));
    }

    @Test
    void hidesThePassword() {
        assertFalse(ALICE_USER.toString().contains("wonderland"));
    }
}

package io.strowger.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.strowger.runtime.auth.AccessKeyVerifier;
import io.strowger.runtime.auth.SignedRequest;
import io.strowger.runtime.auth.Verdict;
import io.strowger.testsupport.Mutations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Spoilt heads of signed requests: judged without a fault, and what was signed counts to the
/// letter.
class SignedHeadsFuzzTest {
    private static final int HEADS = 10_000;
    private static final String TARGET =
            "/calling/callConnections/a%20b:play?api-version=2026-03-12&x=%C3%A4+b&y";
    private final Instant now = Instant.now();
    private final AccessKeyVerifier verifier =
            new AccessKeyVerifier(
                    List.of(RunningGateway.FIRST_KEY, RunningGateway.SECOND_KEY),
                    List.of("calls.example.com"));

    private static SignedRequest signed() {
        SignedClient client = new SignedClient("http://127.0.0.1:8080", RunningGateway.FIRST_KEY);
        Map<String, String> headers = client.signature("POST", TARGET, "{}");
        return new SignedRequest(
                "POST",
                TARGET,
                "127.0.0.1:8080",
                "calls.example.com",
                headers.get("x-ms-date"),
                headers.get("x-ms-content-sha256"),
                headers.get("Authorization"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatWasSignedCountsToTheLetter(long seed) {
        Mutations mutations = new Mutations(seed);
        SignedRequest whole = signed();
        assertInstanceOf(Verdict.Genuine.class, verifier.verify(whole, now));

        for (int i = 0; i < HEADS; i++) {
            SignedRequest spoilt = spoilt(whole, mutations);
            boolean genuine = verifier.verify(spoilt, now) instanceof Verdict.Genuine;
            verifier.verifyContent(spoilt, now);

            assertFalse(
                    genuine
                            && !(whole.method().equals(spoilt.method())
                                    && whole.target().equals(spoilt.target())
                                    && String.valueOf(whole.date()).equals(spoilt.date())
                                    && String.valueOf(whole.contentHash())
                                            .equals(spoilt.contentHash())),
                    () -> "taken for genuine: " + spoilt);
        }
    }

    private static SignedRequest spoilt(SignedRequest whole, Mutations mutations) {
        int part = mutations.number(7);
        return new SignedRequest(
                part == 0 ? mutations.of(whole.method()) : whole.method(),
                part == 1 ? mutations.of(whole.target()) : whole.target(),
                part == 2 ? mutations.of("127.0.0.1:8080") : whole.host(),
                part == 3 ? mutations.of("calls.example.com") : whole.resourceHost(),
                part == 4 ? mutations.of(String.valueOf(whole.date())) : whole.date(),
                part == 5 ? mutations.of(String.valueOf(whole.contentHash())) : whole.contentHash(),
                part == 6
                        ? mutations.of(String.valueOf(whole.authorization()))
                        : whole.authorization());
    }
}

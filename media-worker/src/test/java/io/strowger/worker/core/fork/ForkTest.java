package io.strowger.worker.core.fork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.media.LegEnd;
import io.strowger.contracts.media.LegEnd.Cause;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.placement.DialogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ForkTest {
    private static final LegId LEG = new LegId(1);
    private static final LegEnd CANCELLED = new LegEnd(Cause.LOCAL_HANG_UP, 487, "hung up");
    private final List<MediaEvent> told = new ArrayList<>();
    private final List<Integer> hungUp = new ArrayList<>();
    private ForkState state = Fork.of(3);

    private void give(ForkInput input) {
        Fork.Decision decision = Fork.decide(state, input);
        state = decision.state();
        for (ForkAct act : decision.acts()) {
            switch (act) {
                case ForkAct.Report(var fact) -> told.add(fact);
                case ForkAct.HangUp(int branch, _, _) -> hungUp.add(branch);
            }
        }
    }

    private void progress(int branch, int status) {
        give(new ForkInput.Told(branch, new MediaEvent.LegProgressed(LEG, status)));
    }

    private void answer(int branch) {
        give(new ForkInput.Told(branch, new MediaEvent.LegAnswered(LEG, dialog("call" + branch))));
    }

    private void end(int branch, LegEnd end) {
        give(new ForkInput.Told(branch, new MediaEvent.LegEnded(LEG, end)));
    }

    private void refuse(int branch, int status) {
        end(branch, refused(status));
    }

    private static LegEnd refused(int status) {
        return new LegEnd(Cause.REFUSED, status, "no");
    }

    private void hangUp() {
        give(new ForkInput.HangUp(Cause.LOCAL_HANG_UP, "hung up"));
    }

    private static DialogRecord dialog(String sipCallId) {
        return new DialogRecord(
                sipCallId,
                "us",
                "them",
                "<sip:us>",
                "<sip:them>",
                "sip:them",
                List.of(),
                1,
                -1,
                "udp",
                "192.0.2.1:5060",
                "v=0",
                "v=0");
    }

    private List<LegEnd> ends() {
        return told.stream()
                .filter(MediaEvent.LegEnded.class::isInstance)
                .map(fact -> ((MediaEvent.LegEnded) fact).end())
                .toList();
    }

    @Test
    void tellsEachKindOfProgressOnce() {
        progress(0, 180);
        progress(1, 180);
        progress(2, 183);
        progress(0, 183);

        assertEquals(
                List.of(
                        new MediaEvent.LegProgressed(LEG, 180),
                        new MediaEvent.LegProgressed(LEG, 183)),
                told);
    }

    @Test
    void theFirstToAnswerIsTheLegAndTheOthersAreHungUp() {
        progress(0, 180);
        answer(1);

        assertEquals(List.of(0, 2), hungUp);
        assertEquals(new MediaEvent.LegAnswered(LEG, dialog("call1")), told.getLast());
    }

    @Test
    void whatTheOthersDoAfterwardsIsNotToldAndDoesNotEndTheLeg() {
        answer(1);
        told.clear();
        progress(0, 180);
        end(0, CANCELLED);
        answer(2);
        end(2, CANCELLED);

        assertEquals(List.of(), told);
        assertEquals(1, Fork.winner(state));
    }

    @Test
    void mediaAreTheWinnersAlone() {
        assertTrue(IntStream.range(0, 3).allMatch(branch -> Fork.mayConnect(state, branch)));

        answer(1);

        assertEquals(
                List.of(false, true, false),
                IntStream.range(0, 3).mapToObj(branch -> Fork.mayConnect(state, branch)).toList());
    }

    @Test
    void whatTheWinnerDoesIsWhatTheLegDoes() {
        answer(1);
        give(new ForkInput.Told(1, new MediaEvent.LegUpdated(LEG, dialog("call1"), true)));
        end(1, new LegEnd(Cause.REMOTE_HANG_UP, 200, "OK"));
        end(0, CANCELLED);

        assertEquals(new MediaEvent.LegUpdated(LEG, dialog("call1"), true), told.get(1));
        assertEquals(List.of(new LegEnd(Cause.REMOTE_HANG_UP, 200, "OK")), ends());
    }

    @Test
    void onePhoneThatIsBusyStopsNoOther() {
        refuse(0, 486);
        progress(1, 180);
        answer(1);

        assertEquals(List.of(), ends());
        assertEquals(List.of(2), hungUp);
    }

    @Test
    void aDeclineForAllStopsTheOthersAndIsTheEndOfTheLeg() {
        progress(1, 180);
        refuse(0, 603);
        end(1, CANCELLED);
        List<LegEnd> early = ends();
        end(2, CANCELLED);

        assertEquals(List.of(1, 2), hungUp);
        assertEquals(List.of(), early);
        assertEquals(List.of(refused(603)), ends());
    }

    @Test
    void aHangUpEndsAllBranchesAndThenTheLegOnce() {
        progress(0, 180);
        hangUp();
        hangUp();
        refuse(0, 487);
        end(1, new LegEnd(Cause.UNREACHABLE, 0, "silent"));
        List<LegEnd> early = ends();
        end(2, CANCELLED);

        assertEquals(List.of(0, 1, 2), hungUp);
        assertEquals(List.of(), early);
        assertEquals(List.of(CANCELLED), ends());
    }

    @Test
    void aHangUpOfATalkingLegIsTheWinners() {
        answer(2);
        hungUp.clear();

        hangUp();
        end(2, new LegEnd(Cause.LOCAL_HANG_UP, 200, "hung up"));
        hangUp();

        assertEquals(List.of(2), hungUp);
        assertEquals(List.of(new LegEnd(Cause.LOCAL_HANG_UP, 200, "hung up")), ends());
    }

    @ParameterizedTest(name = "of {0} the best is {1}")
    @CsvSource({
        "486 480 503, 486",
        "503 500 404, 404",
        "486 302 500, 302",
        "480 486 404, 480",
        "503 silent 500, 503",
        "silent silent silent, 0",
        "silent 486 silent, 486",
        "rang rang 486, 486",
        "silent rang 503, 487",
        "486 606 503, 606",
        "486 lost 603, 603"
    })
    void whenAllRefuseTheBestRefusalIsTold(String refusals, int best) {
        List<String> each = Arrays.asList(refusals.split(" "));
        for (int branch = 0; branch < 3; branch++) {
            end(
                    branch,
                    switch (each.get(branch)) {
                        case "silent" -> new LegEnd(Cause.UNREACHABLE, 0, "silent");
                        case "rang" -> new LegEnd(Cause.NO_ANSWER, 487, "no answer");
                        case "lost" -> new LegEnd(Cause.WORKER_FAILURE, 0, "lost");
                        case String status -> refused(Integer.parseInt(status));
                    });
        }

        assertEquals(best, ends().getFirst().sipStatus());
        assertEquals(1, ends().size());
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void endsExactlyOnceWhateverTheBranchesDo(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] over = new boolean[3];
        boolean[] answered = new boolean[3];
        for (int step = 0; step < 12; step++) {
            int branch = random.nextInt(3);
            // As the machine of a branch has it: nothing after its end, one answer, none unwanted.
            boolean rings = !over[branch] && !answered[branch] && !hungUp.contains(branch);
            int what = random.nextInt(6);
            if (what == 0 && rings) {
                progress(branch, 180 + random.nextInt(4));
            } else if (what == 1) {
                hangUp();
            } else if (what == 2 && rings) {
                answered[branch] = true;
                answer(branch);
            } else if (what > 2 && !over[branch]) {
                over[branch] = true;
                refuse(branch, 400 + random.nextInt(250));
            }
        }
        for (int branch = 0; branch < 3; branch++) {
            if (!over[branch]) {
                end(branch, CANCELLED);
            }
        }

        assertEquals(1, ends().size(), told.toString());
        assertTrue(
                told.stream().filter(MediaEvent.LegAnswered.class::isInstance).count() <= 1,
                told.toString());
        assertTrue(told.getLast() instanceof MediaEvent.LegEnded, told.toString());
    }
}

package io.strowger.worker.core.recording;

import static io.strowger.worker.core.recording.Account.REPORT_EVERY_NS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.contracts.id.RecordingId;
import io.strowger.contracts.media.MediaEvent;
import io.strowger.contracts.media.MediaEvent.RecordingAudioLost;
import io.strowger.contracts.media.MediaEvent.RecordingStopped;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final RecordingId ID = new RecordingId(7, 1);
    private final Account account = new Account(ID, 0);

    private static MediaEvent lost(long position, long samples) {
        return new RecordingAudioLost(ID, position, samples);
    }

    @Test
    void hasStoppedOnlyWhenAllHasArrived() {
        account.sent(0, 1600);
        account.sent(1600, 320);
        account.ended(1920);
        account.arrived();
        assertEquals(List.of(), account.due(0));
        assertFalse(account.isStopped());

        account.arrived();

        assertEquals(List.of(new RecordingStopped(ID, 1920)), account.due(0));
        assertTrue(account.isStopped());
        assertEquals(List.of(), account.due(REPORT_EVERY_NS));
    }

    @Test
    void aRecordingOfNothingStopsAtOnce() {
        Account later = new Account(ID, 16_000);

        later.ended(16_000);

        assertEquals(List.of(new RecordingStopped(ID, 16_000)), later.due(0));
    }

    @Test
    void whatDidNotComeBetweenTwoPiecesIsLost() {
        account.sent(0, 1600);

        assertEquals(3200, account.sent(4800, 1600));

        assertEquals(List.of(lost(1600, 3200)), account.due(0));
    }

    @Test
    void whatDidNotComeBeforeTheEndIsLost() {
        account.sent(0, 1600);
        account.arrived();

        assertEquals(160, account.ended(1760));
        assertEquals(0, account.ended(1760));

        assertEquals(List.of(lost(1600, 160), new RecordingStopped(ID, 1760)), account.due(0));
    }

    @Test
    void lossesSideBySideAreOneWhateverTheirOrder() {
        for (int i = 0; i < 5; i++) {
            account.sent(i * 1600L, 1600);
        }

        account.failed(3200, 1600);
        account.failed(0, 1600);
        account.failed(1600, 1600);

        assertEquals(List.of(lost(0, 4800)), account.due(0));
    }

    @Test
    void reportsOneLossASecondAndAllBeforeTheEnd() {
        for (int i = 0; i < 9; i++) {
            account.sent(i * 1600L, 1600);
        }
        account.failed(0, 1600);
        List<MediaEvent> first = account.due(0);
        account.failed(1600, 1600);
        account.failed(4800, 1600);
        List<MediaEvent> tooSoon = account.due(REPORT_EVERY_NS - 1);
        List<MediaEvent> second = account.due(REPORT_EVERY_NS);
        account.failed(8000, 1600);
        account.ended(14_400);
        for (int i = 0; i < 5; i++) {
            account.arrived();
        }
        List<MediaEvent> end = account.due(REPORT_EVERY_NS);

        assertEquals(List.of(lost(0, 1600)), first);
        assertEquals(List.of(), tooSoon);
        assertEquals(List.of(lost(1600, 1600)), second);
        assertEquals(
                List.of(lost(4800, 1600), lost(8000, 1600), new RecordingStopped(ID, 14_400)), end);
    }
}

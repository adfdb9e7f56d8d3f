package io.strowger.worker.shell.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strowger.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final List<Runnable> lent = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void goesOnAfterATaskThatThrew() {
        Mailbox mailbox = new Mailbox(lent::add, 10, failures::add);
        mailbox.post(() -> {
            throw new IllegalStateException("broken");
        });
        mailbox.post(() -> done.add("next"));

        lent.removeFirst().run();
        mailbox.post(() -> done.add("later"));
        lent.removeFirst().run();

        assertEquals(List.of("next", "later"), done);
        assertEquals(1, failures.size());
    }

    @Test
    void goesOnWhenEvenTheFailureCannotBeDealtWith() {
        Mailbox mailbox =
                new Mailbox(
                        lent::add,
                        10,
                        failure -> {
                            throw new IllegalStateException("again", failure);
                        });
        mailbox.post(() -> {
            throw new StackOverflowError();
        });
        mailbox.post(() -> done.add("next"));

        lent.removeFirst().run();

        assertEquals(List.of("next"), done);
    }

    @Test
    void takesNoMoreOffersThanItsCapacityButEveryPost() {
        Mailbox mailbox = new Mailbox(lent::add, 2, failures::add);

        assertTrue(mailbox.offer(() -> done.add("1")));
        assertTrue(mailbox.offer(() -> done.add("2")));
        assertFalse(mailbox.offer(() -> done.add("3")));
        mailbox.post(() -> done.add("4"));
        lent.removeFirst().run();

        assertEquals(List.of("1", "2", "4"), done);
        assertTrue(lent.isEmpty());
    }

    @Test
    void keepsTheOrderOfEachPosterAndLosesNothing() throws Exception {
        int posters = 4;
        int each = 5_000;
        int[] last = new int[posters];
        int[] seen = {0};
        CountDownLatch over = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Mailbox mailbox = new Mailbox(pool, 10, failures::add);
            for (int poster = 0; poster < posters; poster++) {
                int who = poster;
                pool.execute(() -> {
                    for (int i = 1; i <= each; i++) {
                        int number = i;
                        mailbox.post(() -> {
                            assertEquals(last[who] + 1, number);
                            last[who] = number;
                            if (++seen[0] == posters * each) {
                                over.countDown();
                            }
                        });
                    }
                });
            }

            Eventually.holds("all tasks run", Duration.ofSeconds(20), () -> over.getCount() == 0);
        }

        assertEquals(List.of(), failures);
    }
}

package io.strowger.worker.core.speech;

import io.strowger.contracts.call.SpokenInput;
import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.ServerCallId;
import io.strowger.contracts.media.SpeechFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what somebody says into text. A worker has one or none; safe for use by many threads.
public interface SpeechRecognizer {
    /// Begins to listen. Called on any thread, media threads too: returns at once and may allocate.
    /// The way to the recogniser is made meanwhile, and audio waits for it.
    ///
    /// @param listener is told on a thread of the recogniser's own, never within this call
    Session open(Request request, Listener listener);

    /// What is listened to.
    ///
    /// @param locale BCP 47, such as `en-US`
    /// @param intermediateResults whether [Listener#partial] is wanted
    /// @param phrases that are likely to be said; may be empty
    /// @param modelEndpointId of a model of the application's own, as it names it; null: the usual
    /// @param endSilence so long a silence ends what is said; null: as the recogniser likes
    /// @param call for logs
    /// @param leg who speaks, for logs; null: more than one
    record Request(
            String locale,
            boolean intermediateResults,
            List<String> phrases,
            @Nullable String modelEndpointId,
            @Nullable Duration endSilence,
            ServerCallId call,
            @Nullable LegId leg) {
        public Request {
            phrases = List.copyOf(phrases);
        }

        /// Of a recognition of one leg.
        public static Request of(SpokenInput input, ServerCallId call, LegId leg) {
            return new Request(
                    input.locale(),
                    true,
                    input.choices().stream()
                            .flatMap(choice -> choice.phrases().stream())
                            .distinct()
                            .toList(),
                    input.modelEndpointId(),
                    input.endSilence(),
                    call,
                    leg);
        }
    }

    /// One listening. To be closed by who opened it, whatever it has told.
    interface Session extends AutoCloseable {
        /// 20 ms of sound; silence counts, too, since places in time are counted in frames. Called
        /// on one thread, the call's media thread: neither waits nor allocates, and takes a copy.
        /// Of a recogniser that does not keep up, or is not there yet, as much as fits waits; more
        /// is lost and counted.
        ///
        /// @param frame 160 samples, 8 kHz mono
        /// @return false: the frame is lost
        boolean audio(short[] frame);

        /// No more sound comes: the recogniser says what it still has, then [Listener#ended], or
        /// within seconds [Listener#failed]. Any thread.
        void finish();

        /// Ends at once. Nothing is told any more, but for what is being told now. Any thread;
        /// returns at once; no effect when done again.
        @Override
        void close();
    }

    /// Hears what a session understands. Called on one thread for each session, an event loop: must
    /// not block. The last thing told is [#failed] or [#ended], once; after [Session#close]
    /// neither.
    interface Listener {
        /// Something is being said, as far as it is understood.
        ///
        /// @param text not blank; may change altogether until the [#result]
        /// @param offset where it began, counted from the first frame that was taken
        void partial(String text, Duration offset);

        /// Something was said, up to a pause. More may follow.
        void result(Result result);

        /// It listens no more, unasked.
        void failed(Failure failure);

        /// All that was said before [Session#finish] was told. Comes unasked, too, from a
        /// recogniser that has heard enough.
        void ended();
    }

    /// What was said.
    ///
    /// @param text empty: somebody spoke and was not understood
    /// @param confidence 0..1
    /// @param offset where it began, counted from the first frame that was taken
    /// @param words may be empty; none has no text
    record Result(
            String text, double confidence, Duration offset, Duration duration, List<Word> words) {
        public Result {
            words = List.copyOf(words);
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("confidence out of 0..1");
            }
        }
    }

    /// A word of a [Result].
    ///
    /// @param offset counted like the result's
    record Word(String text, Duration offset, Duration duration) {}

    /// Why a session listens no more.
    ///
    /// @param detail for people
    record Failure(SpeechFailure reason, String detail) {}
}

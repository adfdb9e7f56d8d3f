package io.strowger.worker.core.speech;

import io.strowger.worker.core.speech.SpeechRecognizer.Failure;
import io.strowger.worker.core.speech.SpeechRecognizer.Listener;
import io.strowger.worker.core.speech.SpeechRecognizer.Result;
import java.time.Duration;
import java.util.function.Consumer;

/// What a session told its [Listener], as a value that can go to another thread.
public sealed interface Heard {
    /// [Listener#partial].
    record Partial(String text, Duration offset) implements Heard {}

    /// [Listener#result].
    record Said(Result result) implements Heard {}

    /// [Listener#failed].
    record Failed(Failure failure) implements Heard {}

    /// [Listener#ended].
    record Ended() implements Heard {}

    /// A listener that passes on what it is told, on the thread that it is told on.
    static Listener listener(Consumer<Heard> to) {
        return new Listener() {
            @Override
            public void partial(String text, Duration offset) {
                to.accept(new Partial(text, offset));
            }

            @Override
            public void result(Result result) {
                to.accept(new Said(result));
            }

            @Override
            public void failed(Failure failure) {
                to.accept(new Failed(failure));
            }

            @Override
            public void ended() {
                to.accept(new Ended());
            }
        };
    }
}

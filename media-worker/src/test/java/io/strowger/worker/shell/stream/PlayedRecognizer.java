package io.strowger.worker.shell.stream;

import io.strowger.worker.core.speech.SpeechRecognizer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A recogniser that understands what the test says.
final class PlayedRecognizer implements SpeechRecognizer {
    final List<Listening> listenings = new CopyOnWriteArrayList<>();

    @Override
    public Session open(Request request, Listener listener) {
        Listening listening = new Listening(request, listener);
        listenings.add(listening);
        return listening;
    }

    static final class Listening implements Session {
        final Request request;
        final Listener listener;
        final AtomicInteger frames = new AtomicInteger();
        volatile boolean finished;
        volatile boolean closed;

        Listening(Request request, Listener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public boolean audio(short[] frame) {
            frames.incrementAndGet();
            return true;
        }

        @Override
        public void finish() {
            finished = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

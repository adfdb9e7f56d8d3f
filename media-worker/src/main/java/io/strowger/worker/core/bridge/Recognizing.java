package io.strowger.worker.core.bridge;

import io.strowger.contracts.id.LegId;
import io.strowger.contracts.id.OperationId;
import io.strowger.worker.core.recognize.Recognition;
import io.strowger.worker.core.speech.SpeechRecognizer.Session;
import org.jspecify.annotations.Nullable;

/// A recognition at work.
final class Recognizing {
    final OperationId id;

    /// Whose keys are collected, and who is listened to.
    final LegId leg;

    final Recognition recognition;
    private @Nullable Session session;
    private boolean finishing;

    Recognizing(OperationId id, LegId leg, Recognition recognition) {
        this.id = id;
        this.leg = leg;
        this.recognition = recognition;
    }

    /// Listens, until [#deafen].
    void listenWith(Session opened) {
        session = opened;
    }

    /// Whether sound is wanted.
    boolean isListening() {
        return session != null && !finishing;
    }

    /// 160 samples more.
    void sound(short[] frame) {
        Session open = session;
        if (open != null && !finishing) {
            boolean _ = open.audio(frame); // what finds no room is counted where it is lost
        }
    }

    /// No more sound: what was said?
    void finish() {
        Session open = session;
        if (open != null && !finishing) {
            finishing = true;
            open.finish();
        }
    }

    /// Listens no more.
    void deafen() {
        Session open = session;
        if (open != null) {
            session = null;
            open.close();
        }
    }
}

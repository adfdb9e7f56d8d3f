package io.strowger.worker.core.bridge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses whose sound is mixed, so that a frame costs the same for each leg however many there
/// are, and the noise of a hundred rooms is not added up. Up to as many as there are places all are
/// mixed; beyond, the loudest. A talker keeps its place until another is clearly louder, much
/// louder while it speaks or pauses inside a sentence. All legs are treated alike; of equals, who
/// joined first goes first. For one thread; a frame allocates nothing.
final class Talkers {
    /// So many voices at once nobody can follow anyway.
    static final int PLACES = 8;

    private final List<Voice> voices = new ArrayList<>();

    void add(Voice voice) {
        voices.add(voice);
    }

    void remove(Voice voice) {
        voices.remove(voice);
        voice.talks(false);
    }

    /// Chooses for this frame, by what all have just been heard to say.
    void choose() {
        int talking = 0;
        for (int i = 0; i < voices.size(); i++) {
            Voice voice = voices.get(i);
            if (voice.isTalker()) {
                voice.talks(voice.isAudible());
                talking += voice.isTalker() ? 1 : 0;
            }
        }
        for (int changes = 0; changes < PLACES; changes++) {
            Voice next = loudestWaiting();
            if (next == null) {
                return;
            }
            if (talking < PLACES) {
                talking++;
            } else {
                Voice weakest = weakestTalker();
                if (weakest == null || next.level() <= weakest.claim()) {
                    return;
                }
                weakest.talks(false);
            }
            next.talks(true);
        }
    }

    private @Nullable Voice loudestWaiting() {
        Voice loudest = null;
        for (int i = 0; i < voices.size(); i++) {
            Voice voice = voices.get(i);
            if (!voice.isTalker()
                    && voice.isAudible()
                    && (loudest == null || voice.level() > loudest.level())) {
                loudest = voice;
            }
        }
        return loudest;
    }

    private @Nullable Voice weakestTalker() {
        Voice weakest = null;
        for (int i = 0; i < voices.size(); i++) {
            Voice voice = voices.get(i);
            if (voice.isTalker() && (weakest == null || voice.claim() <= weakest.claim())) {
                weakest = voice;
            }
        }
        return weakest;
    }
}

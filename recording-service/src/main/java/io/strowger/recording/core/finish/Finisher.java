package io.strowger.recording.core.finish;

import io.strowger.contracts.recording.RecordingEvent.RecordingFile;
import io.strowger.contracts.recording.RecordingSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Does what may take long: asks stores, builds files. Never on the caller's thread; answers on
/// threads of its own. What fails because a store is down is tried again until it works.
public interface Finisher extends AutoCloseable {
    /// Asks whether a recording can be stored.
    ///
    /// @param refusal empty: it can; else why not
    void check(RecordingSpec spec, Consumer<Optional<String>> refusal);

    /// Lets the store begin with a file that still grows. What fails is made up for in the end.
    ///
    /// @param stableBytes do not change any more, but for the header
    void advance(RecordingSpec spec, Path growing, long stableBytes);

    /// Looks whether a recording is finished already.
    void find(RecordingSpec spec, Consumer<Optional<RecordingFile>> found);

    /// Builds the file and stores it.
    void finish(Job job, Consumer<Outcome> outcome);

    /// Waits a few seconds for what is under way, then gives it up.
    @Override
    void close();

    /// A recording to finish.
    ///
    /// @param folder with its sealed spool; more files may be made there
    /// @param wanted asked between the steps; false: the recording is another's now
    record Job(FinishPlan plan, Path folder, BooleanSupplier wanted) {}

    /// How finishing went.
    sealed interface Outcome {}

    /// The file is stored.
    record Stored(RecordingFile file) implements Outcome {}

    /// There can be no file.
    ///
    /// @param detail for people
    record Impossible(String detail) implements Outcome {}
}

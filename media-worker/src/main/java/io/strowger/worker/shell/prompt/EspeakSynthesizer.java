package io.strowger.worker.shell.prompt;

import io.strowger.contracts.call.PlaySource;
import io.strowger.contracts.media.PlayOutcome;
import io.strowger.media.wav.WavReader;
import io.strowger.worker.core.play.Clip;
import io.strowger.worker.core.play.Loaded;
import io.strowger.worker.shell.speech.Languages;
import io.strowger.worker.shell.speech.Ssml;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks by a local espeak-ng, a process a text, four at a time. Platform threads read from them:
/// a pipe would keep the carrier of a virtual one.
final class EspeakSynthesizer implements SpeechSynthesizer {
    private static final Logger LOG = LoggerFactory.getLogger(EspeakSynthesizer.class);
    private static final int AT_ONCE = 4;
    private static final Loaded NO_SUCH_VOICE =
            new Loaded.Failed(PlayOutcome.SPEECH_FAILED, "there is no such voice");
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final ExecutorService pipes =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("speech-", 0).factory());
    private final Path program;
    private final Duration patience;
    private final int maxBytes;

    /// @param program espeak-ng
    /// @param patience for one text, waiting for its turn included
    /// @param maxBytes of the audio
    EspeakSynthesizer(Path program, Duration patience, int maxBytes) {
        this.program = program;
        this.patience = patience;
        this.maxBytes = maxBytes;
    }

    @Override
    public Loaded speak(PlaySource source) {
        try {
            return switch (source) {
                case PlaySource.TextSource(var text, var locale, var voice, _) ->
                        speak(text, false, Languages.of(locale, voice));
                case PlaySource.SsmlSource(var ssml, _) ->
                        speak(Ssml.reduced(ssml), true, Languages.of(null, null));
                case PlaySource.FileSource _ -> failed("a file is not spoken");
            };
        } catch (Ssml.NotSsmlException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private Loaded speak(String text, boolean marked, List<String> languages) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        for (String language : languages) {
            Loaded spoken = speak(text, marked, language, deadlineNs);
            if (spoken != NO_SUCH_VOICE) {
                return spoken;
            }
        }
        return failed("there is no voice for " + languages.getFirst());
    }

    private Loaded speak(String text, boolean marked, String language, long deadlineNs) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            return mine ? inTurn(text, command(marked, language), deadlineNs) : tooLate();
        } catch (TimeoutException e) {
            return tooLate();
        } catch (IOException | ExecutionException e) {
            LOG.atError().setCause(e).log("espeak-ng could not be run");
            return failed("the synthesizer could not be run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("the worker stops");
        } finally {
            if (mine) {
                turns.release();
            }
        }
    }

    private Loaded inTurn(String text, List<String> command, long deadlineNs)
            throws IOException, ExecutionException, InterruptedException, TimeoutException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            byte[] audio =
                    pipes.submit(() -> exchange(process, text))
                            .get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            return audio.length == 0 ? NO_SUCH_VOICE : decoded(audio);
        } finally {
            // Ends the exchange, too, when that is not over.
            process.destroyForcibly();
        }
    }

    private List<String> command(boolean marked, String language) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--stdin", "--stdout"));
        command.addAll(List.of("-v", language));
        if (marked) {
            command.add("-m");
        }
        return command;
    }

    /// It reads all before it speaks.
    private byte[] exchange(Process process, String text) throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("espeak-ng does not read its text");
        }
        return process.getInputStream().readNBytes(maxBytes + 1);
    }

    private Loaded tooLate() {
        return failed("the text was not spoken within " + patience.toMillis() + " ms");
    }

    private Loaded decoded(byte[] audio) {
        if (audio.length > maxBytes) {
            return failed("the spoken text is larger than " + maxBytes + " bytes");
        }
        return switch (WavReader.read(audio)) {
            case WavReader.Audio(short[] samples) -> new Loaded.Ready(new Clip(samples));
            case WavReader.NotAudio(var reason) -> failed(reason);
            case WavReader.TooLarge _ -> failed("the spoken text is too long");
        };
    }

    private static Loaded failed(String reason) {
        return new Loaded.Failed(PlayOutcome.SPEECH_FAILED, reason);
    }

    @Override
    public void close() {
        pipes.shutdownNow();
    }
}

package io.strowger.worker.shell.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The SIP messages that tests spoil: right ones, and those of RFC 4475, which are odd already.
public final class Corpus {
    private Corpus() {}

    /// All of them, in the same order each time.
    public static List<byte[]> sip() throws IOException {
        return Stream.of("/fuzz", "/torture", "/rfc4475")
                .flatMap(Corpus::files)
                .map(Corpus::read)
                .toList();
    }

    /// One by its name in `fuzz`.
    public static byte[] right(String name) throws IOException {
        return read(folder("/fuzz").resolve(name));
    }

    private static Stream<Path> files(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files
                    .filter(file -> file.toString().matches(".*\\.(sip|dat)"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(Corpus.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

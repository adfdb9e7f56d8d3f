package io.strowger.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// House rules that no compiler checks, over the sources of all modules.
class TidyTest {
    private static final int MOST_LINES_OF_A_FILE = 500;
    private static final Pattern OUTPUT =
            Pattern.compile("\\bSystem\\.(out|err)\\b|printStackTrace\\(");
    private static final Pattern TODO = Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");
    private static final Pattern WILDCARD = Pattern.compile("(?m)^import (static )?[\\w.]+\\.\\*;");
    private static final Pattern SLEEP =
            Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.[A-Z]+\\.sleep\\(");
    private static final Pattern SWALLOWED = Pattern.compile("catch \\([^)]*\\)\\s*\\{\\s*\\}");
    private static final Pattern SWITCHED_OFF =
            Pattern.compile("@Disabled|\\bassume(True|False|That)\\(");
    private static final Pattern VAGUE_NAME =
            Pattern.compile(
                    "(?m)^\\s*(public |final |abstract |sealed |static )*(class|record|interface|enum) \\w+(Manager|Helper|Util|Utils|Impl)\\b");

    @Test
    void looksAtAllModules() {
        assertTrue(sources("main").count() > 150, "too few sources seen: is the root right?");
        assertTrue(sources("test").count() > 50, "too few tests seen: is the root right?");
    }

    @Test
    void filesStaySmall() {
        List<String> large =
                all().filter(file -> text(file).lines().count() > MOST_LINES_OF_A_FILE)
                        .map(Path::toString)
                        .toList();

        assertEquals(List.of(), large);
    }

    @Test
    void mainCodePrintsNothingExceptTheCommandLine() {
        assertEquals(
                List.of(), offenders(sources("main").filter(file -> !isCommandLine(file)), OUTPUT));
    }

    @Test
    void nothingIsLeftToDoWithoutANumber() {
        assertEquals(List.of(), offenders(all().filter(TidyTest::isNotThisFile), TODO));
    }

    @Test
    void importsNameWhatTheyImport() {
        assertEquals(List.of(), offenders(all(), WILDCARD));
    }

    @Test
    void testsWaitForConditionsInsteadOfSleeping() {
        assertEquals(List.of(), offenders(sources("test").filter(TidyTest::isNotThisFile), SLEEP));
    }

    @Test
    void noErrorIsSwallowed() {
        assertEquals(List.of(), offenders(all().filter(TidyTest::isNotThisFile), SWALLOWED));
    }

    @Test
    void noTestIsSwitchedOff() {
        assertEquals(
                List.of(),
                offenders(sources("test").filter(TidyTest::isNotThisFile), SWITCHED_OFF));
    }

    @Test
    void namesSayWhatAThingIs() {
        assertEquals(List.of(), offenders(all(), VAGUE_NAME));
    }

    /// Libraries come from wherever the environment says: a committed address would bind a build to
    /// one place.
    @Test
    void nothingSaysWhereLibrariesAreFetchedFrom() throws IOException {
        List<Path> locks;
        try (Stream<Path> files = Files.walk(root())) {
            locks =
                    files.filter(file -> file.endsWith("package-lock.json"))
                            .filter(file ->
                                    !file.toString().contains("/node_modules/")
                                            && !file.toString().contains("/target/"))
                            .toList();
        }

        assertTrue(locks.size() >= 5, () -> "too few lock files seen: " + locks);
        assertEquals(List.of(), offenders(locks.stream(), Pattern.compile("\"resolved\"")));
        assertEquals(
                List.of(),
                offenders(
                        Stream.of(root().resolve("pom.xml")),
                        Pattern.compile("<(repository|pluginRepository|distributionManagement)>")));
    }

    private static boolean isCommandLine(Path file) {
        return file.toString().contains("/standalone/") || file.toString().contains("/benchmarks/");
    }

    private static boolean isNotThisFile(Path file) {
        return !file.endsWith("TidyTest.java");
    }

    private static List<String> offenders(Stream<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        files.forEach(file -> {
            String text = text(file);
            pattern.matcher(text)
                    .results()
                    .forEach(hit ->
                            found.add(
                                    file.getFileName()
                                            + ":"
                                            + text.substring(0, hit.start()).lines().count()));
        });
        return found;
    }

    private static Stream<Path> all() {
        return Stream.concat(sources("main"), sources("test"));
    }

    private static Stream<Path> sources(String set) {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path module :
                    modules.filter(path -> Files.exists(path.resolve("pom.xml"))).toList()) {
                Path folder = module.resolve("src/" + set + "/java");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    /// The folder of the whole project.
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.exists(here.resolve("strowger"))) {
            here = here.getParent();
        }
        return java.util.Objects.requireNonNull(here, "no folder above has the launcher");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

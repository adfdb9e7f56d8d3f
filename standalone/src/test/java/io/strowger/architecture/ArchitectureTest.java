package io.strowger.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final List<String> SERVICES =
            List.of("gateway", "orchestrator", "worker", "recording", "dispatcher");

    /// No I/O, no clock, no chance: the cores, and what they and shells alike calculate with.
    private static final String[] PURE = {"io.strowger..core..", "io.strowger.runtime.auth.."};

    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.strowger");

    @Test
    void everyServiceIsOnTheClassPath() {
        for (String service : SERVICES) {
            assertTrue(
                    ALL.stream()
                            .anyMatch(type ->
                                    type.getPackageName().startsWith("io.strowger." + service)),
                    "no class of " + service);
        }
    }

    @Test
    void coresKnowOnlyTheLanguageTheContractsAndThemselves() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat(
                                not(
                                        resideInAnyPackage(
                                                "io.strowger..core..",
                                                "io.strowger.runtime.auth..",
                                                "io.strowger.contracts..",
                                                "io.strowger.media..",
                                                "java.io",
                                                "java.lang..",
                                                "java.math..",
                                                "java.net",
                                                "java.nio..",
                                                "java.security..",
                                                "java.text..",
                                                "java.time..",
                                                "java.util..",
                                                "javax.crypto..",
                                                "org.jspecify.."))));
    }

    @Test
    void coresAskNoClockNoChanceAndNoMachine() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(
                                Thread.class,
                                java.util.Random.class,
                                java.util.concurrent.ThreadLocalRandom.class,
                                java.net.Socket.class,
                                java.net.DatagramSocket.class,
                                java.io.File.class));
    }

    @Test
    void servicesDoNotKnowEachOther() {
        for (String service : SERVICES) {
            String[] others =
                    SERVICES.stream()
                            .filter(other -> !other.equals(service))
                            .map(other -> "io.strowger." + other + "..")
                            .toArray(String[]::new);
            check(
                    noClasses()
                            .that()
                            .resideInAPackage("io.strowger." + service + "..")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(others)));
        }
    }

    @Test
    void contractsAndFormatsStandAlone() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.strowger.contracts..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("io.strowger..")
                                        .and(not(resideInAPackage("io.strowger.contracts..")))));
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.strowger.media..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("io.strowger..")
                                        .and(not(resideInAPackage("io.strowger.media..")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javax.sip..", "gov.nist.."})
    void jainSipStaysInItsShell(String library) {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.strowger.worker.shell.sip..")
                        .should()
                        .dependOnClassesThat(resideInAPackage(library)));
    }

    @Test
    void vertxStaysInShells() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage("io.strowger..core..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                        "io.vertx..", "org.apache.kafka..", "com.fasterxml..")));
    }

    @Test
    void kafkaClientsStayInTheirShells() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(
                                "io.strowger..shell.kafka..",
                                "io.strowger.runtime..",
                                "io.strowger.kafka..",
                                "io.strowger.standalone..",
                                "io.strowger.benchmarks..",
                                "io.strowger.testsupport..")
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("org.apache.kafka..", "io.vertx.kafka..")));
    }

    @Test
    void packagesHaveNoCycles() {
        for (String root :
                List.of(
                        "contracts",
                        "media",
                        "runtime",
                        "gateway",
                        "orchestrator",
                        "worker",
                        "recording",
                        "dispatcher")) {
            check(slices().matching("io.strowger." + root + ".(**)").should().beFreeOfCycles());
        }
    }

    @Test
    void everyPackageIsNullMarked() {
        check(
                classes()
                        .that()
                        .haveSimpleName("package-info")
                        .and()
                        .resideInAPackage("io.strowger..")
                        .should()
                        .beAnnotatedWith("org.jspecify.annotations.NullMarked"));
        List<String> marked =
                ALL.stream()
                        .filter(type -> type.getSimpleName().equals("package-info"))
                        .map(type -> type.getPackageName())
                        .toList();
        List<String> bare =
                ALL.stream()
                        .map(type -> type.getPackageName())
                        .distinct()
                        .filter(name -> !marked.contains(name))
                        .toList();
        assertTrue(bare.isEmpty(), "packages without package-info: " + bare);
    }

    private static void check(ArchRule rule) {
        rule.check(ALL);
    }
}

package io.strowger.acceptance;

import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// What the tests of `-Pcontainers` need of this machine. Without it they fail and say so: who
/// asked for them wants to know that they did not run.
final class Docker {
    /// The one that `compose.yaml` has, as a test sees to.
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.3.1");

    private Docker() {}

    /// A broker of the official image, started.
    ///
    /// @throws AssertionError when there is no Docker engine, with what to install
    static KafkaContainer broker() {
        requireEngine();
        KafkaContainer kafka = new KafkaContainer(KAFKA);
        kafka.start();
        return kafka;
    }

    private static void requireEngine() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new AssertionError(
                    "-Pcontainers needs a Docker engine, and none answers: install one (Debian:"
                            + " docker.io) and see that `docker info` works for this user; see"
                            + " CONTRIBUTING.md");
        }
    }

    /// @throws AssertionError when the engine does not have it, with how to make it
    static void requireImage(DockerImageName image) {
        requireEngine();
        try {
            DockerClientFactory.lazyClient().inspectImageCmd(image.asCanonicalNameString()).exec();
        } catch (NotFoundException e) {
            throw new AssertionError(
                    "-Pcontainers needs the image "
                            + image
                            + ": mvn -Pimages -DskipTests package && docker load -i"
                            + " standalone/target/jib-image.tar",
                    e);
        }
    }
}

package io.strowger.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerUrlsTest {
    private static final Settings.Container BUCKET = container("https://s3.example.com/bucket");
    private static final Settings.Container TEAM =
            container("https://s3.example.com/bucket/team-a/");
    private static final List<Settings.Container> CONTAINERS =
            List.of(BUCKET, TEAM, container("http://10.0.0.1:9000/calls/incoming"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://s3.example.com/bucket",
                "https://s3.example.com/bucket/",
                "HTTPS://S3.Example.com:443/bucket",
                "https://s3.example.com/bucket/a/b",
                "http://10.0.0.1:9000/calls/incoming",
                "http://10.0.0.1:9000/calls/incoming/today",
            })
    void allowsAContainerAndWhatIsBelowIt(String url) {
        assertTrue(ContainerUrls.allows(CONTAINERS, URI.create(url)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://s3.example.com/bucket",
                "https://s3.example.com:8443/bucket",
                "https://s3.example.com/",
                "https://s3.example.com",
                "https://s3.example.com/bucket2",
                "https://s3.example.com/Bucket",
                "https://s3.example.com.evil.example/bucket",
                "https://evil.example/bucket",
                "https://evil.example@s3.example.com/bucket",
                "https://s3.example.com/bucket?x=/bucket",
                "https://s3.example.com/bucket#x",
                "https://s3.example.com/bucket/../other",
                "https://s3.example.com/bucket/./a",
                "https://s3.example.com/bucket/%2e%2e/other",
                "https://s3.example.com/bucket//a",
                "https://s3.example.com//bucket",
                "http://10.0.0.1:9000/calls",
                "http://10.0.0.1:9000/calls/incoming2",
                "http://10.0.0.1:9000/calls/outgoing",
                "file:///bucket",
                "s3://bucket/team-a",
                "bucket/team-a",
                "mailto:a@example.com",
            })
    void refusesAllElse(String url) {
        assertFalse(ContainerUrls.allows(CONTAINERS, URI.create(url)));
    }

    @Test
    void picksTheClosestContainer() {
        assertEquals(TEAM, of("https://s3.example.com/bucket/team-a/x"));
        assertEquals(BUCKET, of("https://s3.example.com/bucket/team-b"));
    }

    @Test
    void readsBucketAndPrefix() {
        assertEquals(
                new ContainerUrls.Place(
                        URI.create("https://s3.example.com:443"), "bucket", "team-a/x/"),
                ContainerUrls.place(URI.create("https://s3.example.com/bucket/team-a/x"))
                        .orElseThrow());
    }

    @Test
    void aContainerInTheSettingsMustBeOne() {
        SettingsException refused =
                assertThrows(
                        SettingsException.class, () -> container("https://s3.example.com/?b=1"));

        assertTrue(refused.toString().contains("recordings.containers.url"), refused::toString);
    }

    private static Settings.Container of(String url) {
        return ContainerUrls.containerOf(CONTAINERS, URI.create(url)).orElseThrow();
    }

    private static Settings.Container container(String url) {
        return new Settings.Container(URI.create(url), "us-east-1", "id", new Secret("secret"));
    }
}

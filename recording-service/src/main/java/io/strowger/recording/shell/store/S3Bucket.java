package io.strowger.recording.shell.store;

import io.strowger.runtime.settings.ContainerUrls;
import io.strowger.runtime.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/// A bucket of anything that speaks S3. Every request has an end: 5 s to connect, 30 s without a
/// byte, 90 s an attempt, three attempts, 4 minutes in all. Safe for use by many threads.
final class S3Bucket implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration ATTEMPT = Duration.ofSeconds(90);
    private static final Duration ALL_ATTEMPTS = Duration.ofMinutes(4);
    private static final int ATTEMPTS = 3;
    private static final int NOT_FOUND = 404;
    private final S3Client client;
    private final String name;
    private final String place;
    private final String setting;

    private S3Bucket(S3Client client, String name, String place, String setting) {
        this.client = client;
        this.name = name;
        this.place = place;
        this.setting = setting;
    }

    /// The installation's own.
    static S3Bucket own(Settings.S3 set) {
        URI endpoint = set.endpoint().isEmpty() ? null : URI.create(set.endpoint());
        return new S3Bucket(
                client(
                        endpoint,
                        set.region(),
                        set.pathStyle(),
                        credentials(set.accessKeyId(), set.secretAccessKey().reveal())),
                set.bucket(),
                (endpoint == null ? "s3://" : withSlash(endpoint)) + set.bucket(),
                "recordings.s3");
    }

    /// An application's own.
    static S3Bucket of(Settings.Container container) {
        ContainerUrls.Place place = ContainerUrls.place(container.url()).orElseThrow();
        return new S3Bucket(
                client(
                        place.endpoint(),
                        container.region(),
                        true,
                        credentials(container.accessKeyId(), container.secretAccessKey().reveal())),
                place.bucket(),
                withSlash(place.endpoint()) + place.bucket(),
                "recordings.containers");
    }

    private static String withSlash(URI endpoint) {
        String text = endpoint.toString();
        return text.endsWith("/") ? text : text + "/";
    }

    private static AwsCredentialsProvider credentials(String id, String secret) {
        return id.isEmpty()
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    /// Asks for nothing that stores other than AWS do not have: no checksums besides the
    /// signature's, no chunks signed one by one.
    private static S3Client client(
            @Nullable URI endpoint,
            String region,
            boolean pathStyle,
            AwsCredentialsProvider credentials) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECT)
                                        .socketTimeout(SILENCE))
                        .region(Region.of(region))
                        .credentialsProvider(credentials)
                        .forcePathStyle(pathStyle)
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .chunkedEncodingEnabled(false)
                                        .expectContinueEnabled(false)
                                        .build())
                        .overrideConfiguration(all ->
                                all.apiCallAttemptTimeout(ATTEMPT)
                                        .apiCallTimeout(ALL_ATTEMPTS)
                                        .retryStrategy(
                                                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                        .maxAttempts(ATTEMPTS)
                                                        .build()));
        return (endpoint == null ? builder : builder.endpointOverride(endpoint)).build();
    }

    String name() {
        return name;
    }

    /// Where it is, for people.
    String place() {
        return place;
    }

    interface Call<T> {
        T on(S3Client client);
    }

    /// @param what is tried, for people
    /// @throws IOException that says what went wrong and which setting to look at
    <T> T call(String what, Call<T> call) throws IOException {
        try {
            return call.on(client);
        } catch (SdkException e) {
            throw failure(what, e);
        }
    }

    /// The same; empty when the store says that it is not there, or a part of it.
    <T> Optional<T> find(String what, Call<T> call) throws IOException {
        try {
            return Optional.of(call.on(client));
        } catch (AwsServiceException e) {
            if (isMissing(e)) {
                return Optional.empty();
            }
            throw failure(what, e);
        } catch (SdkException e) {
            throw failure(what, e);
        }
    }

    private static boolean isMissing(AwsServiceException e) {
        return e.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(code(e))
                || "InvalidPart".equals(code(e));
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    }

    private IOException failure(String what, SdkException e) {
        String reason =
                e instanceof AwsServiceException answer
                        ? "it answered " + answer.statusCode() + " " + code(answer)
                        : "it cannot be reached: " + e.getMessage();
        return new IOException(
                place + ": " + what + " failed, " + reason + " (" + setting + ")", e);
    }

    @Override
    public void close() {
        client.close();
    }
}

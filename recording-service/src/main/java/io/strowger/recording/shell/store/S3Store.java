package io.strowger.recording.shell.store;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Recordings in a bucket: `<prefix><recording id>.wav` or `.mp3`, and `<recording id>.json` about
/// it. Needs leave to get, put and delete objects, to list them, and to list and abort uploads in
/// parts.
final class S3Store implements RecordingStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);
    private static final String JSON = "application/json";
    private static final String PROBE = "write-check";
    private final S3Bucket bucket;
    private final String prefix;
    private final S3Uploads uploads;

    /// @param uploads the only ones of the bucket
    /// @param prefix of the names of objects
    S3Store(S3Bucket bucket, S3Uploads uploads, String prefix) {
        this.bucket = bucket;
        this.uploads = uploads;
        this.prefix = prefix;
    }

    @Override
    public void ensureWritable() throws IOException {
        String key = prefix + PROBE;
        write(key, new byte[0], "text/plain");
        try {
            deleteObject(key);
        } catch (IOException e) {
            LOG.atWarn()
                    .setCause(e)
                    .log("a store of recordings can be written to, but nothing deleted");
        }
    }

    private void write(String key, byte[] bytes, String contentType) throws IOException {
        bucket.call(
                "writing " + key,
                client ->
                        client.putObject(
                                request ->
                                        request.bucket(bucket.name())
                                                .key(key)
                                                .contentType(contentType),
                                RequestBody.fromBytes(bytes)));
    }

    private void deleteObject(String key) throws IOException {
        bucket.find(
                "deleting " + key,
                client -> client.deleteObject(request -> request.bucket(bucket.name()).key(key)));
    }

    /// Sends parts of 8 MiB, four at most. What grows is taken to become a WAV file.
    @Override
    public void advance(RecordingId recording, Path growing, long stableBytes) throws IOException {
        uploads.advance(audio(recording, growing, ContentType.WAV), stableBytes);
    }

    private S3Uploads.Audio audio(RecordingId recording, Path file, ContentType type) {
        return new S3Uploads.Audio(recording, file, type, key(recording, ObjectNames.ending(type)));
    }

    private String key(RecordingId recording, String ending) {
        return prefix + recording + "." + ending;
    }

    @Override
    public StoredRecording put(
            RecordingId recording, Path audio, ContentType contentType, byte[] metadata)
            throws IOException {
        uploads.put(audio(recording, audio, contentType));
        write(key(recording, ObjectNames.METADATA), metadata, JSON);
        for (ContentType other : ContentType.values()) {
            if (other != contentType) {
                deleteObject(key(recording, ObjectNames.ending(other)));
            }
        }
        return find(recording)
                .orElseThrow(() ->
                        new IOException(
                                bucket.place()
                                        + " does not list "
                                        + key(recording, ObjectNames.METADATA)
                                        + ", which was just written"));
    }

    @Override
    public Optional<StoredRecording> find(RecordingId recording) throws IOException {
        return found(recording, objects(recording));
    }

    private static Optional<StoredRecording> found(RecordingId recording, List<S3Object> objects) {
        Optional<S3Object> document =
                objects.stream()
                        .filter(one -> one.key().endsWith("." + ObjectNames.METADATA))
                        .findFirst();
        for (S3Object object : objects) {
            Optional<ContentType> type = ObjectNames.contentType(object.key());
            if (type.isPresent() && document.isPresent()) {
                return Optional.of(
                        new StoredRecording(
                                recording,
                                type.get(),
                                object.size(),
                                document.get().lastModified()));
            }
        }
        return Optional.empty();
    }

    private List<S3Object> objects(RecordingId recording) throws IOException {
        String start = prefix + recording + ".";
        return bucket.call(
                        "listing " + start + "*",
                        client ->
                                client.listObjectsV2(
                                        request -> request.bucket(bucket.name()).prefix(start)))
                .contents();
    }

    @Override
    public InputStream audio(StoredRecording recording, long offset, long length)
            throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        String key = key(recording.recording(), ObjectNames.ending(recording.contentType()));
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        ResponseInputStream<GetObjectResponse> stream =
                bucket.call(
                        "reading " + key,
                        client ->
                                client.getObject(request ->
                                        request.bucket(bucket.name()).key(key).range(range)));
        if (stream.response().contentLength() != length) {
            stream.abort();
            throw new IOException(bucket.place() + " does not give " + range + " of " + key);
        }
        return new AbortingStream(stream, length);
    }

    @Override
    public byte[] metadata(StoredRecording recording) throws IOException {
        String key = key(recording.recording(), ObjectNames.METADATA);
        return bucket.call(
                        "reading " + key,
                        client ->
                                client.getObjectAsBytes(
                                        request -> request.bucket(bucket.name()).key(key)))
                .asByteArray();
    }

    @Override
    public boolean delete(RecordingId recording) throws IOException {
        List<S3Object> objects = objects(recording);
        boolean there = found(recording, objects).isPresent();
        String document = key(recording, ObjectNames.METADATA);
        if (objects.stream().anyMatch(one -> one.key().equals(document))) {
            deleteObject(document);
        }
        for (S3Object object : objects) {
            if (!object.key().equals(document)) {
                deleteObject(object.key());
            }
        }
        return there;
    }

    @Override
    public List<Kept> page(@Nullable RecordingId after, int limit) throws IOException {
        // A slash comes right after the dot that all names of a recording have.
        String start = after == null ? prefix : prefix + after + "/";
        return bucket.call(
                "listing " + prefix,
                client -> {
                    KeptPage page = new KeptPage(limit);
                    for (S3Object object :
                            client.listObjectsV2Paginator(request ->
                                            request.bucket(bucket.name())
                                                    .prefix(prefix)
                                                    .delimiter("/")
                                                    .startAfter(start))
                                    .contents()) {
                        if (!page.add(object.key().substring(prefix.length()), object)) {
                            break;
                        }
                    }
                    return page.kept();
                });
    }

    @Override
    public int dropUnfinished(Instant time) throws IOException {
        List<MultipartUpload> old =
                bucket.call(
                        "listing uploads",
                        client ->
                                client
                                        .listMultipartUploadsPaginator(request ->
                                                request.bucket(bucket.name()).prefix(prefix))
                                        .uploads()
                                        .stream()
                                        .filter(upload -> isOurs(upload.key()))
                                        .filter(upload -> upload.initiated().isBefore(time))
                                        .limit(1000)
                                        .toList());
        for (MultipartUpload upload : old) {
            uploads.abort(upload.key(), upload.uploadId());
        }
        return old.size();
    }

    private boolean isOurs(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return ObjectNames.recording(name).isPresent() && ObjectNames.contentType(name).isPresent();
    }
}

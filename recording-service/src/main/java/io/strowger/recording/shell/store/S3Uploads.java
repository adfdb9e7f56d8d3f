package io.strowger.recording.shell.store;

import io.strowger.contracts.id.RecordingId;
import io.strowger.recording.core.store.RecordingStore.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/// Sends audio in parts of 8 MiB, also while it grows. The first part has the header, which is only
/// known at the end: it goes last. Before an upload is completed each part is compared with the
/// file by its digest, and sent again when it differs: what was sent early saves time and decides
/// nothing. One call at a time for each recording.
final class S3Uploads {
    static final long PART_BYTES = 8L << 20;

    /// Parts sent by one call for a growing file: its caller wants its thread back.
    private static final int PARTS_A_CALL = 4;

    private static final int LOCKS = 64;
    private final S3Bucket bucket;
    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(ReentrantLock[]::new);

    S3Uploads(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void alone(RecordingId recording, Step step) throws IOException {
        ReentrantLock lock = locks[Math.floorMod(recording.hashCode(), LOCKS)];
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }

    /// The audio of a recording on its way to its object.
    record Audio(RecordingId recording, Path file, ContentType contentType, String key) {
        Path stateFile() {
            return UploadState.file(recording, file);
        }
    }

    /// Sends whole parts below `stableBytes`, except the first.
    void advance(Audio audio, long stableBytes) throws IOException {
        alone(audio.recording(), () -> sendStable(audio, stableBytes));
    }

    private void sendStable(Audio audio, long stableBytes) throws IOException {
        int whole = (int) (stableBytes / PART_BYTES);
        if (whole < 2) {
            return;
        }
        Optional<UploadState> begun = load(audio);
        int next = 2 + (int) begun.stream().flatMap(one -> one.parts().stream()).count();
        int last = Math.min(whole, next + PARTS_A_CALL - 1);
        if (next > last) {
            return;
        }
        Upload upload = begun.isPresent() ? new Upload(audio, begun.get()) : begin(audio);
        for (int number = next; number <= last; number++) {
            if (!upload.send(number, PART_BYTES)) {
                Files.deleteIfExists(audio.stateFile());
                return;
            }
        }
    }

    /// Makes the object, whole.
    void put(Audio audio) throws IOException {
        alone(
                audio.recording(),
                () -> {
                    long size = Files.size(audio.file());
                    if (size <= PART_BYTES) {
                        abandon(audio);
                        putAtOnce(audio, size);
                    } else {
                        putInParts(audio, size);
                    }
                });
    }

    private void putAtOnce(Audio audio, long size) throws IOException {
        try (UploadedFile whole = new UploadedFile(audio.file(), 0, size)) {
            bucket.call(
                    "writing " + audio.key(),
                    client ->
                            client.putObject(
                                    request ->
                                            request.bucket(bucket.name())
                                                    .key(audio.key())
                                                    .contentType(audio.contentType().mediaType()),
                                    whole.body()));
        }
    }

    private void putInParts(Audio audio, long size) throws IOException {
        Optional<UploadState> begun = load(audio);
        if (begun.isEmpty() || !new Upload(audio, begun.get()).finish(size)) {
            if (!begin(audio).finish(size)) {
                throw new IOException(
                        bucket.place() + ": the upload of " + audio.key() + " was aborted there");
            }
        }
        Files.deleteIfExists(audio.stateFile());
    }

    /// The upload that was begun for this very object; another one is given up.
    private Optional<UploadState> load(Audio audio) throws IOException {
        Optional<UploadState> state = UploadState.load(audio.stateFile());
        if (state.isPresent() && !state.get().object().equals(object(audio.key()))) {
            abandon(audio);
            return Optional.empty();
        }
        return state;
    }

    /// What is remembered of an upload to another place is only forgotten: that place is not known
    /// here any more.
    private void abandon(Audio audio) throws IOException {
        Optional<UploadState> state = UploadState.load(audio.stateFile());
        if (state.isEmpty()) {
            return;
        }
        String here = object("");
        if (state.get().object().startsWith(here)) {
            abort(state.get().object().substring(here.length()), state.get().uploadId());
        }
        Files.deleteIfExists(audio.stateFile());
    }

    void abort(String key, String uploadId) throws IOException {
        bucket.find(
                "giving up the upload of " + key,
                client ->
                        client.abortMultipartUpload(request ->
                                request.bucket(bucket.name()).key(key).uploadId(uploadId)));
    }

    private String object(String key) {
        return bucket.place() + "/" + key;
    }

    private Upload begin(Audio audio) throws IOException {
        String id =
                bucket.call(
                                "beginning to upload " + audio.key(),
                                client ->
                                        client.createMultipartUpload(request ->
                                                request.bucket(bucket.name())
                                                        .key(audio.key())
                                                        .contentType(
                                                                audio.contentType().mediaType())))
                        .uploadId();
        UploadState state = new UploadState(object(audio.key()), id, List.of());
        state.keep(audio.stateFile());
        return new Upload(audio, state);
    }

    /// One that has begun.
    private final class Upload {
        private final Audio audio;
        private UploadState state;

        Upload(Audio audio, UploadState state) {
            this.audio = audio;
            this.state = state;
        }

        /// @return whether the store still knows the upload
        boolean send(int number, long length) throws IOException {
            long offset = (number - 1) * PART_BYTES;
            try (UploadedFile part = new UploadedFile(audio.file(), offset, length)) {
                return send(number, length, part, part.sha256());
            }
        }

        private boolean send(int number, long length, UploadedFile part, String sha256)
                throws IOException {
            Optional<String> etag =
                    bucket.find(
                            "writing part " + number + " of " + audio.key(),
                            client ->
                                    client.uploadPart(
                                                    request ->
                                                            request.bucket(bucket.name())
                                                                    .key(audio.key())
                                                                    .uploadId(state.uploadId())
                                                                    .partNumber(number)
                                                                    .contentLength(length),
                                                    part.body())
                                            .eTag());
            if (etag.isPresent()) {
                state = state.with(new UploadState.Part(number, length, sha256, etag.get()));
                state.keep(audio.stateFile());
            }
            return etag.isPresent();
        }

        /// @return whether the object is there now; not: the store does not know the upload any
        ///   more
        boolean finish(long size) throws IOException {
            int parts = (int) ((size + PART_BYTES - 1) / PART_BYTES);
            for (int number = 2; number <= parts; number++) {
                if (!ensure(number, size)) {
                    return false;
                }
            }
            return ensure(1, size) && complete(parts);
        }

        private boolean ensure(int number, long size) throws IOException {
            long offset = (number - 1) * PART_BYTES;
            long length = Math.min(PART_BYTES, size - offset);
            try (UploadedFile part = new UploadedFile(audio.file(), offset, length)) {
                String sha256 = part.sha256();
                Optional<UploadState.Part> sent = state.part(number);
                boolean same =
                        sent.isPresent()
                                && sent.get().sizeBytes() == length
                                && sent.get().sha256().equals(sha256);
                return same || send(number, length, part, sha256);
            }
        }

        private boolean complete(int parts) throws IOException {
            List<CompletedPart> all =
                    IntStream.rangeClosed(1, parts)
                            .mapToObj(number -> state.part(number).orElseThrow())
                            .map(part ->
                                    CompletedPart.builder()
                                            .partNumber(part.number())
                                            .eTag(part.etag())
                                            .build())
                            .toList();
            return bucket.find(
                            "completing the upload of " + audio.key(),
                            client ->
                                    client.completeMultipartUpload(request ->
                                            request.bucket(bucket.name())
                                                    .key(audio.key())
                                                    .uploadId(state.uploadId())
                                                    .multipartUpload(done -> done.parts(all))))
                    .isPresent();
        }
    }
}

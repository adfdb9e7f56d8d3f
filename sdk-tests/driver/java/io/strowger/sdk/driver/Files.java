package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallRecording;
import com.azure.communication.callautomation.CallRecordingAsync;
import com.azure.communication.callautomation.models.DownloadToFileOptions;
import com.azure.core.http.HttpRange;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.FluxUtil;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// Four recordings' files: the first is fetched in every way, then each is deleted in another.
final class Files {
    private static final HttpRange PART = new HttpRange(10, 100L);
    private final Report report;
    private final CallRecording recording;
    private final CallRecordingAsync async;
    private final List<JsonNode> chunks;
    private final String url;
    private byte[] whole = {};

    Files(Stage stage, List<String> ids) {
        this.report = stage.report();
        this.recording = stage.client().getCallRecording();
        this.async = stage.asyncClient().getCallRecordingAsync();
        this.chunks =
                ids.stream()
                        .map(id -> stage.people().file(id))
                        .map(file ->
                                file.path("recordingStorageInfo").path("recordingChunks").path(0))
                        .toList();
        this.url = chunks.get(0).path("contentLocation").asText();
    }

    void tell() throws Exception {
        contents();
        streams();
        paths();
        parts();
        deletes();
    }

    private void contents() throws Exception {
        whole =
                report.does(
                                "CallRecording.downloadContent(String)",
                                "GET_CONTENT",
                                () -> recording.downloadContent(url))
                        .toBytes();
        Check.equal("RIFF", new String(whole, 0, 4, StandardCharsets.US_ASCII));
        isWhole(
                "CallRecordingAsync.downloadContent(String)",
                () -> async.downloadContent(url).block().toBytes());
    }

    private void streams() throws Exception {
        isWhole(
                "CallRecording.downloadTo(String,OutputStream)",
                () -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    recording.downloadTo(url, bytes);
                    return bytes.toByteArray();
                });
        isWhole(
                "CallRecordingAsync.downloadStream(String)",
                () -> FluxUtil.collectBytesInByteBufferStream(async.downloadStream(url)).block());
    }

    private void paths() throws Exception {
        Path folder = java.nio.file.Files.createTempDirectory("recording");
        Path file = folder.resolve("call.wav");
        DownloadToFileOptions over = new DownloadToFileOptions().setOverwrite(true);
        isWhole(
                "CallRecording.downloadTo(String,Path)",
                () -> {
                    recording.downloadTo(url, file);
                    return java.nio.file.Files.readAllBytes(file);
                });
        isWhole(
                "CallRecording.downloadTo(String,Path,DownloadToFileOptions,Context)",
                () -> {
                    recording.downloadTo(url, file, over, Context.NONE);
                    return java.nio.file.Files.readAllBytes(file);
                });
        isWhole(
                "CallRecordingAsync.downloadTo(String,Path,DownloadToFileOptions)",
                () -> {
                    async.downloadTo(url, file, over).block();
                    return java.nio.file.Files.readAllBytes(file);
                });
        java.nio.file.Files.delete(file);
        isWhole(
                "CallRecordingAsync.downloadTo(String,Path)",
                () -> {
                    async.downloadTo(url, file).block();
                    return java.nio.file.Files.readAllBytes(file);
                });
        java.nio.file.Files.delete(file);
        java.nio.file.Files.delete(folder);
    }

    private void parts() throws Exception {
        isPart(
                "CallRecording.downloadContentWithResponse(String,HttpRange,Context)",
                () ->
                        bytes(
                                recording
                                        .downloadContentWithResponse(url, PART, Context.NONE)
                                        .getValue()));
        isPart(
                "CallRecordingAsync.downloadContentWithResponse(String,HttpRange)",
                () -> bytes(async.downloadContentWithResponse(url, PART).block().getValue()));
        isPart(
                "CallRecording.downloadTo(String,OutputStream,HttpRange,Context)",
                () -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    recording.downloadTo(url, bytes, PART, Context.NONE);
                    return bytes.toByteArray();
                });
        isPart(
                "CallRecordingAsync.downloadStreamWithResponse(String,HttpRange)",
                () ->
                        FluxUtil.collectBytesInByteBufferStream(
                                        async.downloadStreamWithResponse(url, PART)
                                                .block()
                                                .getValue())
                                .block());
    }

    private static byte[] bytes(BinaryData data) {
        return data.toBytes();
    }

    private void deletes() throws Exception {
        deletes("CallRecording.delete(String)", recording::delete, 0);
        deletes(
                "CallRecording.deleteWithResponse(String,Context)",
                where -> recording.deleteWithResponse(where, Context.NONE),
                1);
        deletes("CallRecordingAsync.delete(String)", where -> async.delete(where).block(), 2);
        deletes(
                "CallRecordingAsync.deleteWithResponse(String)",
                where -> async.deleteWithResponse(where).block(),
                3);
        try {
            recording.downloadContent(url);
        } catch (RuntimeException gone) {
            Check.that(gone.getMessage() != null, "an error with a message");
            return;
        }
        throw new AssertionError("a deleted file is still there");
    }

    private interface Deletion {
        void of(String where);
    }

    private void deletes(String method, Deletion deletion, int which) throws Exception {
        String where = chunks.get(which).path("deleteLocation").asText();
        report.does(method, "DELETE_CONTENT", () -> deletion.of(where));
    }

    private void isWhole(String method, Callable<byte[]> download) throws Exception {
        byte[] got = report.does(method, "GET_CONTENT", download);
        Check.that(Arrays.equals(whole, got), "the whole file, not " + got.length + " bytes");
    }

    private void isPart(String method, Callable<byte[]> download) throws Exception {
        byte[] got = report.does(method, "GET_CONTENT", download);
        Check.that(
                Arrays.equals(Arrays.copyOfRange(whole, 10, 110), got),
                "100 bytes of the file, not " + got.length);
    }
}

package io.strowger.benchmarks;

import io.strowger.media.tone.Tones;
import io.strowger.media.wav.WavWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;

/// A tone that calls play without an end.
final class Prompt {
    private Prompt() {}

    /// @return its address, as long as the rig lives
    static String serve(Rig rig) throws Exception {
        Buffer wav = Buffer.buffer(WavWriter.write(Tones.sine(440, 3000, 8000), 8000));
        var server =
                rig.vertx
                        .createHttpServer()
                        .requestHandler(request -> request.response().end(wav))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
        return "http://127.0.0.1:" + server.actualPort() + "/tone.wav";
    }

    /// @param path of the call
    static void loop(Rig rig, String path, String prompt) throws Exception {
        rig.api
                .send(
                        HttpMethod.POST,
                        path + ":play?" + ApiClient.VERSION,
                        "{\"playSources\":[{\"kind\":\"file\",\"playSourceCacheId\":\"tone\",\"file\":{\"uri\":\""
                                + prompt
                                + "\"}}],\"playOptions\":{\"loop\":true}}",
                        202)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}

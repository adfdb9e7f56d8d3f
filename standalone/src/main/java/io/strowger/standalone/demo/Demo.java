package io.strowger.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strowger.phone.Phone;
import io.strowger.phone.PhoneCall;
import io.strowger.phone.PhoneListener;
import io.strowger.phone.PhoneSettings;
import io.strowger.runtime.settings.Settings;
import io.strowger.standalone.client.ApiClient;
import io.strowger.standalone.platform.AllInOne;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// Places one reminder call and tells what happens. Real parts only: a broker, the five services,
/// SIP and RTP on sockets, webhooks over HTTP.
public final class Demo implements AutoCloseable {
    private static final String VERSION = "?api-version=2026-03-12";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOUD = 1000;

    /// Sound in the reminder before its last word is over.
    private static final int PROMPT_MS = 4000;

    private static final int SAMPLES_PER_MS = 8;
    private final Timeline timeline;
    private final Phone phone;
    private final DemoApp app;

    private Demo(Timeline timeline, Phone phone, DemoApp app) {
        this.timeline = timeline;
        this.phone = phone;
        this.app = app;
    }

    /// Starts the phone and the application's web server.
    public static Demo prepare(PrintWriter out) throws IOException {
        Timeline timeline = new Timeline(out, System::nanoTime);
        PhoneSettings settings =
                PhoneSettings.listening("127.0.0.1", 0).withAnswerAfter(Duration.ofMillis(800));
        return new Demo(
                timeline, Phone.start(settings, new Told(timeline)), DemoApp.start(timeline));
    }

    /// The way to the phone, as the setting `trunks`.
    public String trunks() {
        return "[{name: demo-phone, uri: \"sip:" + phone.address() + "\"}]";
    }

    /// @param settings with [#trunks] in them
    /// @return whether everything went as it should
    public boolean run(Settings settings) throws Exception {
        timeline.text("Strowger demo: a reminder call to a built-in phone, over real SIP and RTP.");
        timeline.text("Starting a Kafka broker and the five services ...");
        try (AllInOne all = AllInOne.start(settings)) {
            if (!all.awaitReady(READY_WITHIN)) {
                throw new IllegalStateException("the platform was not ready in time");
            }
            timeline.line("", "platform is ready at " + all.endpoint());
            timeline.text("");
            timeline.restart();
            ApiClient api =
                    new ApiClient(
                            all.endpoint(),
                            all.accessKey(),
                            HttpClient.newHttpClient(),
                            InstantSource.system());
            String pressed = remind(api);
            return judge(pressed);
        }
    }

    private String remind(ApiClient api) throws IOException, InterruptedException {
        String created =
                request(
                        api,
                        "POST",
                        "/calling/callConnections",
                        """
                        {"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"+15550100001"}}],
                         "sourceCallerIdNumber":{"value":"+15550100000"},
                         "callbackUri":"%s","operationContext":"reminder-42"}\
                        """
                                .formatted(app.uri("/events")),
                        201);
        String call =
                "/calling/callConnections/"
                        + JSON.readTree(created).path("callConnectionId").asText();
        app.await("CallConnected", SOON);
        request(
                api,
                "POST",
                call + ":recognize",
                """
                {"recognizeInputType":"dtmf","playPrompt":{"kind":"file","file":{"uri":"%s"}},
                 "recognizeOptions":{"targetParticipant":{"rawId":"4:+15550100001"},
                   "interruptPrompt":true,"initialSilenceTimeoutInSeconds":10,
                   "dtmfOptions":{"maxTonesToCollect":1}}}\
                """
                        .formatted(app.uri("/prompts/reminder.wav")),
                202);
        pressWhenThePromptWasHeard();
        JsonNode recognized = app.await("RecognizeCompleted", SOON);
        String pressed = recognized.path("dtmfResult").path("tones").path(0).asText();
        request(
                api,
                "POST",
                call + ":play",
                """
                {"playSources":[{"kind":"file","file":{"uri":"%s"}}]}\
                """
                        .formatted(app.uri("/prompts/thanks.wav")),
                202);
        app.await("PlayCompleted", SOON);
        request(api, "POST", call + ":terminate", "", 204);
        app.await("CallDisconnected", SOON);
        return pressed;
    }

    /// As a person would: listens to "press one to confirm", then presses.
    private void pressWhenThePromptWasHeard() throws InterruptedException {
        PhoneCall call = phone.awaitCall(one -> one.state() == PhoneCall.State.ANSWERED, SOON);
        if (!call.await(one -> loudMs(one.heard()) >= PROMPT_MS, SOON)) {
            throw new IllegalStateException("the phone did not hear the prompt");
        }
        timeline.line("phone", "presses 1");
        call.press("1");
    }

    private String request(ApiClient api, String method, String path, String body, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> response = api.send(method, path + VERSION, body, Map.of());
        timeline.line(
                "app",
                method
                        + " "
                        + path.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}")
                        + "  "
                        + response.statusCode());
        if (response.statusCode() != expected) {
            throw new IllegalStateException(
                    "answered "
                            + response.statusCode()
                            + " instead of "
                            + expected
                            + ": "
                            + response.body());
        }
        return response.body();
    }

    private boolean judge(String pressed) throws InterruptedException {
        PhoneCall call = phone.awaitCall(one -> one.state() == PhoneCall.State.ENDED, SOON);
        int heardMs = loudMs(call.heard());
        boolean good = pressed.equals("one") && app.cameInOrder() && heardMs > 3000;
        timeline.text("");
        timeline.text(
                String.format(
                        Locale.ROOT,
                        "%s: key pressed \"%s\"; %d events delivered, %s; the phone heard %.1f s of"
                                + " speech.",
                        good ? "The appointment is confirmed" : "Something went wrong",
                        pressed,
                        app.eventCount(),
                        app.cameInOrder() ? "all in order" : "NOT in order",
                        heardMs / 1000.0));
        if (good) {
            timeline.text(
                    "Next: ./strowger up, then a call of your own (README.md, \"First call\").");
        }
        return good;
    }

    /// How many milliseconds were not silent.
    private static int loudMs(short[] samples) {
        int frame = 20 * SAMPLES_PER_MS;
        int loud = 0;
        for (int at = 0; at + frame <= samples.length; at += frame) {
            int peak = 0;
            for (int i = at; i < at + frame; i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
            loud += peak > LOUD ? 20 : 0;
        }
        return loud;
    }

    @Override
    public void close() {
        phone.close();
        app.close();
    }

    private static final class Told implements PhoneListener {
        private final Timeline timeline;

        Told(Timeline timeline) {
            this.timeline = timeline;
        }

        @Override
        public void incoming(PhoneCall call) {
            timeline.line("phone", "rings");
        }

        @Override
        public void answered(PhoneCall call) {
            timeline.line("phone", "is picked up");
        }

        @Override
        public void ended(PhoneCall call, String reason) {
            timeline.line("phone", reason);
        }
    }
}

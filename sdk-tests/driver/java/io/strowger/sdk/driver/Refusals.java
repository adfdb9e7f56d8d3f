package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.core.exception.HttpResponseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What the SDK tells an application when the platform says no.
final class Refusals {
    private static final String FORGED = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    private final Stage stage;
    private final Report report;

    Refusals(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
    }

    void tell() {
        report.story("an unknown call is not found", this::isUnknown);
        report.story("a bad request is refused with its reason", this::isBad);
        report.story("a wrong key is refused", this::isStranger);
        report.story("a busy number fails the call", this::isBusy);
    }

    private void isUnknown() throws Exception {
        CallConnection call = stage.client().getCallConnection(FORGED);
        report.isRefused(404, "8522", call::getCallProperties);
        report.isRefused(404, "8522", () -> call.hangUp(true));
        report.isRefused(404, "8522", () -> stage.client().getCallRecording().getState("bm9uZQ"));
    }

    private void isBad() throws Exception {
        String told =
                report.isRefused(
                        400,
                        "8523",
                        () -> stage.client().createCall(stage.invite("ann"), "no-address"));
        Check.that(told.contains("callbackUri"), "the reason in " + told);
        report.isRefused(
                400,
                "8523",
                () ->
                        stage.client()
                                .answerCall(
                                        "no-context", stage.application().mailbox("bad").url()));
    }

    private void isStranger() {
        String endpoint = stage.connectionString().replaceAll(".*endpoint=([^;]+).*", "$1");
        String key =
                Base64.getEncoder()
                        .encodeToString("no key of this platform".getBytes(StandardCharsets.UTF_8));
        CallAutomationClient stranger =
                new CallAutomationClientBuilder()
                        .connectionString("endpoint=" + endpoint + ";accesskey=" + key)
                        .buildClient();
        try {
            stranger.getCallConnection(FORGED).getCallProperties();
        } catch (HttpResponseException e) {
            Check.equal(401, e.getResponse().getStatusCode());
            Check.that(e.getMessage().contains("\"code\""), "a code in " + e.getMessage());
            return;
        }
        throw new AssertionError("a stranger is let in");
    }

    private void isBusy() {
        Mailbox events = stage.application().mailbox("busy");
        stage.client().createCall(stage.invite("busy"), events.url());
        events.takes(CallDisconnected.class);
    }
}

package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/// An application that shows the bearer token of an identity provider instead of signing with a
/// key.
final class Tokens {
    private static final String FORGED = "6f9619ff-8b86-d011-b42d-00c04fc964ff";
    private final Stage stage;
    private final Report report;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Tokens(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
    }

    void tell() {
        report.story("an application calls by its token", this::isLetIn);
        report.story("a token for others is refused", this::isRefused);
    }

    private CallAutomationClient showing(String token) {
        TokenCredential credential =
                request -> {
                    asked.addAll(request.getScopes());
                    return Mono.just(new AccessToken(token, OffsetDateTime.now().plusHours(1)));
                };
        return new CallAutomationClientBuilder()
                .endpoint(stage.connectionString().replaceAll(".*endpoint=([^;]+).*", "$1"))
                .credential(credential)
                .buildClient();
    }

    private void isLetIn() {
        Mailbox events = stage.application().mailbox("token");
        CallConnection call =
                showing(System.getenv("TOKEN"))
                        .createCall(stage.invite("ann"), events.url())
                        .getCallConnection();
        events.takes(CallConnected.class);
        Check.equal(1L, call.listParticipants().stream().count());
        call.hangUp(true);
        events.takes(CallDisconnected.class);
        Check.equal("https://communication.azure.com//.default", asked.get(0));
    }

    private void isRefused() {
        CallConnection call = showing(System.getenv("TOKEN_FOR_OTHERS")).getCallConnection(FORGED);
        try {
            call.getCallProperties();
        } catch (HttpResponseException e) {
            Check.equal(401, e.getResponse().getStatusCode());
            Check.that(e.getMessage().contains("Denied"), "a code in " + e.getMessage());
            return;
        }
        throw new AssertionError("a token for others is let in");
    }
}

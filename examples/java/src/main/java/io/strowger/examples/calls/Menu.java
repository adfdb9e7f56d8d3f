package io.strowger.examples.calls;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.models.CallMediaRecognizeDtmfOptions;
import com.azure.communication.callautomation.models.DtmfResult;
import com.azure.communication.callautomation.models.DtmfTone;
import com.azure.communication.callautomation.models.FileSource;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.callautomation.models.events.CallTransferAccepted;
import com.azure.communication.callautomation.models.events.RecognizeCompleted;
import com.azure.communication.callautomation.models.events.RecognizeFailed;
import com.azure.communication.common.CommunicationIdentifier;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Answers calls to the application's number and offers: 1 the menu again, 2 a person.
///
/// Environment: `CONNECTION_STRING`, `PORT`, `CALLBACK` (where `PORT` can be reached), `PROMPT` (a
/// WAV's URL), `PERSON` (`8:acs:...`).
public final class Menu {
    private final CallAutomationClient client;
    private final Map<String, CommunicationIdentifier> callers = new HashMap<>();

    private Menu(CallAutomationClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException {
        Menu menu =
                new Menu(
                        new CallAutomationClientBuilder()
                                .connectionString(System.getenv("CONNECTION_STRING"))
                                .buildClient());
        Callbacks.listen(
                Integer.parseInt(System.getenv("PORT")), menu::onCallEvent, menu::onGridEvent);
        System.out.println("listening");
    }

    private void onGridEvent(JsonNode event) {
        if (event.path("eventType").asText().equals("Microsoft.Communication.IncomingCall")) {
            client.answerCall(
                    event.path("data").path("incomingCallContext").asText(),
                    System.getenv("CALLBACK"));
            System.out.println("answered");
        }
    }

    private void onCallEvent(CallAutomationEventBase event) {
        String id = event.getCallConnectionId();
        CallConnection call = client.getCallConnection(id);
        if (event instanceof CallConnected) {
            callers.put(id, call.listParticipants().iterator().next().getIdentifier());
            offer(id);
        } else if (event instanceof RecognizeCompleted completed) {
            DtmfResult keys = (DtmfResult) completed.getRecognizeResult().orElseThrow();
            if (keys.getTones().get(0).equals(DtmfTone.TWO)) {
                System.out.println("to a person");
                call.transferCallToParticipant(
                        new CommunicationUserIdentifier(System.getenv("PERSON")));
            } else {
                System.out.println("the menu again");
                offer(id);
            }
        } else if (event instanceof RecognizeFailed) {
            call.hangUp(true);
        } else if (event instanceof CallTransferAccepted) {
            System.out.println("transferred");
        } else if (event instanceof CallDisconnected) {
            callers.remove(id);
            System.out.println("the application is out");
        }
    }

    private void offer(String id) {
        CallMediaRecognizeDtmfOptions oneKey =
                new CallMediaRecognizeDtmfOptions(callers.get(id), 1);
        oneKey.setInitialSilenceTimeout(Duration.ofSeconds(10))
                .setPlayPrompt(new FileSource().setUrl(System.getenv("PROMPT")));
        client.getCallConnection(id).getCallMedia().startRecognizing(oneKey);
    }
}

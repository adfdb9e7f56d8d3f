package io.strowger.examples.calls;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.models.CallInvite;
import com.azure.communication.callautomation.models.CallMediaRecognizeDtmfOptions;
import com.azure.communication.callautomation.models.DtmfResult;
import com.azure.communication.callautomation.models.DtmfTone;
import com.azure.communication.callautomation.models.FileSource;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.callautomation.models.events.RecognizeCompleted;
import com.azure.communication.callautomation.models.events.RecognizeFailed;
import com.azure.communication.common.PhoneNumberIdentifier;
import java.io.IOException;
import java.time.Duration;

/// Calls a patient, reads a reminder, waits for 1 (I come) or 2 (I do not).
///
/// Environment: `CONNECTION_STRING`, `PORT`, `CALLBACK` (where `PORT` can be reached), `CALLER`,
/// `PATIENT`, `PROMPT` (a WAV's URL).
public final class Reminder {
    private final CallAutomationClient client;
    private final PhoneNumberIdentifier patient;

    private Reminder(CallAutomationClient client, PhoneNumberIdentifier patient) {
        this.client = client;
        this.patient = patient;
    }

    public static void main(String[] arguments) throws IOException {
        CallAutomationClient client =
                new CallAutomationClientBuilder()
                        .connectionString(System.getenv("CONNECTION_STRING"))
                        .buildClient();
        PhoneNumberIdentifier patient = new PhoneNumberIdentifier(System.getenv("PATIENT"));
        Reminder reminder = new Reminder(client, patient);
        Callbacks.listen(
                Integer.parseInt(System.getenv("PORT")), reminder::onCallEvent, event -> {});
        client.createCall(
                new CallInvite(patient, new PhoneNumberIdentifier(System.getenv("CALLER"))),
                System.getenv("CALLBACK"));
        System.out.println("calling");
    }

    private void onCallEvent(CallAutomationEventBase event) {
        CallConnection call = client.getCallConnection(event.getCallConnectionId());
        if (event instanceof CallConnected) {
            CallMediaRecognizeDtmfOptions oneKey = new CallMediaRecognizeDtmfOptions(patient, 1);
            oneKey.setInitialSilenceTimeout(Duration.ofSeconds(10))
                    .setPlayPrompt(new FileSource().setUrl(System.getenv("PROMPT")));
            call.getCallMedia().startRecognizing(oneKey);
        } else if (event instanceof RecognizeCompleted completed) {
            DtmfResult keys = (DtmfResult) completed.getRecognizeResult().orElseThrow();
            boolean comes = keys.getTones().get(0).equals(DtmfTone.ONE);
            System.out.println(comes ? "the patient comes" : "the patient does not come");
            call.hangUp(true);
        } else if (event instanceof RecognizeFailed) {
            System.out.println("the patient says nothing");
            call.hangUp(true);
        } else if (event instanceof CallDisconnected) {
            System.out.println("the call is over");
            System.exit(0);
        }
    }
}

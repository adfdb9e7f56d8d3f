package io.strowger.examples.calls;

import com.azure.communication.callautomation.CallAutomationClient;
import com.azure.communication.callautomation.CallAutomationClientBuilder;
import com.azure.communication.callautomation.models.CallInvite;
import com.azure.communication.callautomation.models.FileSource;
import com.azure.communication.callautomation.models.RecordingChannel;
import com.azure.communication.callautomation.models.RecordingContent;
import com.azure.communication.callautomation.models.RecordingFormat;
import com.azure.communication.callautomation.models.ServerCallLocator;
import com.azure.communication.callautomation.models.StartRecordingOptions;
import com.azure.communication.callautomation.models.events.CallAutomationEventBase;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/// Calls a person, records the call, and fetches the file when it is made.
///
/// Environment: `CONNECTION_STRING`, `PORT`, `CALLBACK` (where `PORT` can be reached), `CALLER`,
/// `PERSON`, `PROMPT` (a WAV's URL), `FILE`. The application's `eventsUrl` in Strowger's settings
/// leads to `PORT` too: there it is told of files.
public final class Recorder {
    private final CallAutomationClient client;
    private String recordingId = "";

    private Recorder(CallAutomationClient client) {
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException {
        CallAutomationClient client =
                new CallAutomationClientBuilder()
                        .connectionString(System.getenv("CONNECTION_STRING"))
                        .buildClient();
        Recorder recorder = new Recorder(client);
        Callbacks.listen(
                Integer.parseInt(System.getenv("PORT")),
                recorder::onCallEvent,
                recorder::onGridEvent);
        client.createCall(
                new CallInvite(
                        new PhoneNumberIdentifier(System.getenv("PERSON")),
                        new PhoneNumberIdentifier(System.getenv("CALLER"))),
                System.getenv("CALLBACK"));
        System.out.println("calling");
    }

    private void onCallEvent(CallAutomationEventBase event) {
        if (event instanceof CallConnected) {
            StartRecordingOptions options =
                    new StartRecordingOptions(new ServerCallLocator(event.getServerCallId()))
                            .setRecordingContent(RecordingContent.AUDIO)
                            .setRecordingChannel(RecordingChannel.MIXED)
                            .setRecordingFormat(RecordingFormat.WAV);
            recordingId = client.getCallRecording().start(options).getRecordingId();
            System.out.println("recording");
            client.getCallConnection(event.getCallConnectionId())
                    .getCallMedia()
                    .playToAll(new FileSource().setUrl(System.getenv("PROMPT")));
        } else if (event instanceof CallDisconnected) {
            System.out.println("the call is over");
            if (recordingId.isEmpty()) {
                System.exit(1);
            }
        }
    }

    private void onGridEvent(JsonNode event) {
        if (!event.path("eventType")
                        .asText()
                        .equals("Microsoft.Communication.RecordingFileStatusUpdated")
                || recordingId.isEmpty()
                || !event.path("subject").asText().endsWith("/recordingId/" + recordingId)) {
            return;
        }
        JsonNode chunk = event.at("/data/recordingStorageInfo/recordingChunks/0");
        client.getCallRecording()
                .downloadTo(
                        chunk.path("contentLocation").asText(), Path.of(System.getenv("FILE")));
        client.getCallRecording().delete(chunk.path("deleteLocation").asText());
        System.out.println("the file is here");
        System.exit(0);
    }
}

package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.CallConnectionAsync;
import com.azure.communication.callautomation.CallMedia;
import com.azure.communication.callautomation.CallMediaAsync;
import com.azure.communication.callautomation.models.CallConnectionState;
import com.azure.communication.callautomation.models.CallMediaRecognizeDtmfOptions;
import com.azure.communication.callautomation.models.CallParticipant;
import com.azure.communication.callautomation.models.CreateCallOptions;
import com.azure.communication.callautomation.models.CreateCallResult;
import com.azure.communication.callautomation.models.DtmfResult;
import com.azure.communication.callautomation.models.DtmfTone;
import com.azure.communication.callautomation.models.FileSource;
import com.azure.communication.callautomation.models.PlayOptions;
import com.azure.communication.callautomation.models.PlaySource;
import com.azure.communication.callautomation.models.PlayToAllOptions;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.callautomation.models.events.ParticipantsUpdated;
import com.azure.communication.callautomation.models.events.PlayCanceled;
import com.azure.communication.callautomation.models.events.PlayCompleted;
import com.azure.communication.callautomation.models.events.PlayFailed;
import com.azure.communication.callautomation.models.events.RecognizeCanceled;
import com.azure.communication.callautomation.models.events.RecognizeCompleted;
import com.azure.communication.callautomation.models.events.RecognizeFailed;
import com.azure.communication.common.CommunicationIdentifier;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.azure.core.util.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// One person is called, hears prompts, presses keys.
final class OneCall {
    private final Stage stage;
    private final Report report;
    private final Mailbox events;
    private final PhoneNumberIdentifier ann;
    private CallConnection call;
    private CallConnectionAsync asyncCall;
    private CallMedia media;
    private CallMediaAsync asyncMedia;

    OneCall(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
        this.events = stage.application().mailbox("one-call");
        this.ann = stage.phone("ann");
    }

    void tell() {
        report.story("a number is called", this::isCalled);
        report.story("the call is described", this::isDescribed);
        report.story("prompts are heard", this::hearsPrompts);
        report.story("prompts fail and are cancelled", this::hearsNoPrompts);
        report.story("keys are recognized", this::pressesKeys);
        report.story("the call ends for everyone", this::ends);
        report.story("calls are placed and ended in every other way", this::otherWays);
    }

    private void isCalled() throws Exception {
        report.does(
                "CallAutomationClient.getSourceIdentity()",
                "",
                () -> stage.client().getSourceIdentity());
        report.does(
                "CallAutomationAsyncClient.getSourceIdentity()",
                "",
                () -> stage.asyncClient().getSourceIdentity());
        CreateCallResult created =
                report.does(
                        "CallAutomationClient.createCall(CallInvite,String)",
                        "CREATE_CALL",
                        () -> stage.client().createCall(stage.invite("ann"), events.url()));
        Check.equal(
                CallConnectionState.CONNECTING,
                created.getCallConnectionProperties().getCallConnectionState());
        String id = created.getCallConnectionProperties().getCallConnectionId();
        CallConnected connected =
                report.does(
                        "CallAutomationEventParser.parseEvents(String)",
                        "",
                        () -> events.takes(CallConnected.class));
        Check.equal(id, connected.getCallConnectionId());
        Check.that(connected.getServerCallId() != null, "a server call id");
        Check.that(connected.getCorrelationId() != null, "a correlation id");
        ParticipantsUpdated updated = events.takes(ParticipantsUpdated.class);
        Check.equal(ann, updated.getParticipants().get(0).getIdentifier());
        call =
                report.does(
                        "CallAutomationClient.getCallConnection(String)",
                        "",
                        () -> stage.client().getCallConnection(id));
        asyncCall =
                report.does(
                        "CallAutomationAsyncClient.getCallConnectionAsync(String)",
                        "",
                        () -> stage.asyncClient().getCallConnectionAsync(id));
        media = report.does("CallConnection.getCallMedia()", "", () -> call.getCallMedia());
        asyncMedia =
                report.does(
                        "CallConnectionAsync.getCallMediaAsync()",
                        "",
                        () -> asyncCall.getCallMediaAsync());
    }

    private void isDescribed() throws Exception {
        Check.equal(
                CallConnectionState.CONNECTED,
                report.does(
                                "CallConnection.getCallProperties()",
                                "GET_CALL",
                                () -> call.getCallProperties())
                        .getCallConnectionState());
        Check.equal(
                List.of(ann),
                report.does(
                                "CallConnection.getCallPropertiesWithResponse(Context)",
                                "GET_CALL",
                                () -> call.getCallPropertiesWithResponse(Context.NONE))
                        .getValue()
                        .getTargetParticipants());
        report.does(
                "CallConnectionAsync.getCallProperties()",
                "GET_CALL",
                () -> asyncCall.getCallProperties().block());
        report.does(
                "CallConnectionAsync.getCallPropertiesWithResponse()",
                "GET_CALL",
                () -> asyncCall.getCallPropertiesWithResponse().block());
        isAnn("CallConnection.listParticipants()", () -> call.listParticipants().stream().toList());
        isAnn(
                "CallConnection.listParticipants(Context)",
                () -> call.listParticipants(Context.NONE).stream().toList());
        isAnn(
                "CallConnectionAsync.listParticipants()",
                () -> asyncCall.listParticipants().collectList().block());
        isAnn(
                "CallConnection.getParticipant(CommunicationIdentifier)",
                () -> List.of(call.getParticipant(ann)));
        isAnn(
                "CallConnection.getParticipantWithResponse(CommunicationIdentifier,Context)",
                () -> List.of(call.getParticipantWithResponse(ann, Context.NONE).getValue()));
        isAnn(
                "CallConnectionAsync.getParticipant(CommunicationIdentifier)",
                () -> List.of(asyncCall.getParticipant(ann).block()));
        isAnn(
                "CallConnectionAsync.getParticipantWithResponse(CommunicationIdentifier)",
                () -> List.of(asyncCall.getParticipantWithResponse(ann).block().getValue()));
    }

    private void isAnn(String method, Callable<List<CallParticipant>> asked) throws Exception {
        String operation = method.contains("list") ? "LIST_PARTICIPANTS" : "GET_PARTICIPANT";
        List<CallParticipant> participants = report.does(method, operation, asked);
        Check.equal(1, participants.size());
        Check.equal(ann, participants.get(0).getIdentifier());
        Check.equal(false, participants.get(0).isMuted());
    }

    private void hearsPrompts() throws Exception {
        PlaySource tone = stage.tone(1500, 100);
        List<CommunicationIdentifier> toAnn = List.of(ann);
        report.does(
                "CallMedia.playToAll(PlaySource)",
                "PLAY",
                () -> media.playToAll(stage.tone(1500, 1000)));
        stage.people().hears("ann", 1500);
        events.takes(PlayCompleted.class);
        isPlayed("CallMedia.playToAll(List)", () -> media.playToAll(List.of(tone)));
        isPlayed("CallMedia.play(PlaySource,List)", () -> media.play(tone, toAnn));
        isPlayed("CallMedia.play(List,List)", () -> media.play(List.of(tone), toAnn));
        PlayOptions options = new PlayOptions(tone, toAnn).setOperationContext("to-ann");
        PlayToAllOptions toAll = new PlayToAllOptions(tone).setOperationContext("to-all");
        PlayCompleted one =
                isPlayed(
                        "CallMedia.playWithResponse(PlayOptions,Context)",
                        () -> media.playWithResponse(options, Context.NONE));
        Check.equal("to-ann", one.getOperationContext());
        PlayCompleted all =
                isPlayed(
                        "CallMedia.playToAllWithResponse(PlayToAllOptions,Context)",
                        () -> media.playToAllWithResponse(toAll, Context.NONE));
        Check.equal("to-all", all.getOperationContext());
        isPlayed("CallMediaAsync.playToAll(PlaySource)", () -> asyncMedia.playToAll(tone).block());
        isPlayed(
                "CallMediaAsync.playToAll(List)",
                () -> asyncMedia.playToAll(List.of(tone)).block());
        isPlayed(
                "CallMediaAsync.play(PlaySource,List)", () -> asyncMedia.play(tone, toAnn).block());
        isPlayed(
                "CallMediaAsync.play(List,List)",
                () -> asyncMedia.play(List.of(tone), toAnn).block());
        isPlayed(
                "CallMediaAsync.playWithResponse(PlayOptions)",
                () -> asyncMedia.playWithResponse(options).block());
        isPlayed(
                "CallMediaAsync.playToAllWithResponse(PlayToAllOptions)",
                () -> asyncMedia.playToAllWithResponse(toAll).block());
    }

    private PlayCompleted isPlayed(String method, Report.Part play) throws Exception {
        report.does(method, "PLAY", play);
        PlayCompleted completed = events.takes(PlayCompleted.class);
        Check.equal(0, completed.getResultInformation().getSubCode());
        return completed;
    }

    private void hearsNoPrompts() throws Exception {
        media.playToAll(new FileSource().setUrl(stage.people().missing()));
        PlayFailed failed = events.takes(PlayFailed.class);
        Check.equal(400, failed.getResultInformation().getCode());
        Check.equal(8536, failed.getResultInformation().getSubCode());
        isCancelled("CallMedia.cancelAllMediaOperations()", () -> media.cancelAllMediaOperations());
        isCancelled(
                "CallMedia.cancelAllMediaOperationsWithResponse(Context)",
                () -> media.cancelAllMediaOperationsWithResponse(Context.NONE));
        isCancelled(
                "CallMediaAsync.cancelAllMediaOperations()",
                () -> asyncMedia.cancelAllMediaOperations().block());
        isCancelled(
                "CallMediaAsync.cancelAllMediaOperationsWithResponse()",
                () -> asyncMedia.cancelAllMediaOperationsWithResponse().block());
    }

    private void isCancelled(String method, Report.Part cancel) throws Exception {
        media.playToAllWithResponse(
                new PlayToAllOptions(stage.tone(700, 400)).setLoop(true), Context.NONE);
        report.does(method, "CANCEL_ALL_MEDIA", cancel);
        events.takes(PlayCanceled.class);
    }

    private void pressesKeys() throws Exception {
        CallMediaRecognizeDtmfOptions two = recognize(2, 10);
        two.setPlayPrompt(stage.tone(900, 1500)).setOperationContext("pin");
        report.does(
                "CallMedia.startRecognizing(CallMediaRecognizeOptions)",
                "RECOGNIZE",
                () -> media.startRecognizing(two));
        stage.people().hears("ann", 900);
        RecognizeCompleted completed = recognized("17", DtmfTone.ONE, DtmfTone.SEVEN);
        Check.equal("pin", completed.getOperationContext());
        Check.equal(8531, completed.getResultInformation().getSubCode());
        report.does(
                "CallMedia.startRecognizingWithResponse(CallMediaRecognizeOptions,Context)",
                "RECOGNIZE",
                () -> media.startRecognizingWithResponse(recognize(4, 10), Context.NONE));
        RecognizeCompleted stopped = recognized("1#", DtmfTone.ONE);
        Check.equal(8514, stopped.getResultInformation().getSubCode());
        report.does(
                "CallMediaAsync.startRecognizing(CallMediaRecognizeOptions)",
                "RECOGNIZE",
                () -> asyncMedia.startRecognizing(recognize(4, 1)).block());
        RecognizeFailed silent = events.takes(RecognizeFailed.class);
        Check.equal(400, silent.getResultInformation().getCode());
        Check.equal(8510, silent.getResultInformation().getSubCode());
        report.does(
                "CallMediaAsync.startRecognizingWithResponse(CallMediaRecognizeOptions)",
                "RECOGNIZE",
                () -> asyncMedia.startRecognizingWithResponse(recognize(4, 60)).block());
        media.cancelAllMediaOperations();
        events.takes(RecognizeCanceled.class);
    }

    private CallMediaRecognizeDtmfOptions recognize(int most, int silenceSeconds) {
        return new CallMediaRecognizeDtmfOptions(ann, most)
                .setStopTones(List.of(DtmfTone.POUND))
                .setInitialSilenceTimeout(Duration.ofSeconds(silenceSeconds));
    }

    private RecognizeCompleted recognized(String keys, DtmfTone... tones) {
        stage.people().press("ann", keys);
        RecognizeCompleted completed = events.takes(RecognizeCompleted.class);
        DtmfResult result = (DtmfResult) completed.getRecognizeResult().orElseThrow();
        Check.equal(List.of(tones), result.getTones());
        return completed;
    }

    private void ends() throws Exception {
        report.does("CallConnection.hangUp(boolean)", "TERMINATE", () -> call.hangUp(true));
        events.takes(CallDisconnected.class);
        stage.people().hasEnded("ann");
        report.isRefused(400, "8528", () -> media.playToAll(stage.tone(1500, 400)));
        Check.equal(
                CallConnectionState.DISCONNECTED,
                call.getCallProperties().getCallConnectionState());
    }

    private void otherWays() throws Exception {
        Mailbox box = stage.application().mailbox("other-ways");
        CreateCallOptions options =
                new CreateCallOptions(stage.invite("ann"), box.url())
                        .setOperationContext("other-ways");
        CreateCallResult first =
                report.does(
                                "CallAutomationClient.createCallWithResponse(CreateCallOptions,Context)",
                                "CREATE_CALL",
                                () -> stage.client().createCallWithResponse(options, Context.NONE))
                        .getValue();
        Check.equal("other-ways", box.takes(CallConnected.class).getOperationContext());
        report.does(
                "CallConnection.hangUpWithResponse(boolean,Context)",
                "HANG_UP",
                () -> first.getCallConnection().hangUpWithResponse(false, Context.NONE));
        box.takes(CallDisconnected.class);
        CreateCallResult second =
                report.does(
                        "CallAutomationAsyncClient.createCall(CallInvite,String)",
                        "CREATE_CALL",
                        () ->
                                stage.asyncClient()
                                        .createCall(stage.invite("ann"), box.url())
                                        .block());
        box.takes(CallConnected.class);
        report.does(
                "CallConnectionAsync.hangUp(boolean)",
                "TERMINATE",
                () -> second.getCallConnectionAsync().hangUp(true).block());
        box.takes(CallDisconnected.class);
        CreateCallResult third =
                report.does(
                                "CallAutomationAsyncClient.createCallWithResponse(CreateCallOptions)",
                                "CREATE_CALL",
                                () -> stage.asyncClient().createCallWithResponse(options).block())
                        .getValue();
        box.takes(CallConnected.class);
        report.does(
                "CallConnectionAsync.hangUpWithResponse(boolean)",
                "HANG_UP",
                () -> third.getCallConnectionAsync().hangUpWithResponse(false).block());
        box.takes(CallDisconnected.class);
    }
}

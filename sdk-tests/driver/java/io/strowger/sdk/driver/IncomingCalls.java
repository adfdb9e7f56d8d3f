package io.strowger.sdk.driver;

import com.azure.communication.callautomation.models.AnswerCallOptions;
import com.azure.communication.callautomation.models.AnswerCallResult;
import com.azure.communication.callautomation.models.CallInvite;
import com.azure.communication.callautomation.models.CallRejectReason;
import com.azure.communication.callautomation.models.RedirectCallOptions;
import com.azure.communication.callautomation.models.RejectCallOptions;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;

/// Calls to the application's number: answered, refused, passed on.
final class IncomingCalls {
    private final Stage stage;
    private final Report report;
    private final Mailbox events;

    IncomingCalls(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
        this.events = stage.application().mailbox("answered");
    }

    /// What is done with a call that comes in.
    private interface Deed<T> {
        T with(String incomingCallContext) throws Exception;
    }

    void tell() {
        report.story("calls are answered", this::answers);
        report.story("calls are refused", this::refuses);
        report.story("calls are passed on", this::passesOn);
    }

    private void answers() throws Exception {
        isAnswered(
                "CallAutomationClient.answerCall(String,String)",
                context -> stage.client().answerCall(context, events.url()));
        isAnswered(
                "CallAutomationClient.answerCallWithResponse(AnswerCallOptions,Context)",
                context ->
                        stage.client()
                                .answerCallWithResponse(
                                        new AnswerCallOptions(context, events.url())
                                                .setOperationContext("in"),
                                        Context.NONE)
                                .getValue());
        isAnswered(
                "CallAutomationAsyncClient.answerCall(String,String)",
                context -> stage.asyncClient().answerCall(context, events.url()).block());
        isAnswered(
                "CallAutomationAsyncClient.answerCallWithResponse(AnswerCallOptions)",
                context ->
                        stage.asyncClient()
                                .answerCallWithResponse(
                                        new AnswerCallOptions(context, events.url()))
                                .block()
                                .getValue());
    }

    private void isAnswered(String method, Deed<AnswerCallResult> deed) throws Exception {
        JsonNode told = stage.people().dials("ann");
        String context = told.path("incomingCallContext").asText();
        AnswerCallResult answered = report.does(method, "ANSWER_CALL", () -> deed.with(context));
        CallConnected connected = events.takes(CallConnected.class);
        Check.equal(told.path("serverCallId").asText(), connected.getServerCallId());
        Check.equal(
                answered.getCallConnectionProperties().getCallConnectionId(),
                connected.getCallConnectionId());
        stage.people().hangsUp("ann");
        events.takes(CallDisconnected.class);
        report.isRefused(400, "8528", () -> stage.client().rejectCall(context));
    }

    private void refuses() throws Exception {
        isRefused(
                "CallAutomationClient.rejectCall(String)",
                context -> {
                    stage.client().rejectCall(context);
                    return "";
                });
        isRefused(
                "CallAutomationClient.rejectCallWithResponse(RejectCallOptions,Context)",
                context ->
                        stage.client()
                                .rejectCallWithResponse(
                                        new RejectCallOptions(context)
                                                .setCallRejectReason(CallRejectReason.BUSY),
                                        Context.NONE));
        isRefused(
                "CallAutomationAsyncClient.rejectCall(String)",
                context -> stage.asyncClient().rejectCall(context).block());
        isRefused(
                "CallAutomationAsyncClient.rejectCallWithResponse(RejectCallOptions)",
                context ->
                        stage.asyncClient()
                                .rejectCallWithResponse(new RejectCallOptions(context))
                                .block());
    }

    private void isRefused(String method, Deed<?> deed) throws Exception {
        String context = stage.people().dials("ann").path("incomingCallContext").asText();
        report.does(method, "REJECT_CALL", () -> deed.with(context));
        stage.people().hasEnded("ann");
    }

    private void passesOn() throws Exception {
        CallInvite bob = new CallInvite(stage.bob());
        isPassedOn(
                "CallAutomationClient.redirectCall(String,CallInvite)",
                context -> {
                    stage.client().redirectCall(context, bob);
                    return "";
                });
        isPassedOn(
                "CallAutomationClient.redirectCallWithResponse(RedirectCallOptions,Context)",
                context ->
                        stage.client()
                                .redirectCallWithResponse(
                                        new RedirectCallOptions(context, bob), Context.NONE));
        isPassedOn(
                "CallAutomationAsyncClient.redirectCall(String,CallInvite)",
                context -> stage.asyncClient().redirectCall(context, bob).block());
        isPassedOn(
                "CallAutomationAsyncClient.redirectCallWithResponse(RedirectCallOptions)",
                context ->
                        stage.asyncClient()
                                .redirectCallWithResponse(new RedirectCallOptions(context, bob))
                                .block());
    }

    private void isPassedOn(String method, Deed<?> deed) throws Exception {
        int before = stage.people().calls("bob");
        String context = stage.people().dials("ann").path("incomingCallContext").asText();
        report.does(method, "REDIRECT_CALL", () -> deed.with(context));
        stage.people().isAnswered("bob", before);
        stage.people().hangsUp("bob");
        stage.people().hasEnded("ann");
    }
}

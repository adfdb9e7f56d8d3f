package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.CallConnectionAsync;
import com.azure.communication.callautomation.models.AddParticipantOptions;
import com.azure.communication.callautomation.models.AddParticipantResult;
import com.azure.communication.callautomation.models.CallConnectionState;
import com.azure.communication.callautomation.models.CreateCallResult;
import com.azure.communication.callautomation.models.CreateGroupCallOptions;
import com.azure.communication.callautomation.models.RemoveParticipantOptions;
import com.azure.communication.callautomation.models.RemoveParticipantResult;
import com.azure.communication.callautomation.models.TransferCallToParticipantOptions;
import com.azure.communication.callautomation.models.events.AddParticipantFailed;
import com.azure.communication.callautomation.models.events.AddParticipantSucceeded;
import com.azure.communication.callautomation.models.events.CallConnected;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.callautomation.models.events.CallTransferAccepted;
import com.azure.communication.callautomation.models.events.CallTransferFailed;
import com.azure.communication.callautomation.models.events.ParticipantsUpdated;
import com.azure.communication.callautomation.models.events.RemoveParticipantSucceeded;
import com.azure.communication.common.CommunicationIdentifier;
import com.azure.core.util.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/// Several people in a call: called at once, added, taken out, transferred.
final class Groups {
    private final Stage stage;
    private final Report report;
    private final Mailbox events;
    private CallConnection call;
    private CallConnectionAsync asyncCall;

    Groups(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
        this.events = stage.application().mailbox("group");
    }

    void tell() {
        report.story("two are called at once, in every way", this::areCalled);
        report.story("people come and go", this::comeAndGo);
        report.story("whom a call is transferred to may not answer", this::transfersFail);
        report.story("one is transferred", this::isTransferred);
    }

    private List<CommunicationIdentifier> annAndBen() {
        return List.of(stage.phone("ann"), stage.phone("ben"));
    }

    private void areCalled() throws Exception {
        CreateGroupCallOptions options =
                new CreateGroupCallOptions(annAndBen(), events.url())
                        .setSourceCallIdNumber(stage.source())
                        .setSourceDisplayName("Clinic")
                        .setOperationContext("group");
        areCalled(
                "CallAutomationClient.createGroupCall(List,String)",
                () -> stage.client().createGroupCall(users(), events.url()));
        areCalled(
                "CallAutomationAsyncClient.createGroupCall(List,String)",
                () -> stage.asyncClient().createGroupCall(users(), events.url()).block());
        areCalled(
                "CallAutomationAsyncClient.createGroupCallWithResponse(CreateGroupCallOptions)",
                () -> stage.asyncClient().createGroupCallWithResponse(options).block().getValue());
        CreateCallResult created =
                report.does(
                                "CallAutomationClient.createGroupCallWithResponse(CreateGroupCallOptions,Context)",
                                "CREATE_CALL",
                                () ->
                                        stage.client()
                                                .createGroupCallWithResponse(options, Context.NONE))
                        .getValue();
        Check.equal("group", events.takes(CallConnected.class).getOperationContext());
        areNow(2);
        call = created.getCallConnection();
        asyncCall = created.getCallConnectionAsync();
    }

    /// Without options there is no caller's number, so only users can be called.
    private List<CommunicationIdentifier> users() {
        return List.of(stage.bob());
    }

    private void areCalled(String method, Callable<CreateCallResult> create) throws Exception {
        CreateCallResult created = report.does(method, "CREATE_CALL", create);
        events.takes(CallConnected.class);
        created.getCallConnection().hangUp(true);
        events.takes(CallDisconnected.class);
    }

    private void areNow(int people) {
        events.takes(ParticipantsUpdated.class, event -> event.getParticipants().size() == people);
    }

    private void comeAndGo() throws Exception {
        AddParticipantOptions options =
                new AddParticipantOptions(stage.invite("cleo"))
                        .setOperationContext("third")
                        .setInvitationTimeout(Duration.ofSeconds(20));
        isAdded(
                "CallConnection.addParticipant(CallInvite)",
                () -> call.addParticipant(stage.invite("cleo")));
        RemoveParticipantResult removed =
                isRemoved(
                        "CallConnection.removeParticipantWithResponse(RemoveParticipantOptions,Context)",
                        () ->
                                call.removeParticipantWithResponse(
                                                new RemoveParticipantOptions(stage.phone("cleo"))
                                                        .setOperationContext("out"),
                                                Context.NONE)
                                        .getValue());
        Check.equal("out", removed.getOperationContext());
        AddParticipantResult added =
                isAdded(
                        "CallConnection.addParticipantWithResponse(AddParticipantOptions,Context)",
                        () -> call.addParticipantWithResponse(options, Context.NONE).getValue());
        Check.equal("third", added.getOperationContext());
        Check.equal(3L, call.listParticipants().stream().count());
        isRemoved(
                "CallConnection.removeParticipant(CommunicationIdentifier)",
                () -> call.removeParticipant(stage.phone("cleo")));
        isAdded(
                "CallConnectionAsync.addParticipant(CallInvite)",
                () -> asyncCall.addParticipant(stage.invite("cleo")).block());
        isRemoved(
                "CallConnectionAsync.removeParticipant(CommunicationIdentifier)",
                () -> asyncCall.removeParticipant(stage.phone("cleo")).block());
        isAdded(
                "CallConnectionAsync.addParticipantWithResponse(AddParticipantOptions)",
                () -> asyncCall.addParticipantWithResponse(options).block().getValue());
        isRemoved(
                "CallConnectionAsync.removeParticipantWithResponse(RemoveParticipantOptions)",
                () ->
                        asyncCall
                                .removeParticipantWithResponse(
                                        new RemoveParticipantOptions(stage.phone("cleo")))
                                .block()
                                .getValue());
        call.addParticipant(stage.invite("busy"));
        AddParticipantFailed failed = events.takes(AddParticipantFailed.class);
        Check.equal(560486, failed.getResultInformation().getSubCode());
        Check.equal(stage.phone("busy"), failed.getParticipant());
    }

    private AddParticipantResult isAdded(String method, Callable<AddParticipantResult> add)
            throws Exception {
        AddParticipantResult result = report.does(method, "ADD_PARTICIPANT", add);
        Check.equal(stage.phone("cleo"), result.getParticipant().getIdentifier());
        AddParticipantSucceeded succeeded = events.takes(AddParticipantSucceeded.class);
        Check.equal(stage.phone("cleo"), succeeded.getParticipant());
        areNow(3);
        return result;
    }

    private RemoveParticipantResult isRemoved(
            String method, Callable<RemoveParticipantResult> remove) throws Exception {
        RemoveParticipantResult result = report.does(method, "REMOVE_PARTICIPANT", remove);
        RemoveParticipantSucceeded succeeded = events.takes(RemoveParticipantSucceeded.class);
        Check.equal(stage.phone("cleo"), succeeded.getParticipant());
        stage.people().hasEnded("cleo");
        areNow(2);
        return result;
    }

    private void transfersFail() throws Exception {
        call.removeParticipant(stage.phone("ben"));
        events.takes(RemoveParticipantSucceeded.class);
        TransferCallToParticipantOptions options =
                new TransferCallToParticipantOptions(stage.phone("busy"))
                        .setOperationContext("to-busy");
        transferFails(
                "CallConnection.transferCallToParticipant(CommunicationIdentifier)",
                () -> call.transferCallToParticipant(stage.phone("busy")));
        transferFails(
                "CallConnectionAsync.transferCallToParticipant(CommunicationIdentifier)",
                () -> asyncCall.transferCallToParticipant(stage.phone("busy")).block());
        transferFails(
                "CallConnectionAsync.transferCallToParticipantWithResponse(TransferCallToParticipantOptions)",
                () -> asyncCall.transferCallToParticipantWithResponse(options).block());
        Check.equal(
                CallConnectionState.CONNECTED, call.getCallProperties().getCallConnectionState());
    }

    private void transferFails(String method, Report.Part transfer) throws Exception {
        report.does(method, "TRANSFER", transfer);
        events.takes(CallTransferFailed.class);
    }

    private void isTransferred() throws Exception {
        int before = stage.people().calls("bob");
        TransferCallToParticipantOptions options =
                new TransferCallToParticipantOptions(stage.bob()).setOperationContext("to-bob");
        Check.equal(
                "to-bob",
                report.does(
                                "CallConnection.transferCallToParticipantWithResponse(TransferCallToParticipantOptions,Context)",
                                "TRANSFER",
                                () ->
                                        call.transferCallToParticipantWithResponse(
                                                options, Context.NONE))
                        .getValue()
                        .getOperationContext());
        Check.equal("to-bob", events.takes(CallTransferAccepted.class).getOperationContext());
        stage.people().isAnswered("bob", before);
        events.takes(CallDisconnected.class);
        stage.people().hangsUp("bob");
        stage.people().hasEnded("ann");
    }
}

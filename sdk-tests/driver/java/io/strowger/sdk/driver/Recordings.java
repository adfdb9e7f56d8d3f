package io.strowger.sdk.driver;

import com.azure.communication.callautomation.CallConnection;
import com.azure.communication.callautomation.CallRecording;
import com.azure.communication.callautomation.CallRecordingAsync;
import com.azure.communication.callautomation.models.RecordingChannel;
import com.azure.communication.callautomation.models.RecordingContent;
import com.azure.communication.callautomation.models.RecordingFormat;
import com.azure.communication.callautomation.models.RecordingState;
import com.azure.communication.callautomation.models.RecordingStateResult;
import com.azure.communication.callautomation.models.ServerCallLocator;
import com.azure.communication.callautomation.models.StartRecordingOptions;
import com.azure.communication.callautomation.models.events.CallDisconnected;
import com.azure.communication.callautomation.models.events.RecordingStateChanged;
import com.azure.core.util.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// A call is recorded in every way, with pauses.
final class Recordings {
    private final Stage stage;
    private final Report report;
    private final Mailbox events;
    private final Mailbox states;
    private final List<String> ids = new ArrayList<>();

    Recordings(Stage stage) {
        this.stage = stage;
        this.report = stage.report();
        this.events = stage.application().mailbox("recorded");
        this.states = stage.application().mailbox("recording");
    }

    void tell() {
        report.story("a call is recorded with pauses", this::isRecorded);
        report.story("its files are fetched and deleted", () -> new Files(stage, ids).tell());
    }

    private void isRecorded() throws Exception {
        CallConnection call = stage.call("ann", events);
        StartRecordingOptions options =
                new StartRecordingOptions(
                                new ServerCallLocator(call.getCallProperties().getServerCallId()))
                        .setRecordingStateCallbackUrl(states.url())
                        .setRecordingContent(RecordingContent.AUDIO)
                        .setRecordingChannel(RecordingChannel.MIXED)
                        .setRecordingFormat(RecordingFormat.WAV);
        CallRecording recording =
                report.does(
                        "CallAutomationClient.getCallRecording()",
                        "",
                        () -> stage.client().getCallRecording());
        CallRecordingAsync async =
                report.does(
                        "CallAutomationAsyncClient.getCallRecordingAsync()",
                        "",
                        () -> stage.asyncClient().getCallRecordingAsync());
        sync(recording, options);
        syncWithResponse(recording, options);
        async(async, options);
        asyncWithResponse(async, options);
        call.hangUp(true);
        events.takes(CallDisconnected.class);
        report.isRefused(400, "8528", () -> recording.start(options));
    }

    private void sync(CallRecording recording, StartRecordingOptions options) throws Exception {
        String id =
                starts(
                        "CallRecording.start(StartRecordingOptions)",
                        () -> recording.start(options));
        is(RecordingState.ACTIVE, "CallRecording.getState(String)", () -> recording.getState(id));
        becomes(RecordingState.INACTIVE, "CallRecording.pause(String)", () -> recording.pause(id));
        becomes(RecordingState.ACTIVE, "CallRecording.resume(String)", () -> recording.resume(id));
        becomes(RecordingState.INACTIVE, "CallRecording.stop(String)", () -> recording.stop(id));
    }

    private void syncWithResponse(CallRecording recording, StartRecordingOptions options)
            throws Exception {
        Context none = Context.NONE;
        String id =
                starts(
                        "CallRecording.startWithResponse(StartRecordingOptions,Context)",
                        () -> recording.startWithResponse(options, none).getValue());
        becomes(
                RecordingState.INACTIVE,
                "CallRecording.pauseWithResponse(String,Context)",
                () -> recording.pauseWithResponse(id, none));
        is(
                RecordingState.INACTIVE,
                "CallRecording.getStateWithResponse(String,Context)",
                () -> recording.getStateWithResponse(id, none).getValue());
        becomes(
                RecordingState.ACTIVE,
                "CallRecording.resumeWithResponse(String,Context)",
                () -> recording.resumeWithResponse(id, none));
        becomes(
                RecordingState.INACTIVE,
                "CallRecording.stopWithResponse(String,Context)",
                () -> recording.stopWithResponse(id, none));
    }

    private void async(CallRecordingAsync recording, StartRecordingOptions options)
            throws Exception {
        String id =
                starts(
                        "CallRecordingAsync.start(StartRecordingOptions)",
                        () -> recording.start(options).block());
        is(
                RecordingState.ACTIVE,
                "CallRecordingAsync.getState(String)",
                () -> recording.getState(id).block());
        becomes(
                RecordingState.INACTIVE,
                "CallRecordingAsync.pause(String)",
                () -> recording.pause(id).block());
        becomes(
                RecordingState.ACTIVE,
                "CallRecordingAsync.resume(String)",
                () -> recording.resume(id).block());
        becomes(
                RecordingState.INACTIVE,
                "CallRecordingAsync.stop(String)",
                () -> recording.stop(id).block());
    }

    private void asyncWithResponse(CallRecordingAsync recording, StartRecordingOptions options)
            throws Exception {
        String id =
                starts(
                        "CallRecordingAsync.startWithResponse(StartRecordingOptions)",
                        () -> recording.startWithResponse(options).block().getValue());
        becomes(
                RecordingState.INACTIVE,
                "CallRecordingAsync.pauseWithResponse(String)",
                () -> recording.pauseWithResponse(id).block());
        is(
                RecordingState.INACTIVE,
                "CallRecordingAsync.getStateWithResponse(String)",
                () -> recording.getStateWithResponse(id).block().getValue());
        becomes(
                RecordingState.ACTIVE,
                "CallRecordingAsync.resumeWithResponse(String)",
                () -> recording.resumeWithResponse(id).block());
        becomes(
                RecordingState.INACTIVE,
                "CallRecordingAsync.stopWithResponse(String)",
                () -> recording.stopWithResponse(id).block());
    }

    private String starts(String method, Callable<RecordingStateResult> start) throws Exception {
        RecordingStateResult started = report.does(method, "START_RECORDING", start);
        Check.equal(RecordingState.ACTIVE, started.getRecordingState());
        RecordingStateChanged told = isTold(RecordingState.ACTIVE);
        Check.equal(started.getRecordingId(), told.getRecordingId());
        Check.that(told.getStartDateTime() != null, "a time of start");
        ids.add(started.getRecordingId());
        return started.getRecordingId();
    }

    private void is(RecordingState state, String method, Callable<RecordingStateResult> ask)
            throws Exception {
        Check.equal(state, report.does(method, "GET_RECORDING", ask).getRecordingState());
    }

    private void becomes(RecordingState state, String method, Report.Part act) throws Exception {
        String verb =
                method.substring(method.indexOf('.') + 1).replaceAll("(WithResponse)?\\(.*", "");
        report.does(method, verb.toUpperCase(Locale.ROOT) + "_RECORDING", act);
        isTold(state);
    }

    private RecordingStateChanged isTold(RecordingState state) {
        return states.takes(
                RecordingStateChanged.class, event -> event.getRecordingState().equals(state));
    }
}

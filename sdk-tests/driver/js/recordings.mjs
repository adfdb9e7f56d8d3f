// A call is recorded, with a pause.
import assert from 'node:assert/strict';

export async function recordings(stage) {
  const { report, client, roster } = stage;
  const events = stage.application.mailbox('recorded');
  const states = stage.application.mailbox('recording');

  await report.story('a call is recorded with a pause', async () => {
    const invite = {
      targetParticipant: { phoneNumber: roster.ann.number },
      sourceCallIdNumber: { phoneNumber: roster.source },
    };
    const created = await client.createCall(invite, events.url);
    const { serverCallId, callConnectionId } = await events.takes('CallConnected');
    const recording = await report.does('CallAutomationClient.getCallRecording', undefined, () =>
      client.getCallRecording(),
    );
    const options = {
      callLocator: { kind: 'serverCallLocator', id: serverCallId },
      recordingStateCallbackEndpointUrl: states.url,
      recordingContent: 'audio',
      recordingChannel: 'mixed',
      recordingFormat: 'wav',
    };
    const started = await report.does('CallRecording.start', 'START_RECORDING', () => recording.start(options));
    assert.equal(started.recordingState, 'active');
    const { recordingId } = started;
    const active = await states.takes('RecordingStateChanged', (event) => event.state === 'active');
    assert.equal(active.recordingId, recordingId);
    assert.ok(!Number.isNaN(new Date(active.startDateTime).getTime()));
    const state = await report.does('CallRecording.getState', 'GET_RECORDING', () => recording.getState(recordingId));
    assert.equal(state.recordingState, 'active');
    await report.does('CallRecording.pause', 'PAUSE_RECORDING', () => recording.pause(recordingId));
    await states.takes('RecordingStateChanged', (event) => event.state === 'inactive');
    assert.equal((await recording.getState(recordingId)).recordingState, 'inactive');
    await report.does('CallRecording.resume', 'RESUME_RECORDING', () => recording.resume(recordingId));
    await states.takes('RecordingStateChanged', (event) => event.state === 'active');
    await report.does('CallRecording.stop', 'STOP_RECORDING', () => recording.stop(recordingId));
    await states.takes('RecordingStateChanged', (event) => event.state === 'inactive');
    if (stage.since('2025-06-15')) {
      const { callLocator, ...others } = options;
      const again = await recording.start({ ...others, callConnectionId });
      await recording.stop(again.recordingId);
    }
    await created.callConnection.hangUp(true);
    await events.takes('CallDisconnected');
    await report.fails('CallRecording.start', 400, '8528', () => recording.start(options));
  });
}

// A call is recorded with a pause; its file is fetched in every way and deleted.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

export async function recordings(stage) {
  const { report, client, roster } = stage;
  const events = stage.application.mailbox('recorded');
  const states = stage.application.mailbox('recording');
  let file;

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
    file = await stage.people.file(recordingId);
  });

  await report.story('its file is fetched and deleted', () => files(stage, file.recordingStorageInfo.recordingChunks[0]));
}

async function files(stage, chunk) {
  const { report } = stage;
  const { recording, contentLocation, deleteLocation } = await reachable(stage, chunk);
  const whole = await report.does('CallRecording.downloadStreaming', 'GET_CONTENT', async () =>
    bytesOf(await recording.downloadStreaming(contentLocation)),
  );
  assert.equal(whole.subarray(0, 4).toString(), 'RIFF');
  assert.equal(whole.readUInt32LE(4) + 8, whole.length);
  const part = await bytesOf(await recording.downloadStreaming(contentLocation, { offset: 10, length: 100 }));
  assert.deepEqual(part, whole.subarray(10, 110));
  const streamed = await report.does('CallRecording.downloadToStream', 'GET_CONTENT', async () => {
    const stream = new PassThrough();
    const collected = bytesOf(stream);
    await recording.downloadToStream(contentLocation, stream);
    return collected;
  });
  assert.deepEqual(streamed, whole);
  const folder = await mkdtemp(join(tmpdir(), 'recording-'));
  const path = join(folder, 'call.wav');
  await report.does('CallRecording.downloadToPath', 'GET_CONTENT', () =>
    recording.downloadToPath(contentLocation, path),
  );
  await comesTrue(() => existsSync(path) && readFileSync(path).equals(whole)); // 1.0.0 returns before it is written
  await rm(folder, { recursive: true });
  await report.does('CallRecording.delete', 'DELETE_CONTENT', () => recording.delete(deleteLocation));
  const gone = await recording.downloadStreaming(contentLocation).catch((error) => error);
  assert.ok(gone.message, `an error with a message: ${JSON.stringify(gone)}`);
}

/**
 * Since 1.6.0 the SDK itself refuses every address outside of Azure before it asks; an http client
 * that maps a host is the way round.
 */
async function reachable(stage, { contentLocation, deleteLocation }) {
  const recording = stage.client.getCallRecording();
  if (!stage.since('2026-03-12')) {
    return { recording, contentLocation, deleteLocation };
  }
  await assert.rejects(() => recording.downloadStreaming(contentLocation), /not a valid Azure/);
  await assert.rejects(() => recording.delete(deleteLocation), /not a valid Azure/);
  const ours = new URL(contentLocation).origin;
  const theirs = 'https://strowger.asm.skype.com';
  const { createDefaultHttpClient } = stage.require('@azure/core-rest-pipeline');
  const httpClient = createDefaultHttpClient();
  const mapping = {
    sendRequest: (request) => {
      request.url = request.url.replace(theirs, ours);
      request.headers.set('Host', new URL(ours).host);
      return httpClient.sendRequest(request);
    },
  };
  const client = new stage.sdk.CallAutomationClient(stage.connectionString, { httpClient: mapping });
  return {
    recording: client.getCallRecording(),
    contentLocation: contentLocation.replace(ours, theirs),
    deleteLocation: deleteLocation.replace(ours, theirs),
  };
}

async function bytesOf(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function comesTrue(condition) {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, 'not in time');
    await new Promise((later) => setTimeout(later, 20));
  }
}

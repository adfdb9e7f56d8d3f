// What an application hears of what it asked for in vain.
import assert from 'node:assert/strict';

export async function failures(stage) {
  const { report, client, people, roster } = stage;
  const ann = { phoneNumber: roster.ann.number };
  const events = stage.application.mailbox('failures');
  if (!stage.since('2023-10-15')) {
    return;
  }
  await report.story('failures are told', async () => {
    const invite = { targetParticipant: ann, sourceCallIdNumber: { phoneNumber: roster.source } };
    const { callConnection } = await client.createCall(invite, events.url);
    const { serverCallId } = await events.takes('CallConnected');
    const media = callConnection.getCallMedia();
    if (stage.since('2024-09-15')) {
      const playSource = { kind: 'fileSource', url: await people.missing() };
      await media.hold(ann, { playSource, operationContext: 'hold' });
      const failed = await events.takes('HoldFailed');
      assert.deepEqual([failed.operationContext, failed.resultInformation.subCode], ['hold', 8536]);
      await media.unhold(ann);
    }
    if (stage.since('2025-06-15')) {
      await recordingIntoNowhere(stage, serverCallId);
    }
    await unserved(stage, media, ann, events);
    await media.sendDtmfTones(Array(20).fill('one'), ann, { operationContext: 'tones' });
    await people.hangsUp('ann');
    assert.equal((await events.takes('SendDtmfTonesFailed')).operationContext, 'tones');
    await events.takes('CallDisconnected');
  });
}

/** There are no choices without phrases, and no rooms. */
async function unserved(stage, media, ann, events) {
  const { report, client } = stage;
  const listening = { kind: 'callMediaRecognizeChoiceOptions', choices: [{ label: 'yes', phrases: [] }] };
  const error = await report.fails('startRecognizing', 400, '8523', () => media.startRecognizing(ann, listening));
  assert.match(error.message, /phrases/);
  if (stage.since('2024-09-15')) {
    const room = { kind: 'roomCallLocator', id: '99' };
    const refused = await report.fails('connectCall', 400, '8523', () => client.connectCall(room, events.url));
    assert.match(refused.message, /roomCallLocator/);
  }
}

async function recordingIntoNowhere(stage, serverCallId) {
  const states = stage.application.mailbox('nowhere');
  const { recordingId } = await stage.client.getCallRecording().start({
    callLocator: { kind: 'serverCallLocator', id: serverCallId },
    recordingStateCallbackEndpointUrl: states.url,
    recordingContent: 'audio',
    recordingChannel: 'mixed',
    recordingFormat: 'wav',
    recordingStorage: {
      recordingStorageKind: 'azureBlobStorage',
      recordingDestinationContainerUrl: stage.roster.deadContainer,
    },
  });
  const failed = await states.takes('StartRecordingFailed');
  assert.equal(failed.recordingId, recordingId);
  assert.ok(failed.resultInformation.message);
}

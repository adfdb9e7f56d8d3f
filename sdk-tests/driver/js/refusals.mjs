// What the SDK tells an application when the platform says no.
import assert from 'node:assert/strict';

export async function refusals(stage) {
  const { report, client, sdk, roster } = stage;
  const forged = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
  const target = (number) => ({
    targetParticipant: { phoneNumber: number },
    sourceCallIdNumber: { phoneNumber: roster.source },
  });

  await report.story('an unknown call is not found', async () => {
    const call = client.getCallConnection(forged);
    await report.fails('getCallConnectionProperties', 404, '8522', () => call.getCallConnectionProperties());
    await report.fails('hangUp', 404, '8522', () => call.hangUp(true));
    await report.fails('getState', 404, '8522', () => client.getCallRecording().getState('bm9uZQ'));
  });

  await report.story('a bad request is refused with its reason', async () => {
    const events = stage.application.mailbox('bad');
    const error = await report.fails('createCall', 400, '8523', () =>
      client.createCall(target(roster.ann.number), 'no-address'),
    );
    assert.match(error.message, /callbackUri/);
    await report.fails('answerCall', 400, '8523', () => client.answerCall('no-context', events.url));
  });

  await report.story('a wrong key is refused', async () => {
    const endpoint = stage.connectionString.match(/endpoint=([^;]+)/)[1];
    const key = Buffer.from('no key of this platform').toString('base64');
    const stranger = new sdk.CallAutomationClient(`endpoint=${endpoint};accesskey=${key}`);
    const error = await stranger.getCallConnection(forged).getCallConnectionProperties().catch((thrown) => thrown);
    assert.equal(error.statusCode, 401);
    assert.ok(error.code && error.message, `${error.code}: ${error.message}`);
  });

  await report.story('a busy number fails the call', async () => {
    const events = stage.application.mailbox('busy');
    await client.createCall(target(roster.busy.number), events.url);
    const failed = await events.takes(stage.since('2024-09-15') ? 'CreateCallFailed' : 'CallDisconnected');
    if (failed.resultInformation) {
      assert.equal(failed.resultInformation.subCode, 560486);
    }
  });
}

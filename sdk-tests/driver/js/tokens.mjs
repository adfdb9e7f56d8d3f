// An application that shows the bearer token of an identity provider instead of signing with a key.
import assert from 'node:assert/strict';

export async function tokens(stage) {
  const { report, sdk, roster, people } = stage;
  const endpoint = stage.connectionString.match(/endpoint=([^;]+)/)[1];
  const asked = [];
  const showing = (token) =>
    new sdk.CallAutomationClient(endpoint, {
      async getToken(scopes) {
        asked.push(scopes);
        return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    });

  await report.story('an application calls by its token', async () => {
    const events = stage.application.mailbox('token');
    const client = showing(process.env.TOKEN);
    const { callConnection } = await client.createCall(
      { targetParticipant: { phoneNumber: roster.ann.number }, sourceCallIdNumber: { phoneNumber: roster.source } },
      events.url,
    );
    await events.takes('CallConnected');
    assert.equal((await callConnection.listParticipants()).values.length, 1);
    await callConnection.hangUp(true);
    await events.takes('CallDisconnected');
    await people.hasEnded('ann');
    assert.deepEqual(asked.flat()[0], 'https://communication.azure.com//.default');
  });

  await report.story('a token for others is refused', async () => {
    const stranger = showing(process.env.TOKEN_FOR_OTHERS);
    const call = stranger.getCallConnection('6f9619ff-8b86-d011-b42d-00c04fc964ff');
    await report.fails('getCallConnectionProperties', 401, 'Denied', () => call.getCallConnectionProperties());
  });
}

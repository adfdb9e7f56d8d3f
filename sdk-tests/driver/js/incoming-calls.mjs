// Calls to the application's number: answered, refused, passed on.
import assert from 'node:assert/strict';

export async function incomingCalls(stage) {
  const { report, client, people, roster } = stage;

  await report.story('a call is answered', async () => {
    const events = stage.application.mailbox('answered');
    const told = await people.dials('ann');
    const answered = await report.does('CallAutomationClient.answerCall', 'ANSWER_CALL', () =>
      client.answerCall(told.incomingCallContext, events.url, { operationContext: 'in' }),
    );
    const connected = await events.takes('CallConnected');
    assert.equal(connected.serverCallId, told.serverCallId);
    assert.equal(answered.callConnectionProperties.callConnectionId, connected.callConnectionId);
    assert.equal(connected.operationContext, 'in');
    await people.hangsUp('ann');
    await events.takes('CallDisconnected');
    await report.fails('CallAutomationClient.rejectCall', 400, '8528', () => client.rejectCall(told.incomingCallContext));
  });

  await report.story('a call is refused', async () => {
    const told = await people.dials('ann');
    await report.does('CallAutomationClient.rejectCall', 'REJECT_CALL', () =>
      client.rejectCall(told.incomingCallContext, { callRejectReason: 'busy' }),
    );
    await people.hasEnded('ann');
  });

  await report.story('a call is passed on', async () => {
    const before = await people.calls('bob');
    const told = await people.dials('ann');
    await report.does('CallAutomationClient.redirectCall', 'REDIRECT_CALL', () =>
      client.redirectCall(told.incomingCallContext, { targetParticipant: { communicationUserId: roster.bob.user } }),
    );
    await people.isAnswered('bob', before);
    await people.hears('ann', roster.bob.hz);
    await people.hangsUp('bob');
    await people.hasEnded('ann');
  });
}

// People are added, muted, taken out, transferred, moved; a second application joins.
import assert from 'node:assert/strict';

export async function groups(stage) {
  const { report, client, roster } = stage;
  const events = stage.application.mailbox('group');
  const phone = (name) => ({ phoneNumber: roster[name].number });
  const bob = { communicationUserId: roster.bob.user };
  const sourceCallIdNumber = { phoneNumber: roster.source };
  let call;
  let properties;

  await report.story('two are called at once', async () => {
    const created = await report.does('CallAutomationClient.createGroupCall', 'CREATE_CALL', () =>
      client.createGroupCall([phone('ann'), phone('ben')], events.url, { sourceCallIdNumber, operationContext: 'group' }),
    );
    call = created.callConnection;
    properties = created.callConnectionProperties;
    await events.takes('CallConnected');
    await events.takes('ParticipantsUpdated', (event) => event.participants.length === 2);
  });

  await report.story('people come and go', () => comings(stage, call, events, phone, sourceCallIdNumber));
  await report.story('a user is muted', () => muting(stage, call, events, bob));
  await report.story('a second application joins', () => joining(stage, properties, events));
  await report.story('somebody comes from another call', () => moving(stage, call, events, phone, sourceCallIdNumber));

  await report.story('one is transferred', async () => {
    const before = await stage.people.calls('bob');
    const transferred = await report.does('CallConnection.removeParticipant', 'REMOVE_PARTICIPANT', () =>
      call.removeParticipant(phone('ben'), { operationContext: 'out' }),
    );
    assert.equal(transferred.operationContext, 'out');
    const removed = await events.takes('RemoveParticipantSucceeded');
    assert.equal(removed.participant.phoneNumber, roster.ben.number);
    await stage.people.hasEnded('ben');
    await report.does('CallConnection.transferCallToParticipant', 'TRANSFER', () =>
      call.transferCallToParticipant(phone('busy'), { operationContext: 'to-busy' }),
    );
    const failed = await events.takes('CallTransferFailed');
    assert.equal(failed.operationContext, 'to-busy');
    assert.equal((await call.getCallConnectionProperties()).callConnectionState, 'connected');
    const answer = await call.transferCallToParticipant(bob, { operationContext: 'to-bob' });
    assert.equal(answer.operationContext, 'to-bob');
    assert.equal((await events.takes('CallTransferAccepted')).operationContext, 'to-bob');
    await stage.people.isAnswered('bob', before);
    await events.takes('CallDisconnected');
    await stage.people.hangsUp('bob');
    await stage.people.hasEnded('ann');
  });

  await report.story('an application leaves its own call', async () => {
    const alone = stage.application.mailbox('leave');
    const invite = { targetParticipant: phone('ann'), sourceCallIdNumber };
    const created = await client.createCall(invite, alone.url);
    await alone.takes('CallConnected');
    await report.does('CallConnection.hangUp', 'HANG_UP', () => created.callConnection.hangUp(false));
    await alone.takes('CallDisconnected');
    await stage.people.hasEnded('ann');
  });
}

async function comings(stage, call, events, phone, sourceCallIdNumber) {
  const { report, roster } = stage;
  const invite = (name) => ({ targetParticipant: phone(name), sourceCallIdNumber });
  const added = await report.does('CallConnection.addParticipant', 'ADD_PARTICIPANT', () =>
    call.addParticipant(invite('cleo'), { operationContext: 'third', invitationTimeoutInSeconds: 20 }),
  );
  assert.equal(added.participant.identifier.phoneNumber, roster.cleo.number);
  assert.equal(added.operationContext, 'third');
  const succeeded = await events.takes('AddParticipantSucceeded');
  assert.equal(succeeded.participant.phoneNumber, roster.cleo.number);
  assert.equal(succeeded.operationContext, 'third');
  await events.takes('ParticipantsUpdated', (event) => event.participants.length === 3);
  assert.equal((await call.listParticipants()).values.length, 3);
  await cancelTooLate(stage, call, events, added.invitationId);
  await call.addParticipant(invite('busy'), { operationContext: 'busy' });
  const failed = await events.takes('AddParticipantFailed');
  assert.deepEqual([failed.operationContext, failed.resultInformation.subCode], ['busy', 560486]);
  await call.removeParticipant(phone('cleo'));
  await events.takes('RemoveParticipantSucceeded');
  if (!stage.since('2023-10-15')) {
    return;
  }
  const { invitationId } = await call.addParticipant(invite('away'));
  const cancelled = await report.does('CallConnection.cancelAddParticipantOperation', 'CANCEL_ADD_PARTICIPANT', () =>
    call.cancelAddParticipantOperation(invitationId, { operationContext: 'back' }),
  );
  assert.deepEqual([cancelled.invitationId, cancelled.operationContext], [invitationId, 'back']);
  const told = await events.takes('CancelAddParticipantSucceeded');
  assert.equal(told.invitationId, invitationId);
}

/** Who answered is not taken back. */
async function cancelTooLate(stage, call, events, invitationId) {
  if (!stage.since('2023-10-15')) {
    return;
  }
  await call.cancelAddParticipantOperation(invitationId, { operationContext: 'too-late' });
  const told = await events.takes('CancelAddParticipantFailed');
  assert.deepEqual([told.invitationId, told.operationContext], [invitationId, 'too-late']);
  assert.deepEqual([told.resultInformation.code, told.resultInformation.subCode], [400, 8501]);
  assert.equal((await call.listParticipants()).values.length, 3);
}

async function muting(stage, call, events, bob) {
  if (!stage.since('2023-10-15')) {
    return;
  }
  await call.addParticipant({ targetParticipant: bob });
  await events.takes('AddParticipantSucceeded');
  const muted = await stage.report.does('CallConnection.muteParticipant', 'MUTE_PARTICIPANT', () =>
    call.muteParticipant(bob, { operationContext: 'quiet' }),
  );
  assert.equal(muted.operationContext, 'quiet');
  await events.takes('ParticipantsUpdated', (event) => event.participants.some((one) => one.isMuted));
  assert.equal((await call.getParticipant(bob)).isMuted, true);
  await call.removeParticipant(bob);
  await events.takes('RemoveParticipantSucceeded');
}

async function joining(stage, properties, events) {
  if (!stage.since('2024-09-15')) {
    return;
  }
  const second = stage.application.mailbox('second');
  const serverCallId =
    properties.serverCallId ??
    (await stage.client.getCallConnection(properties.callConnectionId).getCallConnectionProperties()).serverCallId;
  const joined = await stage.report.does('CallAutomationClient.connectCall', 'CONNECT', () =>
    stage.client.connectCall({ kind: 'serverCallLocator', id: serverCallId }, second.url, { operationContext: 'join' }),
  );
  assert.equal((await second.takes('CallConnected')).operationContext, 'join');
  assert.notEqual(joined.callConnectionProperties.callConnectionId, properties.callConnectionId);
  await joined.callConnection.hangUp(false);
  await second.takes('CallDisconnected');
  assert.ok(!events.has('CallDisconnected'));
}

async function moving(stage, call, events, phone, sourceCallIdNumber) {
  if (!stage.since('2026-03-12')) {
    return;
  }
  const other = stage.application.mailbox('other');
  const created = await stage.client.createCall({ targetParticipant: phone('cleo'), sourceCallIdNumber }, other.url);
  await other.takes('CallConnected');
  const fromCall = created.callConnectionProperties.callConnectionId;
  await call.moveParticipants([phone('away')], fromCall, { operationContext: 'nobody' });
  const failed = await events.takes('MoveParticipantFailed');
  assert.deepEqual([failed.fromCall, failed.operationContext], [fromCall, 'nobody']);
  const moved = await stage.report.does('CallConnection.moveParticipants', 'MOVE_PARTICIPANTS', () =>
    call.moveParticipants([phone('cleo')], fromCall, { operationContext: 'move' }),
  );
  assert.deepEqual([moved.fromCall, moved.operationContext], [fromCall, 'move']);
  const told = await events.takes('MoveParticipantSucceeded');
  assert.deepEqual([told.fromCall, told.operationContext], [fromCall, 'move']);
  await other.takes('CallDisconnected');
  await call.removeParticipant(phone('cleo'));
  await events.takes('RemoveParticipantSucceeded');
}

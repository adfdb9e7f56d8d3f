// One person is called, hears prompts, presses keys, is held.
import assert from 'node:assert/strict';

export async function oneCall(stage) {
  const { report, client, people, roster } = stage;
  const ann = { phoneNumber: roster.ann.number };
  const events = stage.application.mailbox('one-call');
  let call;
  let media;

  await report.story('a number is called and the call described', async () => {
    await report.does('CallAutomationClient.getSourceIdentity', undefined, () => client.getSourceIdentity());
    const invite = { targetParticipant: ann, sourceCallIdNumber: { phoneNumber: roster.source } };
    const created = await report.does('CallAutomationClient.createCall', 'CREATE_CALL', () =>
      client.createCall(invite, events.url, { operationContext: 'reminder' }),
    );
    assert.equal(created.callConnectionProperties.callConnectionState, 'connecting');
    await report.does('parseCallAutomationEvent', undefined, async () => {
      const connected = await events.takes('CallConnected');
      assert.equal(connected.callConnectionId, created.callConnectionProperties.callConnectionId);
      assert.equal(connected.operationContext, 'reminder');
      assert.ok(connected.serverCallId && connected.correlationId);
    });
    const updated = await events.takes('ParticipantsUpdated');
    assert.equal(updated.participants[0].identifier.phoneNumber, roster.ann.number);
    call = await report.does('CallAutomationClient.getCallConnection', undefined, () =>
      client.getCallConnection(created.callConnectionProperties.callConnectionId),
    );
    const properties = await report.does('CallConnection.getCallConnectionProperties', 'GET_CALL', () =>
      call.getCallConnectionProperties(),
    );
    assert.equal(properties.callConnectionState, 'connected');
    assert.equal(properties.targetParticipants[0].phoneNumber, roster.ann.number);
    const listed = await report.does('CallConnection.listParticipants', 'LIST_PARTICIPANTS', () =>
      call.listParticipants(),
    );
    assert.deepEqual(
      listed.values.map((one) => [one.identifier.phoneNumber, one.isMuted]),
      [[roster.ann.number, false]],
    );
    const one = await report.does('CallConnection.getParticipant', 'GET_PARTICIPANT', () => call.getParticipant(ann));
    assert.equal(one.identifier.phoneNumber, roster.ann.number);
    media = await report.does('CallConnection.getCallMedia', undefined, () => call.getCallMedia());
  });

  await report.story('prompts are heard, fail and are cancelled', async () => {
    const prompt = [{ kind: 'fileSource', url: await people.tone(1500, 1000) }];
    await report.does('CallMedia.playToAll', 'PLAY', () => media.playToAll(prompt));
    await people.hears('ann', 1500);
    await events.takes('PlayCompleted');
    await report.does('CallMedia.play', 'PLAY', () => media.play(prompt, [ann], { operationContext: 'to-ann' }));
    const played = await events.takes('PlayCompleted');
    assert.equal(played.resultInformation.subCode, 0);
    if (stage.since('2024-04-15')) {
      assert.equal(played.operationContext, 'to-ann');
    }
    if (stage.since('2024-09-15')) {
      await events.takes('PlayStarted');
    }
    if (stage.since('2023-10-15')) {
      await media.playToAll([{ kind: 'textSource', text: 'One', voiceName: 'en-US-NancyNeural' }]);
      await events.takes('PlayCompleted');
      await media.playToAll([{ kind: 'ssmlSource', ssmlText: '<speak version="1.0" xml:lang="en-US">Two</speak>' }]);
      await events.takes('PlayCompleted');
    }
    await media.playToAll([{ kind: 'fileSource', url: await people.missing() }]);
    const failed = await events.takes('PlayFailed');
    assert.deepEqual([failed.resultInformation.code, failed.resultInformation.subCode], [400, 8536]);
    await media.playToAll([{ kind: 'fileSource', url: await people.tone(700, 400) }], { loop: true });
    await people.hears('ann', 700);
    await report.does('CallMedia.cancelAllOperations', 'CANCEL_ALL_MEDIA', () => media.cancelAllOperations());
    await events.takes('PlayCanceled');
  });

  await report.story('keys are recognized', () => recognition(stage, media, ann, events));
  await report.story('words are recognized', () => spoken(stage, media, ann, events));
  await report.story('keys are told and sent', () => keys(stage, media, ann, events));
  await report.story('somebody is held', () => holding(stage, media, ann));

  await report.story('the call ends for everyone', async () => {
    await report.does('CallConnection.hangUp', 'TERMINATE', () => call.hangUp(true));
    await events.takes('CallDisconnected');
    await people.hasEnded('ann');
    await report.fails('CallMedia.playToAll', 400, '8528', async () =>
      media.playToAll([{ kind: 'fileSource', url: await people.tone(1500, 400) }]),
    );
    assert.equal((await call.getCallConnectionProperties()).callConnectionState, 'disconnected');
  });
  await report.story('the audio of a call is streamed', () => streaming(stage, ann));
  await report.story('the words of a call are written down', () => transcription(stage, ann));
}

async function recognition(stage, media, ann, events) {
  const { report, people } = stage;
  const options = { kind: 'callMediaRecognizeDtmfOptions', operationContext: 'pin', stopDtmfTones: ['pound'] };
  const playPrompt = { kind: 'fileSource', url: await people.tone(900, 1500) };
  await report.does('CallMedia.startRecognizing', 'RECOGNIZE', () =>
    media.startRecognizing(ann, 2, { ...options, playPrompt, initialSilenceTimeoutInSeconds: 10 }),
  );
  await people.hears('ann', 900);
  await people.press('ann', '17');
  const completed = await events.takes('RecognizeCompleted');
  assert.equal(completed.recognitionType, 'dtmf');
  assert.deepEqual(completed.dtmfResult.tones, ['one', 'seven']);
  assert.equal(completed.operationContext, 'pin');
  assert.equal(completed.resultInformation.subCode, 8531);
  await media.startRecognizing(ann, 4, { ...options, initialSilenceTimeoutInSeconds: 10 });
  await people.press('ann', '1#');
  const stopped = await events.takes('RecognizeCompleted');
  assert.deepEqual(stopped.dtmfResult.tones, ['one']);
  assert.equal(stopped.resultInformation.subCode, 8514);
  await media.startRecognizing(ann, 4, { ...options, initialSilenceTimeoutInSeconds: 1 });
  const silent = await events.takes('RecognizeFailed');
  assert.deepEqual([silent.resultInformation.code, silent.resultInformation.subCode], [400, 8510]);
  await media.startRecognizing(ann, 4, { ...options, initialSilenceTimeoutInSeconds: 60 });
  await media.cancelAllOperations();
  await events.takes('RecognizeCanceled');
}

async function spoken(stage, media, ann, events) {
  const { people } = stage;
  if (!stage.since('2023-10-15')) {
    return;
  }
  const playPrompt = { kind: 'fileSource', url: await people.tone(1300, 8000) };
  const options = { playPrompt, interruptPrompt: true, endSilenceTimeoutInSeconds: 1 };
  const choices = [
    { label: 'Confirm', phrases: ['yes', 'I do'], tone: 'one' },
    { label: 'Cancel', phrases: ['stop'], tone: 'two' },
  ];
  const ask = async (kind, operationContext, answer) => {
    await media.startRecognizing(ann, { ...options, kind, operationContext, choices });
    await people.hears('ann', 1300);
    await answer();
  };
  await ask('callMediaRecognizeChoiceOptions', 'phrase', () => people.says('ann', 700));
  const phrase = await events.takes('RecognizeCompleted');
  assert.deepEqual([phrase.recognitionType, phrase.operationContext], ['choices', 'phrase']);
  assert.deepEqual([phrase.choiceResult.label, phrase.choiceResult.recognizedPhrase], ['Confirm', 'yes']);
  assert.equal(phrase.resultInformation.subCode, 8545);
  await ask('callMediaRecognizeChoiceOptions', 'key', () => people.press('ann', '2'));
  const key = await events.takes('RecognizeCompleted');
  assert.deepEqual([key.recognitionType, key.choiceResult.label], ['choices', 'Cancel']);
  assert.equal(key.resultInformation.subCode, 8533);
  await ask('callMediaRecognizeChoiceOptions', 'neither', () => people.says('ann', 1000));
  const neither = await events.takes('RecognizeFailed');
  assert.deepEqual([neither.resultInformation.code, neither.resultInformation.subCode], [400, 8547]);
  await ask('callMediaRecognizeSpeechOptions', 'speech', () => people.says('ann', 1000));
  const speech = await events.takes('RecognizeCompleted');
  assert.deepEqual([speech.recognitionType, speech.speechResult.speech], ['speech', 'no']);
  await ask('callMediaRecognizeSpeechOrDtmfOptions', 'either', () => people.says('ann', 700));
  const either = await events.takes('RecognizeCompleted');
  assert.equal(either.speechResult.speech, 'yes');
}

async function keys(stage, media, ann, events) {
  const { report, people } = stage;
  if (!stage.since('2023-10-15')) {
    return;
  }
  await report.does('CallMedia.startContinuousDtmfRecognition', 'START_CONTINUOUS_DTMF', () =>
    media.startContinuousDtmfRecognition(ann, { operationContext: 'keys' }),
  );
  await people.press('ann', '5');
  const tone = await events.takes('ContinuousDtmfRecognitionToneReceived');
  assert.deepEqual([tone.tone, tone.sequenceId, tone.operationContext], ['five', 1, 'keys']);
  await report.does('CallMedia.stopContinuousDtmfRecognition', 'STOP_CONTINUOUS_DTMF', () =>
    media.stopContinuousDtmfRecognition(ann, { operationContext: 'no-keys' }),
  );
  assert.equal((await events.takes('ContinuousDtmfRecognitionStopped')).operationContext, 'no-keys');
  const sent = await report.does('CallMedia.sendDtmfTones', 'SEND_DTMF_TONES', () =>
    media.sendDtmfTones(['one', 'two', 'pound'], ann, { operationContext: 'sent' }),
  );
  assert.equal(sent.operationContext, 'sent');
  await events.takes('SendDtmfTonesCompleted');
  await people.heardKeys('ann', '12#');
}

async function holding(stage, media, ann) {
  const { report, people } = stage;
  if (!stage.since('2024-09-15')) {
    return;
  }
  const playSource = { kind: 'fileSource', url: await people.tone(1300, 500) };
  await report.does('CallMedia.hold', 'HOLD', () => media.hold(ann, { playSource, operationContext: 'hold' }));
  await people.hears('ann', 1300);
  await report.does('CallMedia.unhold', 'UNHOLD', () => media.unhold(ann));
}

async function transcription(stage, ann) {
  const { report, client, people, roster } = stage;
  if (!stage.since('2025-05-15')) {
    return;
  }
  const events = stage.application.mailbox('transcribed');
  const invite = { targetParticipant: ann, sourceCallIdNumber: { phoneNumber: roster.source } };
  const transcriptionOptions = {
    transportUrl: process.env.STREAM,
    transportType: 'websocket',
    locale: 'en-US',
    startTranscription: false,
  };
  const { callConnection } = await client.createCall(invite, events.url, { transcriptionOptions });
  const { callConnectionId } = await events.takes('CallConnected');
  const media = callConnection.getCallMedia();
  await report.does('CallMedia.startTranscription', 'START_TRANSCRIPTION', () =>
    media.startTranscription({ locale: 'en-GB', operationContext: 'write' }),
  );
  const started = await events.takes('TranscriptionStarted');
  assert.equal(started.operationContext, 'write');
  assert.equal(started.transcriptionUpdate.transcriptionStatus, 'transcriptionStarted');
  assert.equal((await callConnection.getCallConnectionProperties()).transcriptionSubscription.locale, 'en-GB');
  await words(stage, callConnectionId, ann, 'en-GB', [700, 'yes']);
  await report.does('CallMedia.updateTranscription', 'UPDATE_TRANSCRIPTION', () => media.updateTranscription('de-DE'));
  const updated = await events.takes('TranscriptionUpdated');
  assert.equal(updated.transcriptionUpdate.transcriptionStatusDetails, 'transcriptionLocaleUpdated');
  await words(stage, callConnectionId, ann, 'de-DE', [1000, 'no']);
  await report.does('CallMedia.stopTranscription', 'STOP_TRANSCRIPTION', () => media.stopTranscription());
  await events.takes('TranscriptionStopped');
  await callConnection.hangUp(true);
  await events.takes('CallDisconnected');

  const deaf = { ...transcriptionOptions, transportUrl: socket(await people.missing()), startTranscription: true };
  const failing = await client.createCall(invite, events.url, { transcriptionOptions: deaf });
  const failed = await events.takes('TranscriptionFailed');
  assert.deepEqual([failed.resultInformation.code, failed.resultInformation.subCode], [400, 8581]);
  await failing.callConnection.hangUp(true);
  await events.takes('CallDisconnected');
}

/** What the SDK makes of the frames that came for a call: one word more of that person, in that language. */
async function words(stage, callConnectionId, ann, locale, [hz, text]) {
  const { sdk, people } = stage;
  await people.says('ann', hz);
  const frames = JSON.parse(await people.words(callConnectionId, text)).map(sdk.StreamingData.parse);
  const metadata = frames.findLast((frame) => frame.subscriptionId);
  assert.equal(metadata.callConnectionId, callConnectionId);
  assert.equal(metadata.locale, locale);
  const said = frames.find((frame) => frame.text === text);
  assert.equal(said.participant.phoneNumber, ann.phoneNumber);
  assert.ok(said.durationInTicks > 0);
  assert.deepEqual(said.words.map((word) => word.text), [text]);
}

const socket = (url) => url.replace(/^http/, 'ws');

async function streaming(stage, ann) {
  const { report, client, people, roster } = stage;
  if (!stage.since('2025-05-15')) {
    return;
  }
  const events = stage.application.mailbox('streamed');
  const invite = { targetParticipant: ann, sourceCallIdNumber: { phoneNumber: roster.source } };
  const mediaStreamingOptions = {
    transportUrl: process.env.STREAM,
    transportType: 'websocket',
    contentType: 'audio',
    audioChannelType: 'mixed',
    startMediaStreaming: false,
  };
  const { callConnection } = await client.createCall(invite, events.url, { mediaStreamingOptions });
  await events.takes('CallConnected');
  const media = callConnection.getCallMedia();
  await report.does('CallMedia.startMediaStreaming', 'START_MEDIA_STREAMING', () =>
    media.startMediaStreaming({ operationContext: 'listen' }),
  );
  const started = await events.takes('MediaStreamingStarted');
  assert.equal(started.operationContext, 'listen');
  assert.equal(started.mediaStreamingUpdate.mediaStreamingStatus, 'mediaStreamingStarted');
  await report.does('CallMedia.stopMediaStreaming', 'STOP_MEDIA_STREAMING', () => media.stopMediaStreaming());
  await events.takes('MediaStreamingStopped');
  await callConnection.hangUp(true);
  await events.takes('CallDisconnected');

  const unheard = { ...mediaStreamingOptions, transportUrl: socket(await people.missing()), startMediaStreaming: true };
  const failing = await client.createCall(invite, events.url, { mediaStreamingOptions: unheard });
  const failed = await events.takes('MediaStreamingFailed');
  assert.equal(failed.mediaStreamingUpdate.mediaStreamingStatusDetails, 'badRequest');
  await failing.callConnection.hangUp(true);
  await events.takes('CallDisconnected');
}

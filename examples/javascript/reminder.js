// Calls a patient, reads a reminder, waits for 1 (I come) or 2 (I do not).
//   CONNECTION_STRING, PORT, CALLBACK (where PORT can be reached), CALLER, PATIENT, PROMPT (a WAV's URL)
import { CallAutomationClient } from '@azure/communication-call-automation';
import { listen } from './callbacks.js';

const { CONNECTION_STRING, PORT, CALLBACK, CALLER, PATIENT, PROMPT } = process.env;
const client = new CallAutomationClient(CONNECTION_STRING);
const patient = { phoneNumber: PATIENT };

await listen(Number(PORT), async (event) => {
  const call = client.getCallConnection(event.callConnectionId);
  switch (event.kind) {
    case 'CallConnected':
      await call.getCallMedia().startRecognizing(patient, {
        kind: 'callMediaRecognizeDtmfOptions',
        playPrompt: { kind: 'fileSource', url: PROMPT },
        maxTonesToCollect: 1,
        initialSilenceTimeoutInSeconds: 10,
      });
      break;
    case 'RecognizeCompleted':
      console.log(event.dtmfResult.tones[0] === 'one' ? 'the patient comes' : 'the patient does not come');
      await call.hangUp(true);
      break;
    case 'RecognizeFailed':
      console.log('the patient says nothing');
      await call.hangUp(true);
      break;
    case 'CallDisconnected':
    case 'CreateCallFailed':
      console.log(`the call is over: ${event.kind}`);
      process.exit(0);
  }
});
await client.createCall({ targetParticipant: patient, sourceCallIdNumber: { phoneNumber: CALLER } }, CALLBACK);
console.log('calling');

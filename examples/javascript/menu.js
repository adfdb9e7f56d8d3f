// Answers calls to the application's number and offers: 1 the menu again, 2 a person.
//   CONNECTION_STRING, PORT, CALLBACK (where PORT can be reached), PROMPT (a WAV's URL), PERSON (8:acs:...)
import { CallAutomationClient } from '@azure/communication-call-automation';
import { listen } from './callbacks.js';

const { CONNECTION_STRING, PORT, CALLBACK, PROMPT, PERSON } = process.env;
const client = new CallAutomationClient(CONNECTION_STRING);
const callers = new Map();

function offer(connectionId) {
  const options = {
    kind: 'callMediaRecognizeDtmfOptions',
    playPrompt: { kind: 'fileSource', url: PROMPT },
    maxTonesToCollect: 1,
    initialSilenceTimeoutInSeconds: 10,
  };
  return client.getCallConnection(connectionId).getCallMedia().startRecognizing(callers.get(connectionId), options);
}

await listen(
  Number(PORT),
  async (event) => {
    const id = event.callConnectionId;
    const call = client.getCallConnection(id);
    switch (event.kind) {
      case 'CallConnected':
        callers.set(id, (await call.listParticipants()).values[0].identifier);
        return offer(id);
      case 'RecognizeCompleted':
        if (event.dtmfResult.tones[0] === 'two') {
          console.log('to a person');
          return call.transferCallToParticipant({ communicationUserId: PERSON });
        }
        console.log('the menu again');
        return offer(id);
      case 'RecognizeFailed':
        return call.hangUp(true);
      case 'CallTransferAccepted':
        console.log('transferred');
        return undefined;
      case 'CallDisconnected':
        callers.delete(id);
        console.log('the application is out');
    }
  },
  async (event) => {
    if (event.eventType === 'Microsoft.Communication.IncomingCall') {
      await client.answerCall(event.data.incomingCallContext, CALLBACK);
      console.log('answered');
    }
  },
);
console.log('listening');

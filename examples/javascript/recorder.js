// Calls a person, records the call, and fetches the file when it is made.
//   CONNECTION_STRING, PORT, CALLBACK (where PORT can be reached), CALLER, PERSON, PROMPT (a WAV's URL), FILE
// The application's `eventsUrl` in Strowger's settings leads to PORT too: there it is told of files.
import { CallAutomationClient } from '@azure/communication-call-automation';
import { listen } from './callbacks.js';

const { CONNECTION_STRING, PORT, CALLBACK, CALLER, PERSON, PROMPT, FILE } = process.env;
const client = new CallAutomationClient(CONNECTION_STRING);
const recordings = client.getCallRecording();
const person = { phoneNumber: PERSON };
let recordingId;

async function onCallEvent(event) {
  switch (event.kind) {
    case 'CallConnected': {
      const started = await recordings.start({
        callLocator: { kind: 'serverCallLocator', id: event.serverCallId },
        recordingContent: 'audio',
        recordingChannel: 'mixed',
        recordingFormat: 'wav',
      });
      recordingId = started.recordingId;
      console.log('recording');
      await client.getCallConnection(event.callConnectionId).getCallMedia().playToAll([{ kind: 'fileSource', url: PROMPT }]);
      break;
    }
    case 'CallDisconnected':
    case 'CreateCallFailed':
      console.log(`the call is over: ${event.kind}`);
      if (!recordingId) {
        process.exit(1);
      }
  }
}

async function onGridEvent(event) {
  if (event.eventType !== 'Microsoft.Communication.RecordingFileStatusUpdated') {
    return;
  }
  if (!recordingId || !event.subject.endsWith(`/recordingId/${recordingId}`)) {
    return;
  }
  const [chunk] = event.data.recordingStorageInfo.recordingChunks;
  await recordings.downloadToPath(chunk.contentLocation, FILE);
  await recordings.delete(chunk.deleteLocation);
  console.log('the file is here');
  process.exit(0);
}

await listen(Number(PORT), onCallEvent, onGridEvent);
await client.createCall({ targetParticipant: person, sourceCallIdNumber: { phoneNumber: CALLER } }, CALLBACK);
console.log('calling');

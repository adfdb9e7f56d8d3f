// The application's web server: events of calls, and calls that come in.
import { createServer } from 'node:http';
import { parseCallAutomationEvent } from '@azure/communication-call-automation';

/**
 * @param onEvent gets each event of a call
 * @param onIncomingCall gets what is told of a call to the application's number
 */
export async function listen(port, onEvent, onIncomingCall = async () => {}) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    let answer = '';
    for (const event of JSON.parse(body)) {
      if (event.eventType === 'Microsoft.EventGrid.SubscriptionValidationEvent') {
        answer = JSON.stringify({ validationResponse: event.data.validationCode });
      } else if (event.eventType === 'Microsoft.Communication.IncomingCall') {
        run(() => onIncomingCall(event.data));
      } else if (event.specversion) {
        const parsed = parseCallAutomationEvent(event);
        run(() => onEvent(parsed));
      }
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(answer);
  });
  await new Promise((listening) => server.listen(port, listening));
  return server;
}

/** An event is accepted first and acted upon then; what goes wrong ends the application. */
function run(act) {
  act().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}

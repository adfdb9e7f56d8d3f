// The application's web server: events of calls, and of Event Grid.
import { createServer } from 'node:http';
import { parseCallAutomationEvent } from '@azure/communication-call-automation';

/**
 * @param onCallEvent gets each event of a call, parsed
 * @param onGridEvent gets what applications are told beside their calls: that somebody calls, that a file is made
 */
export async function listen(port, onCallEvent, onGridEvent = async () => {}) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    let answer = '';
    for (const event of JSON.parse(body)) {
      if (event.eventType === 'Microsoft.EventGrid.SubscriptionValidationEvent') {
        answer = JSON.stringify({ validationResponse: event.data.validationCode });
      } else if (event.eventType) {
        run(() => onGridEvent(event));
      } else if (event.specversion) {
        const parsed = parseCallAutomationEvent(event);
        run(() => onCallEvent(parsed));
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

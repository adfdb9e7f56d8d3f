// Many clients of one platform at once, each with an http client, connections and events of its own; before that one client
// alone, unhurried. Any error, any retry and any event that does not come fails it. Figures are printed as JSON lines.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import assert from 'node:assert/strict';
import { Application } from './application.mjs';
import { Report } from './report.mjs';

const { CONNECTION_STRING, METRICS, CALLER, NUMBER } = process.env;
const CLIENTS = Number(process.env.CLIENTS);
const ROUNDS = 2;
const QUIET_CALLS = 100;
const QUIET_MS = 50;
const directory = process.argv[2];
const require = createRequire(join(directory, 'package.json'));
const sdk = require('@azure/communication-call-automation');
const { createDefaultHttpClient } = require('@azure/core-rest-pipeline');
const invite = { targetParticipant: { phoneNumber: NUMBER }, sourceCallIdNumber: { phoneNumber: CALLER } };
const report = new Report();
const application = new Application(sdk, report);
const failures = [];
let requests = 0;

/** Counts each request, so that a retry of the SDK shows. */
const counting = {
  position: 'perRetry',
  policy: {
    name: 'counting',
    sendRequest(request, next) {
      requests++;
      return next(request);
    },
  },
};

function client() {
  return new sdk.CallAutomationClient(CONNECTION_STRING, {
    httpClient: createDefaultHttpClient(),
    additionalPolicies: [counting],
  });
}

/** A call to somebody who does not pick up: placed, looked at, ended. */
async function one(client, events, placed) {
  const startedAt = performance.now();
  const { callConnection } = await client.createCall(invite, events.url);
  placed.push(performance.now() - startedAt);
  const properties = await callConnection.getCallConnectionProperties();
  if (properties.callConnectionState !== 'connecting') {
    throw new Error(`${properties.callConnectionState}: ${JSON.stringify(await events.takes('CreateCallFailed'))}`);
  }
  await callConnection.hangUp(true);
  await events.takes('CallDisconnected');
}

/** How long the gateway says that createCall took: how many, and how long all together. */
async function gateway() {
  const text = await (await fetch(METRICS)).text();
  const read = (what) =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`strowger_http_request_seconds_${what}{`) && line.includes('operation="create_call"'))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  return { count: read('count'), seconds: read('sum') };
}

async function figures(name, calls) {
  const before = await gateway();
  const requestsBefore = requests;
  const startedAt = performance.now();
  const placed = [];
  await calls(placed);
  const seconds = (performance.now() - startedAt) / 1000;
  const now = await gateway();
  placed.sort((a, b) => a - b);
  const at = (share) => round(placed[Math.floor(share * (placed.length - 1))]);
  const figure = {
    figure: name,
    calls: placed.length,
    requests: requests - requestsBefore,
    requestsPerSecond: round((requests - requestsBefore) / seconds),
    createCallMeanMs: round(placed.reduce((sum, ms) => sum + ms, 0) / placed.length),
    createCallP50Ms: at(0.5),
    createCallP99Ms: at(0.99),
    gatewayMeanMs: round((1000 * (now.seconds - before.seconds)) / (now.count - before.count)),
  };
  assert.equal(now.count - before.count, placed.length, 'the gateway saw another number of calls');
  assert.equal(figure.requests, 3 * placed.length, 'the SDK had to ask again');
  console.log(JSON.stringify(figure));
}

function round(ms) {
  return Math.round(10 * ms) / 10;
}

async function guarded(act) {
  try {
    await act();
  } catch (error) {
    failures.push(error?.stack ?? error);
  }
}

await application.open();
await guarded(async () => {
  const alone = client();
  const events = application.mailbox('alone');
  for (let i = 0; i < 20; i++) {
    await one(alone, events, []);
  }
  await figures('sdk.alone', async (placed) => {
    for (let i = 0; i < QUIET_CALLS; i++) {
      const next = after(QUIET_MS);
      await one(alone, events, placed);
      await next;
    }
  });
  const crowd = Array.from({ length: CLIENTS }, () => ({ client: client(), events: application.mailbox('crowd') }));
  await figures('sdk.crowd', (placed) =>
    Promise.all(
      crowd.map(({ client, events }) =>
        guarded(async () => {
          for (let i = 0; i < ROUNDS; i++) {
            await one(client, events, placed);
          }
        }),
      ),
    ),
  );
});
failures.slice(0, 5).forEach((failure) => console.log(failure));
const all = [...failures, ...report.failures()];
console.log(`${CLIENTS} clients at once: ${all.length} failures`);
process.exit(all.length === 0 ? 0 : 1);

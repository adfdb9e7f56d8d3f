// Exercises one version of the SDK. Its folder is the argument; CONNECTION_STRING, PEOPLE and
// RESULT say where the platform, the people and the result are.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { Application } from './application.mjs';
import { people } from './people.mjs';
import { Report } from './report.mjs';
import { oneCall } from './one-call.mjs';
import { groups } from './groups.mjs';
import { incomingCalls } from './incoming-calls.mjs';
import { failures } from './failures.mjs';
import { recordings } from './recordings.mjs';
import { refusals } from './refusals.mjs';
import { tokens } from './tokens.mjs';

const API_VERSIONS = {
  '1.0.0': '2023-03-06',
  '1.2.0': '2024-04-15',
  '1.5.1': '2025-06-15',
  '1.6.0': '2026-03-12',
};

const directory = process.argv[2];
const require = createRequire(join(directory, 'package.json'));
const sdk = require('@azure/communication-call-automation');
const installed = join(directory, 'node_modules/@azure/communication-call-automation/package.json');
const version = JSON.parse(readFileSync(installed, 'utf8')).version;
const apiVersion = API_VERSIONS[version];
const report = new Report();
const application = new Application(sdk, report);
await application.open();
const stage = {
  sdk,
  require,
  report,
  application,
  people,
  roster: await people.roster(),
  client: new sdk.CallAutomationClient(process.env.CONNECTION_STRING),
  connectionString: process.env.CONNECTION_STRING,
  since: (wanted) => apiVersion >= wanted,
};
const stories = { oneCall, groups, incomingCalls, recordings, failures, refusals, tokens };
const methods = Report.methodsOf(sdk, directory);
for (const [name, tell] of Object.entries(stories)) {
  await tell(stage, name);
}
application.close();
const good = report.write(process.env.RESULT, { sdk: 'js', version }, methods, Report.eventsOf(directory));
process.exit(good ? 0 : 1);

// What was called, what it came to, which events the parser understood.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CLASSES = ['CallAutomationClient', 'CallConnection', 'CallMedia', 'CallRecording'];

export class Report {
  #checks = [];
  #events = new Set();
  #versions = new Set();
  #failures = [];

  /** Calls one method of the SDK for an operation of the API; its answer is the method's. */
  async does(method, operation, call) {
    const check = { method, operation, state: 'passed' };
    this.#checks.push(check);
    return call();
  }

  /** The same for what the platform refuses; the error must say so with its status and code. */
  async isRefused(method, operation, status, code, call) {
    const check = { method, operation, state: 'refused' };
    this.#checks.push(check);
    return this.#refusal(method, status, code, call);
  }

  /** An error path of a method that is checked elsewhere, too. */
  async fails(method, status, code, call) {
    return this.#refusal(method, status, code, call);
  }

  async #refusal(method, status, code, call) {
    let error;
    try {
      await call();
    } catch (thrown) {
      error = thrown;
    }
    const told = error && `${error.statusCode} ${error.code}: ${error.message}`;
    if (!error || error.statusCode !== status || error.code !== code || !error.message) {
      throw new Error(`${method} should be refused with ${status} ${code}, not ${told}`);
    }
    return error;
  }

  /** @param version the api-version that the event names: the one of the requests */
  parsed(kind, version) {
    this.#events.add(kind);
    this.#versions.add(version);
  }

  /** Runs one story; what goes wrong is charged to the method called last. */
  async story(name, tell) {
    const startedAt = Date.now();
    try {
      await tell();
      console.log(`  ok      ${name} (${Date.now() - startedAt} ms)`);
    } catch (error) {
      const last = this.#checks.at(-1);
      if (last) {
        last.state = 'failed';
      }
      this.#failures.push(`${name}, after ${last?.method}: ${error?.stack ?? error}`);
      console.log(`  NOT OK  ${name}, after ${last?.method}: ${error?.stack ?? error}`);
    }
  }

  failure(text) {
    this.#failures.push(text);
  }

  failures() {
    return this.#failures;
  }

  /** Every public method of the clients, as the types of that version declare them. */
  static methodsOf(sdk, directory) {
    const declared = text(join(directory, 'node_modules/@azure/communication-call-automation'), '.d.ts');
    const hidden = new Set([...declared.matchAll(/^\s*private (\w+);/gm)].map((hit) => hit[1]));
    const methods = ['parseCallAutomationEvent'];
    for (const type of CLASSES) {
      const names = Object.getOwnPropertyNames((sdk[type] ?? sdk.classes[type]).prototype);
      for (const name of names) {
        if (name !== 'constructor' && !hidden.has(name)) {
          methods.push(`${type}.${name}`);
        }
      }
    }
    return methods;
  }

  /** The types of events that the parser of that version knows, without their prefix. */
  static eventsOf(directory) {
    const source = text(join(directory, 'node_modules/@azure/communication-call-automation/dist'), '.js');
    return [...new Set([...source.matchAll(/case "Microsoft\.Communication\.(\w+)"/g)].map((hit) => hit[1]))].sort();
  }

  write(file, about, methods, knownEvents) {
    const called = new Set(this.#checks.map((check) => check.method));
    for (const method of methods.filter((one) => !called.has(one))) {
      this.failure(`${method} was never called`);
    }
    for (const method of [...called].filter((one) => !methods.includes(one))) {
      this.failure(`${method} is no method of this version`);
    }
    const result = {
      ...about,
      apiVersion: [...this.#versions].join(),
      methods,
      checks: this.#checks,
      events: [...this.#events].sort(),
      knownEvents,
      failures: this.#failures,
    };
    writeFileSync(file, JSON.stringify(result, null, 1));
    return this.#failures.length === 0;
  }
}

function text(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .filter((entry) => entry.endsWith(ending) && !entry.includes('node_modules') && !entry.includes('generated'))
    .map((entry) => readFileSync(join(folder, entry), 'utf8'))
    .join('');
}

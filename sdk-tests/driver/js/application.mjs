// The application's callback server: every POST goes through the SDK's own parser.
import { createServer } from 'node:http';

const SOON_MS = Number(process.env.SOON_MS ?? 15_000);

export class Application {
  #server;
  #sdk;
  #report;
  #mailboxes = new Map();
  #calls = 0;

  constructor(sdk, report) {
    this.#sdk = sdk;
    this.#report = report;
    this.#server = createServer((request, response) => this.#take(request, response));
  }

  async open() {
    await new Promise((listening) => this.#server.listen(0, '127.0.0.1', listening));
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A place of its own for the events of one call. */
  mailbox(name) {
    const path = `/${name}-${++this.#calls}`;
    const mailbox = new Mailbox(`http://127.0.0.1:${this.#server.address().port}${path}`);
    this.#mailboxes.set(path, mailbox);
    return mailbox;
  }

  #take(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      try {
        const event = this.#sdk.parseCallAutomationEvent(JSON.parse(body));
        this.#report.parsed(event.kind, JSON.parse(body)[0].data.version);
        this.#mailboxes.get(request.url)?.put(event);
      } catch (error) {
        this.#report.failure(`the parser: ${error} in ${body}`);
      }
      response.end();
    });
  }
}

class Mailbox {
  #events = [];
  #waiting = [];
  #all = [];

  constructor(url) {
    this.url = url;
  }

  put(event) {
    this.#all.push(event.kind);
    this.#events.push(event);
    this.#waiting.forEach((look) => look());
  }

  /** Takes the first event of that kind that nobody took yet. */
  async takes(kind, which = () => true) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.#events.findIndex((event) => event.kind === kind && which(event));
        if (at < 0) {
          return;
        }
        this.#waiting.splice(this.#waiting.indexOf(look), 1);
        clearTimeout(deadline);
        resolve(this.#events.splice(at, 1)[0]);
      };
      const deadline = setTimeout(
        () => reject(new Error(`no ${kind} in time; so far ${this.#all}; left ${JSON.stringify(this.#events)}`)),
        SOON_MS,
      );
      this.#waiting.push(look);
      look();
    });
  }

  has(kind) {
    return this.#all.includes(kind);
  }
}

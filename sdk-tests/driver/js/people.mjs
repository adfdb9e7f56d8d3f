// The people at the phones, who live in the process that started this one.
const address = process.env.PEOPLE;

async function ask(what, fields = {}) {
  const answer = await fetch(`${address}${what}?${new URLSearchParams(fields)}`, { method: 'POST' });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${what} ${JSON.stringify(fields)}: ${text}`);
  }
  return text;
}

export const people = {
  /** Numbers, users and tones by name. */
  roster: async () => JSON.parse(await ask('roster')),
  calls: async (who) => Number(await ask('calls', { who })),
  isAnswered: (who, after = 0) => ask('isAnswered', { who, after }),
  hasEnded: (who) => ask('hasEnded', { who }),
  press: (who, keys) => ask('press', { who, keys }),
  /** A word: 700 Hz is yes, 1000 Hz is no. */
  says: (who, hz) => ask('says', { who, hz }),
  hangsUp: (who) => ask('hangsUp', { who }),
  hears: (who, hz) => ask('hears', { who, hz }),
  heardKeys: (who, keys) => ask('heardKeys', { who, keys }),
  /** Calls the application's number; gives what the application is told of the call. */
  dials: async (who) => JSON.parse(await ask('dials', { who })),
  /** The address of a prompt of one tone. */
  tone: (hz, ms) => ask('tone', { hz, ms }),
  missing: () => ask('missing'),
  /** The frames of a call's transcription so far, as texts, once one of them says `text`. */
  words: (connection, text) => ask('words', { connection, text }),
  /** What the application is told of a finished recording's file. */
  file: async (recordingId) => JSON.parse(await ask('file', { recordingId })),
};

/** Made-up SMTP conversations, what each refusal in them is about, and the forms in which programs write them down. */

import fc from 'fast-check';
import type { CommandName } from '../../server/src/values.ts';

/** What one side says in one line. */
export interface Said {
  readonly by: 'client' | 'server';
  readonly text: string;
  /** What a refusal is about; no reply but a refusal has it. */
  readonly about?: { readonly command: CommandName; readonly recipient?: string; readonly sender?: string };
}

export type Conversation = readonly Said[];

type Random = (below: number) => number;

/** A conversation as servers and clients have it: pipelined or not, with challenges, several recipients, and refusals of anything. */
function converse(random: Random, session: number): Said[] {
  const said: Said[] = [];
  let count = 0;
  const client = (text: string): void => void said.push({ by: 'client', text });
  const accept = (text: string): void => void said.push({ by: 'server', text });
  const refuse = (command: CommandName, sender?: string, recipient?: string): void => {
    count += 1;
    const about = { command, ...(sender !== undefined && { sender }), ...(recipient !== undefined && { recipient }) };
    said.push({ by: 'server', text: `${random(2) === 0 ? '550 5.7.1' : '451 4.7.1'} Refusal ${session} ${count} here`, about });
  };
  const oneIn = (chances: number): boolean => random(chances) === 0;

  if (oneIn(8)) {
    refuse('connection');
    return said;
  }
  accept('220 mx.fabrikam.com ESMTP');
  client('EHLO mail.contoso.com');
  if (oneIn(8)) refuse('EHLO');
  else accept('250 mx.fabrikam.com Hello');
  if (oneIn(3)) {
    client('AUTH LOGIN');
    for (const challenge of ['334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6']) {
      accept(challenge);
      client('c29tZWJvZHk=');
    }
    if (oneIn(2)) refuse('AUTH');
    else accept('235 2.7.0 Authentication successful');
  }
  for (let message = 1 + random(2); message > 0; message -= 1) handOver(message);
  client('QUIT');
  accept('221 2.0.0 Bye');
  return said;

  function handOver(message: number): void {
    const sender = `sender${session}x${message}@contoso.com`;
    const recipients = Array.from({ length: 1 + random(4) }, (_, index) => `recipient${session}x${message}x${index}@fabrikam.com`);
    const isPipelined = oneIn(2);
    const commands = [`MAIL FROM:<${sender}> SIZE=100`, ...recipients.map((recipient) => `RCPT TO:<${recipient}>`)];
    const answer = (index: number): void => {
      const recipient = recipients[index - 1];
      if (!oneIn(3)) accept(index === 0 ? '250 2.1.0 Sender OK' : '250 2.1.5 Recipient OK');
      // Whether somebody who was named already has to do with a refusal of the sender depends on who is asked.
      else if (recipient === undefined) refuse('MAIL', sender);
      else refuse('RCPT', sender, recipient);
    };
    if (isPipelined) {
      commands.forEach(client);
      commands.forEach((_, index) => {
        answer(index);
      });
    } else {
      commands.forEach((command, index) => {
        client(command);
        answer(index);
      });
    }
    if (oneIn(4)) {
      client('BDAT 1000 LAST');
      if (oneIn(2)) refuse('message', sender, recipients.at(-1));
      else accept('250 2.6.0 Queued mail for delivery');
      return;
    }
    client('DATA');
    if (oneIn(4)) {
      refuse('DATA', sender, recipients.at(-1));
      return;
    }
    accept('354 Start mail input');
    if (oneIn(2)) refuse('message', sender, recipients.at(-1));
    else accept('250 2.6.0 Queued mail for delivery');
  }
}

/** So many conversations, each with addresses of its own. */
export const conversations = (count: number): fc.Arbitrary<readonly Conversation[]> =>
  fc.array(fc.nat(0x7fff_ffff), { minLength: count, maxLength: count }).map((seeds) => seeds.map((seed, session) => converse(randomFrom(seed), session)));

/** Numerical Recipes' generator: what matters is that a seed gives one conversation. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A program that writes conversations down. */
export interface Scribe {
  readonly name: string;
  readonly header: string;
  /** The rows of one conversation; a program may leave out what it does not log. */
  readonly rows: (conversation: Conversation, session: number) => string[];
  /** What it can tell a reply to be about: one that begins without a sign of it cannot be the connection's. */
  readonly tells: (command: CommandName) => boolean;
}

const exchange = (log: 'Send' | 'Receive', sign: Readonly<Record<Said['by'], string>>): Scribe => ({
  name: `Exchange, SMTP ${log.toLowerCase()} log`,
  header: [
    '#Software: Microsoft Exchange Server',
    `#Log-type: SMTP ${log} Protocol Log`,
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
    '',
  ].join('\n'),
  rows: (conversation, session) => {
    const connector = log === 'Send' ? 'Internet' : 'EX01\\Default EX01';
    const row = (event: string, data: string, index: number): string =>
      `2026-01-15T08:00:00.000Z,${connector},08DE5400000${(0x10000 + session).toString(16).toUpperCase()},${index},192.0.2.10:40001,203.0.113.25:25,${event},${data},\n`;
    const said: [string, string][] = [['+', ''], ...conversation.map(({ by, text }): [string, string] => [sign[by], text]), ['-', '']];
    return said.map(([event, data], index) => row(event, data, index));
  },
  tells: () => true,
});

const hmailserver = (side: 'C' | 'D'): Scribe => ({
  name: `hMailServer as ${side === 'C' ? 'client' : 'server'}`,
  header: '',
  rows: (conversation, session) =>
    conversation.map(({ by, text }) => {
      const direction = (by === 'client') === (side === 'C') ? 'SENT' : 'RECEIVED';
      return `"SMTP${side}"\t1234\t${session + 1}\t"2026-01-15 08:00:00.100"\t"203.0.113.25"\t"${direction}: ${text}"\n`;
    }),
  // It does not log that a connection was opened.
  tells: (command) => command !== 'connection',
});

const iis: Scribe = {
  name: 'SMTP service of IIS',
  header:
    '#Software: Microsoft Internet Information Services 8.5\n#Fields: date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status\n',
  rows: (conversation, session) =>
    conversation.flatMap(({ by, text }) => {
      const start = `2026-01-15 08:00:00 203.0.113.${session + 1} OutboundConnection${by === 'client' ? 'Command' : 'Response'} SMTPSVC1 EX01 - 25`;
      // It logs verbs it knows; what answers a challenge is none.
      if (by === 'client' && !/^[A-Z]{4} ?/.test(text)) return [];
      const [, verb = '', rest = ''] = /^(\S+) ?(.*)$/.exec(text) ?? [];
      return [by === 'client' ? `${start} ${verb} - ${rest.replaceAll(' ', '+') || '-'} 0\n` : `${start} - - ${text.replaceAll(' ', '+')} 0\n`];
    }),
  tells: (command) => command !== 'connection',
};

/** Every form that has sessions. */
export const scribes: readonly Scribe[] = [
  exchange('Send', { client: '>', server: '<' }),
  exchange('Receive', { client: '<', server: '>' }),
  hmailserver('C'),
  hmailserver('D'),
  iis,
];

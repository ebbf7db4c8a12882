/** Each bound that is promised is one: a row that stands within the reach is known, and one that stands a character farther away is not. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { Session } from '../../server/src/smtp/session.ts';
import { Recent } from '../../server/src/text/recent.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { trials } from '../support/trials.ts';

/** As ARCHITECTURE.md promises them: what is read from the source would see no other number. */
const reachAbove = 256 * 1024;
const reachBelow = 64 * 1024;
const lineReach = 64 * 1024;
const overruleReach = 32 * 1024;

/** Two rows of which one is known for the other, as long as they begin within a reach of each other. */
interface Dependence {
  readonly header?: string;
  readonly first: string;
  readonly second: string;
  /** A row of the same form that has nothing to do with them, so many characters longer than its shortest. */
  readonly filler: (longer: number) => string;
  readonly reach: number;
  readonly isKnown: (records: readonly LogRecord[]) => boolean;
}

/** The text in which the second row begins so many characters below the first one. */
function textOf({ header = '', first, second, filler }: Dependence, distance: number): string {
  const length = distance - first.length;
  const shortest = filler(0);
  const rows = Math.floor(length / shortest.length);
  const text = `${header}${first}${shortest.repeat(rows - 1)}${filler(length - rows * shortest.length)}${second}`;
  assert.equal(text.length - second.length - header.length, distance);
  return text;
}

const words = (longer: number): string => 'x'.repeat(longer);
const hMail = (session: number, text: string): string => `"SMTPC"\t1234\t${session}\t"2026-01-15 08:00:01.100"\t"203.0.113.25"\t"${text}"\n`;
const iis = (address: string, command: string, query: string, status: number): string =>
  `2026-01-15 08:00:00 ${address} app01 SMTPSVC1 RELAY01 192.0.2.10 0 ${command} - ${query} ${status} 0 44 30 0 SMTP - - - -\n`;
const iisHeader =
  '#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: 2026-01-15 08:00:00\n#Fields: date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status sc-win32-status sc-bytes cs-bytes time-taken cs-version cs-host cs(User-Agent) cs(Cookie) cs(Referer)\n';
const sent = (session: number, event: string, data: string): string =>
  `2026-01-15T08:00:00.000Z,Internet,08DE54000000000${session},7,192.0.2.10:40001,203.0.113.25:25,${event},${data},\n`;
const sendHeader =
  '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
const connected = (session: number, direction: string, description: string): string =>
  `2026-01-15T08:00:00.000Z,08DE54000000000${session},SMTP,fabrikam.com,${direction},${description}\n`;
const connectHeader = '#Software: Microsoft Exchange Server\n#Log-Type: Transport Connectivity Log\n#Fields: date-time,session,source,Destination,direction,description\n';
const tracked = (event: string, id: string, status: string): string => `2026-01-15T08:00:00.000Z,${event},${id},bob@fabrikam.com,${status}\n`;
const trackHeader = '#Software: Microsoft Exchange Server\n#Log-type: Message Tracking Log\n#Fields: date-time,event-id,message-id,recipient-address,recipient-status\n';
const exim = (id: string, rest: string): string => `2026-01-15 08:00:00 ${id} ${rest}\n`;
const attempt = exim('1rPABC-000000001Ab-1234', 'H=mx.fabrikam.com [203.0.113.25]: SMTP error from remote mail server after RCPT TO:<bob@fabrikam.com>: 451 4.7.1 Greylisted');
const told = exim(
  '1rPABC-000000001Ab-1234',
  '== bob@fabrikam.com R=dnslookup T=remote_smtp defer (-44) H=mx.fabrikam.com [203.0.113.25]: SMTP error from remote mail server after RCPT TO:<bob@fabrikam.com>: 451 4.7.1 Greylisted',
);
const hasRecipient = ([record]: readonly LogRecord[]): boolean => record?.captures.recipient === 'bob@fabrikam.com';
const hasHost = ([record]: readonly LogRecord[]): boolean => record?.captures.remoteAddress === '203.0.113.25';
const esa = (said: string): string => `Thu Jan 15 08:00:00 2026 Info: ${said}\n`;
const smtpd = (session: string, said: string): string => `Jan 15 08:00:00 mx3 smtpd[4711]: ${session.padEnd(16, '0')} smtp ${said}\n`;
const kerio = (message: number, said: string): string => `[15/Jan/2026 08:00:00] ${said.replace('#', `Queue-ID: 438dd9ea-0000000${message}`)}\n`;
const haraka = (connection: string, said: string): string => `2026-01-15T08:00:00.000Z [INFO] [${connection}84066B5-E28C-4B91-8403-34686796FD91] [core] ${said}\n`;
/** The reply names its recipient itself: so it can be told which of the commands it answers. */
const hasCommand = ([record]: readonly LogRecord[]): boolean => record?.response?.command === 'RCPT';
const isOne = (records: readonly LogRecord[]): boolean => records.length === 1;

const dependences: Readonly<Record<string, Dependence>> = {
  'hMailServer, a command and its reply': {
    first: hMail(7, 'SENT: RCPT TO:<bob@fabrikam.com>'),
    second: hMail(7, 'RECEIVED: 550 5.1.1 <bob@fabrikam.com>: User unknown'),
    filler: (longer) => hMail(8, `RECEIVED: 250 Ok${words(longer)}`),
    reach: reachAbove,
    isKnown: hasCommand,
  },
  'hMailServer, a reply and the one to the only command below it': {
    first: hMail(7, 'RECEIVED: 250 Ok') + hMail(7, 'SENT: RCPT TO:<bob@fabrikam.com>'),
    second: hMail(7, 'RECEIVED: 550 5.1.1 User unknown'),
    filler: (longer) => hMail(8, `RECEIVED: 250 Ok${words(longer)}`),
    reach: Math.floor(reachAbove / 3),
    isKnown: hasRecipient,
  },
  'IIS, a command and its reply': {
    header: iisHeader,
    first: iis('192.0.2.50', 'RCPT', '+TO:<bob@fabrikam.com>', 250),
    second: iis('192.0.2.50', 'DATA', '-', 554),
    filler: (longer) => iis('192.0.2.51', 'EHLO', `+app01${words(longer)}`, 250),
    reach: reachAbove,
    isKnown: hasRecipient,
  },
  'a protocol log, a command and its reply': {
    header: sendHeader,
    first: sent(1, '>', 'RCPT TO:<bob@fabrikam.com>'),
    second: sent(1, '<', '550 5.1.1 <bob@fabrikam.com>: User unknown'),
    filler: (longer) => sent(2, '<', `250 2.1.5 Ok${words(longer)}`),
    reach: reachAbove,
    isKnown: hasCommand,
  },
  'a protocol log, a reply and the one to the only command below it': {
    header: sendHeader,
    first: sent(1, '<', '250 2.1.0 Sender OK') + sent(1, '>', 'RCPT TO:<bob@fabrikam.com>'),
    second: sent(1, '<', '550 5.1.1 User unknown'),
    filler: (longer) => sent(2, '<', `250 2.1.5 Ok${words(longer)}`),
    reach: Math.floor(reachAbove / 3),
    isKnown: hasRecipient,
  },
  'a connectivity log, a failure and the end of its session': {
    header: connectHeader,
    first: connected(1, '>', 'Failed connection to 203.0.113.5:25 (TimedOut:0000274C)'),
    second: connected(1, '-', 'Messages: 0 Bytes: 0 (Retry : Failed connection to 203.0.113.5:25)'),
    filler: (longer) => connected(2, '>', `mx1.fabrikam.com${words(longer)}`),
    reach: reachAbove,
    isKnown: isOne,
  },
  'message tracking, a DSN below its failure': {
    header: trackHeader,
    first: tracked('FAIL', '<m1@contoso.com>', '550 5.1.1 User unknown'),
    second: tracked('DSN', '<m1@contoso.com>', '550 5.1.1 User unknown'),
    filler: (longer) => tracked('DELIVER', `<m2${words(longer)}@contoso.com>`, ''),
    reach: reachAbove,
    isKnown: isOne,
  },
  'message tracking, a DSN above its failure': {
    header: trackHeader,
    first: tracked('DSN', '<m1@contoso.com>', '550 5.1.1 User unknown'),
    second: tracked('FAIL', '<m1@contoso.com>', '550 5.1.1 User unknown'),
    filler: (longer) => tracked('DELIVER', `<m2${words(longer)}@contoso.com>`, ''),
    reach: reachBelow,
    isKnown: isOne,
  },
  'Exim, an attempt above the line of its recipient': {
    first: attempt,
    second: told,
    filler: (longer) => exim('1rPABD-000000001Ab-1234', `Completed${words(longer)}`),
    reach: lineReach,
    isKnown: isOne,
  },
  'Exim, an attempt below the line of its recipient': {
    first: told,
    second: attempt,
    filler: (longer) => exim('1rPABD-000000001Ab-1234', `Completed${words(longer)}`),
    reach: lineReach,
    isKnown: isOne,
  },
  'Cisco Secure Email, a recipient and its bounce': {
    first: esa('MID 4 ICID 5 RID 0 To: <bob@fabrikam.com>'),
    second: esa("Bounced: DCID 3 MID 4 to RID 0 - 5.1.0 - Unknown address error ('550', ['No such user']) []"),
    filler: (longer) => esa(`MID 5 Subject '${words(longer)}'`),
    reach: lineReach,
    isKnown: hasRecipient,
  },
  'Cisco Secure Email, a connection and its bounce': {
    first: esa('New SMTP DCID 3 interface 192.0.2.10 address 203.0.113.25 port 25'),
    second: esa("Bounced: DCID 3 MID 4 to RID 0 - 5.1.0 - Unknown address error ('550', ['No such user']) []"),
    filler: (longer) => esa(`MID 5 Subject '${words(longer)}'`),
    reach: lineReach,
    isKnown: hasHost,
  },
  'OpenSMTPD, a connection and its refusal': {
    first: smtpd('1', 'connected address=203.0.113.25 host=mail.fabrikam.com'),
    second: smtpd('1', 'failed-command command="" result="550 no"'),
    filler: (longer) => smtpd('2', `connected address=203.0.113.26 host=${words(longer)}`),
    reach: lineReach,
    isKnown: hasHost,
  },
  'qmail, a delivery and its report': {
    first: '1768464001.100000 starting delivery 1: msg 7 to remote bob@fabrikam.com\n',
    second: '1768464001.100000 delivery 1: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/\n',
    filler: (longer) => `1768464001.100000 delivery 2: success: did_0+0+1/${words(longer)}\n`,
    reach: lineReach,
    isKnown: hasRecipient,
  },
  'Kerio, a message and its recipient': {
    first: kerio(1, 'Recv: #, Service: SMTP, From: <anna@contoso.com>, To: <bob@fabrikam.com>'),
    second: kerio(1, 'Sent: #, Recipient: <bob@fabrikam.com>, Result: failed, Status: 5.1.1'),
    filler: (longer) => kerio(2, `Sent: #, Recipient: <${words(longer)}@fabrikam.com>, Result: delivered, Status: 2.0.0`),
    reach: lineReach,
    isKnown: ([record]) => record?.captures.sender === 'anna@contoso.com',
  },
  'Haraka, a connection and its denial': {
    first: haraka('0', 'connect ip=203.0.113.25 port=1'),
    second: haraka('0', ' hook=connect plugin=a function=b params="" retval=DENY msg="no"'),
    filler: (longer) => haraka('1', `connect ip=203.0.113.26 port=${words(longer)}`),
    reach: lineReach,
    isKnown: hasHost,
  },
  'Haraka, a denial and what overrules it': {
    first: haraka('0', ' hook=connect plugin=a function=b params="" retval=DENY msg="no"'),
    second: haraka('0', 'deny(soft?) overriden by deny hook'),
    filler: (longer) => haraka('1', `connect ip=203.0.113.26 port=${words(longer)}`),
    reach: overruleReach,
    isKnown: ({ length }) => length === 0,
  },
};

suite('a reach is a reach', () => {
  for (const [name, dependence] of Object.entries(dependences)) {
    test(name, () => {
      const { reach, isKnown } = dependence;
      const found = [-1, 0, 1].map((farther) => isKnown(readRecords(textOf(dependence, reach + farther))));
      assert.deepEqual(found, [true, true, false]);
    });
  }
});

test('a session that goes on forgets what was said farther above', () => {
  const reach = 3_000;
  const after = (line: string): Session => {
    const session = new Session(reach);
    session.command(0, line);
    return session;
  };
  const asked: Readonly<Record<string, (distance: number) => unknown>> = {
    'the command that waits': (distance) => after('RCPT TO:<bob@fabrikam.com>').refuse(distance, '550 <bob@fabrikam.com>: User unknown').command,
    'the sender': (distance) => after('MAIL FROM:<anna@contoso.com>').sender(distance),
    'the recipient': (distance) => after('RCPT TO:<bob@fabrikam.com>').recipient(distance),
  };
  for (const [what, ask] of Object.entries(asked))
    assert.deepEqual(
      [-1, 0, 1].map((farther) => ask(reach + farther) !== undefined),
      [true, true, false],
      what,
    );
});

test('a session knows nothing to wait where nothing was said over two thirds of the reach', () => {
  const reach = 3_000;
  const answered = (silence: number): unknown => {
    const session = new Session(reach);
    session.command(0, 'RCPT TO:<bob@fabrikam.com>');
    session.command(silence, 'RCPT TO:<carla@fabrikam.com>');
    return session.refuse(silence + 1, '550 5.1.1 User unknown').command;
  };
  assert.deepEqual([900, 1_999, 2_000, 2_001].map(answered), ['RCPT', undefined, undefined, 'RCPT']);
});

test('a quoted cell ends within half of the reach below, whatever its line ends', () => {
  const table = (lineEnd: string, length: number): string =>
    `"Timestamp","EventId","RecipientStatus","Recipients"\n"1/15/2026 9:15:42","FAIL","550 5.1.1 ${`x${lineEnd}`.repeat(length)}","bob@fabrikam.com"\n`;
  const longest = (reachBelow / 2 - '550 5.1.1 '.length) / 2;
  for (const lineEnd of ['\n', '\r\n']) {
    const isKnown = [-1, 0, 1].map((longer) => readRecords(table(lineEnd, longest + longer))[0]?.captures.recipient === 'bob@fabrikam.com');
    assert.deepEqual(isKnown, [true, true, false], JSON.stringify(lineEnd));
  }
});

test('another field of a delivery report stands within 300 characters of its status', () => {
  const isOne = (between: number): boolean =>
    readRecords(`Action: failed\n${'x'.repeat(between - 1)}\n${'Status: 5.1.1'}\n`).some(({ response }) => response?.enhancedCode === '5.1.1');
  const farthest = 300 - 'Action: failed\n'.length - 'Status: '.length;
  assert.deepEqual(
    [-1, 0, 1].map((farther) => isOne(farthest + farther)),
    [true, true, false],
  );
});

suite('what is remembered', () => {
  test('is bounded by the reach, however long a text is', (context) => {
    const sizes: number[] = [];
    const remember = Recent.prototype.remember;
    context.mock.method(Recent.prototype, 'remember', function (this: Recent<unknown>, ...words: Parameters<typeof remember>) {
      remember.apply(this, words);
      sizes.push(this.size);
    });
    const logs: Readonly<Record<string, [header: string, row: (session: number) => string]>> = {
      hMailServer: ['', (session) => hMail(session, 'SENT: QUIT')],
      IIS: [iisHeader, (session) => iis(`10.${session >> 16}.${(session >> 8) & 255}.${session & 255}`, 'RCPT', '+TO:<bob@fabrikam.com>', 550)],
      connectivity: [connectHeader, (session) => connected(session, '>', 'Failed connection to 203.0.113.5:25 (TimedOut:0000274C)')],
    };
    for (const [name, [header, row]] of Object.entries(logs)) {
      sizes.length = 0;
      const rows = Array.from({ length: 10_000 }, (_, session) => row(session));
      const shortest = Math.min(...rows.map(({ length }) => length));
      readRecords(header + rows.join(''));
      assert.ok(sizes.length > 9_000, `${name}: ${sizes.length} rows`);
      const most = Math.max(...sizes);
      assert.ok(most > 100 && most <= reachAbove / shortest + 1, `${name}: ${most} sessions`);
    }
  });

  test('is what a list of all would say, as far as the reach', () => {
    const keys = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...keys), fc.nat(9), fc.constantFrom('remember', 'recall', 'forget')), { maxLength: 60 }), fc.nat(20), (steps, reach) => {
        const recent = new Recent<number>(reach);
        const all = new Map<string, number>();
        let at = 0;
        for (const [key, step, what] of steps) {
          at += step;
          const known = all.get(key);
          if (what === 'recall') assert.equal(recent.recall(key, at), known !== undefined && at - known <= reach ? known : undefined);
          else if (what === 'forget') {
            recent.forget(key);
            all.delete(key);
          } else {
            recent.remember(key, at, at);
            all.set(key, at);
            assert.equal(recent.size, [...all.values()].filter((place) => at - place <= reach).length);
          }
        }
      }),
      trials(500),
    );
  });
});

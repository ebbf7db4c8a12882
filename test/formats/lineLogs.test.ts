/** Logs of mail systems that write a line for each thing: written by generators as the systems write them, and what is read must be what was written. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import type { LogRecord } from '../../server/src/values.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const address = fc.stringMatching(/^[a-z][a-z0-9._-]{0,11}$/).map((name) => `${name}@fabrikam.com`);
const host = fc.constantFrom('mx.fabrikam.com', 'mail-1.contoso.com', 'a.b.c.example');
const ip = fc.constantFrom('203.0.113.25', '198.51.100.7', '2001:db8::25');
const code = fc.constantFrom('550', '451', '554', '421', '552');
const enhanced = fc.constantFrom('5.1.1', '4.7.1', '5.7.26', undefined);
/** Words of a reply: brackets that need not be closed, but no quotation marks. */
const words = fc
  .array(fc.constantFrom('User', 'unknown', '(id 12)', 'see https://contoso.com/?a=(1)', ':)', 'rejected', 'by', 'policy;', '[x]', '50%'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(' '));

const one = (text: string): LogRecord => {
  const records = readRecords(text);
  assert.equal(records.length, 1, text);
  return records[0] as LogRecord;
};

/** What of the captures was wanted; those that the line does not name must not be there. */
function assertCaptures({ captures }: LogRecord, wanted: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(wanted)) assert.equal((captures as Record<string, string | undefined>)[name], value, `${name} of ${JSON.stringify(captures)}`);
}

suite('Postfix', () => {
  const frame = '(in reply to RCPT TO command)';
  const line = (to: string, mx: string, client: string, reply: string): string =>
    `Jan 15 08:00:00 mx1 postfix/smtp[1]: 4ABC1D2EFG: to=<${to}>, relay=${mx}[${client}]:25, delay=1, delays=0/0/1/0, dsn=5.7.1, status=bounced (host ${mx}[${client}] said: ${reply} ${frame})`;

  test('a line that syslog has cut says what is left of the reply, and nothing that is not of it', () => {
    fc.assert(
      fc.property(address, host, ip, code, words, fc.nat(60), (to, mx, client, reply, text, cut) => {
        const said = `${reply} 5.7.1 ${text}`;
        const whole = line(to, mx, client, said);
        const codes = whole.indexOf(said) + said.indexOf(text);
        const record = one(`${whole.slice(0, Math.max(codes + 1, whole.length - 1 - cut))}\n`);
        assertCaptures(record, { recipient: to, remoteHost: mx, remoteAddress: client });
        assert.equal(record.response?.replyCode, Number(reply));
        const found = record.response?.text ?? '';
        assert.ok(said.startsWith(found), `${found} of ${said}`);
        // Where the frame is told from the reply by more than its parenthesis, the reply is whole.
        if (cut <= frame.length - '(i'.length) assert.equal(found, said);
      }),
      trials(300),
    );
  });

  test('a failed sign-in is information, whoever it was, and no reply of the log is', () => {
    const failures = [
      'warning: unknown[198.51.100.66]: SASL LOGIN authentication failed: UGFzc3dvcmQ6',
      'warning: printer.contoso.com[192.0.2.77]: SASL PLAIN authentication failed: authentication failure, sasl_username=scanner@contoso.com',
      'warning: unknown[2001:db8::66]: SASL CRAM-MD5 authentication failed: (reason unavailable), sasl_username=550 5.1.1',
    ];
    for (const failure of failures) {
      const [finding] = findFindings(`Jan 15 08:00:00 mx1 postfix/smtpd[1]: ${failure}\n`, projectKnowledgeBase());
      assert.deepEqual([finding?.failure?.id, finding?.severity], ['sign-in-failed', 'information'], failure);
      assert.ok(!finding?.record.response?.text.includes('sasl_username'));
    }
  });
});

suite('Exim', () => {
  const time = fc.constantFrom('2026-01-15 08:00:00 ', '2026-01-15 08:00:00.123 +0100 ', '2026-01-15 08:00:00 [4711] ', '2026-01-15 08:00:00 1vgABC-0000000001a-2bCd ');
  const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(arbitrary, { nil: undefined });
  /** A client as Exim writes it: its name in DNS, what it called itself, its address, the port. */
  const client = fc.record(
    { name: optional(host), helo: optional(fc.constantFrom('(me)', '([192.0.2.1])')), ip, port: optional(fc.constantFrom(':49152')) },
    { requiredKeys: ['ip'] },
  );
  type Client = typeof client extends fc.Arbitrary<infer Value> ? Value : never;
  const written = ({ name, helo, ip: from, port }: Client): string => [name, helo, `[${from}]${port ?? ''}`].filter(Boolean).join(' ');
  const reason = fc.constantFrom('relay not permitted', 'message too big: size=2 max=1', 'Sender verify failed', '550 5.7.1 no', 'host is listed in bl.example.org');

  /** What Exim refuses, with the words that are left for the reader; `sender` and `recipient` where the line names them. */
  const refusals: readonly ((
    from: string,
    sender: string,
    recipient: string,
    why: string,
  ) => { readonly line: string; readonly names: 'none' | 'sender' | 'both'; readonly words?: string })[] = [
    (from, sender, recipient, why) => ({ line: `H=${from} F=<${sender}> rejected RCPT <${recipient}>: ${why}`, names: 'both', words: why }),
    (from, sender, recipient) => ({ line: `H=${from} X=TLS1.3:x:256 CV=no F=<${sender}> temporarily rejected RCPT <${recipient}>`, names: 'both' }),
    (from, sender, _, why) => ({ line: `H=${from} rejected MAIL <${sender}>: ${why}`, names: 'sender', words: why }),
    (from, sender) => ({ line: `rejected MAIL FROM:<${sender}> H=${from}: message too big: size=2 max=1`, names: 'sender', words: 'message too big: size=2 max=1' }),
    (from, sender) => ({ line: `rejected from <${sender}> H=${from}: message too big: read=2 max=1`, names: 'sender', words: 'message too big: read=2 max=1' }),
    (from, sender, _, why) => ({ line: `H=${from} F=<${sender}> rejected after DATA: ${why}`, names: 'sender', words: why }),
    (from, sender) => ({ line: `H=${from} F=<${sender}> rejected after DATA`, names: 'sender' }),
    (from) => ({ line: `rejected EHLO from ${from}: syntactically invalid argument(s): a_b`, names: 'none', words: 'syntactically invalid argument(s): a_b' }),
    (from, _, __, why) => ({ line: `H=${from} rejected EHLO or HELO a.b.c: ${why}`, names: 'none', words: why }),
    (from, _, __, why) => ({ line: `H=${from} rejected connection in "connect" ACL: ${why}`, names: 'none', words: why }),
    (from) => ({ line: `H=${from} rejected connection in "connect" ACL`, names: 'none' }),
    (from) => ({ line: `Connection from ${from} refused: too many connections`, names: 'none', words: 'too many connections' }),
    (from) => ({ line: `SMTP call from ${from} dropped: too many nonmail commands (last was "550 [192.0.2.9]")`, names: 'none', words: 'too many nonmail commands' }),
    (from) => ({ line: `SMTP command timeout on connection from ${from}`, names: 'none' }),
    (from, sender) => ({ line: `too many recipients: message rejected: sender=<${sender}> H=${from}`, names: 'sender' }),
    (from) => ({ line: `TLS error on connection from ${from} (SSL_accept): error:1417A0C1:SSL routines:no shared cipher`, names: 'none' }),
  ];

  test('whatever it refuses or drops is found, with the client and the addresses that the line names', () => {
    fc.assert(
      fc.property(time, fc.constantFrom(...refusals), client, address, address, reason, (when, refusal, from, sender, recipient, why) => {
        const { line, names, words: wanted } = refusal(written(from), sender, recipient, why);
        const record = one(`${when}${line}\n`);
        if (wanted) assert.equal(record.response?.text, wanted);
        assertCaptures(record, {
          remoteHost: from.name,
          remoteAddress: from.ip,
          sender: names === 'none' ? undefined : sender,
          recipient: names === 'both' ? recipient : undefined,
        });
      }),
      trials(400),
    );
  });

  test('what a client did by itself, and the same words in another log, say nothing', () => {
    const silent = [
      '2026-01-15 08:00:00 no MAIL in SMTP connection from mail.fabrikam.com [203.0.113.25] D=2s C=EHLO,QUIT',
      '2026-01-15 08:00:00 SMTP connection from mail.fabrikam.com [203.0.113.25] closed by QUIT',
      '2026-01-15 08:00:00 unexpected disconnection while reading SMTP command from [203.0.113.25] D=1s',
      '2026-01-15 08:00:00 1vgABC-0000000001a-2bCd Unfrozen by errmsg timer',
      '2026-01-15 08:00:00 ERROR pool: Connection from app refused: too many connections',
      '2026-01-15 08:00:00 The pull request was rejected by the review',
      'Connection from [192.0.2.1] refused: too many connections',
    ];
    for (const line of silent) assert.deepEqual(readRecords(`${line}\n`), [], line);
  });
});

suite('qmail-send', () => {
  /** As `logsafe` writes: blanks as underscores, line breaks as slashes. */
  const safe = (text: string): string => text.replaceAll(' ', '_').replaceAll('\n', '/');

  test('a reply is read with its blanks, and an address with its underscores', () => {
    fc.assert(
      fc.property(address, address, ip, code, enhanced, words, (to, named, mx, reply, status, text) => {
        const said = `${reply} ${status ? `${status} ` : ''}<${named}>: ${text.replaceAll('/', '')}`;
        const record = one(
          `1768464001.100000 starting delivery 7: msg 1 to remote ${to}\n1768464001.200000 delivery 7: failure: ${safe(`${mx} does not like recipient.\nRemote host said: ${said}\nGiving up on ${mx}.\n`)}\n`,
        );
        assert.equal(record.response?.text, said);
        assert.equal(record.response?.command, 'RCPT');
        assertCaptures(record, { recipient: to, remoteAddress: mx });
      }),
      trials(200),
    );
  });

  test('every stamp is the same time', () => {
    const report = 'delivery 7: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/\n';
    for (const stamp of ['@4000000069689e8b00000000', '1768464001.000000', 'Jan 15 08:00:01 mx4 qmail: 1768464001.000000'])
      assert.equal(one(`${stamp} ${report}`).time, '2026-01-15T08:00:01.000Z', stamp);
  });

  test('a delivery of another kind is none', () => {
    assert.deepEqual(readRecords('delivery 12: failure: the customer was not at home\ndelivery 13: deferral: 550 parcels\n'), []);
  });
});

suite('Cisco Secure Email', () => {
  const python = (text: string): string => (text.includes("'") ? `"${text}"` : `'${text}'`);
  type Form = (to: string, from: string, reason: string, response: string) => string;
  const forms: readonly Form[] = [
    (to, from, reason, response) =>
      `Thu Jan 15 08:00:00 2026 Info: MID 4 ICID 5 From: <${from}>\nThu Jan 15 08:00:00 2026 Info: MID 4 ICID 5 RID 1 To: <${to}>\nThu Jan 15 08:00:00 2026 Info: Bounced: DCID 3 MID 4 to RID 1 - ${reason} ${response} []\n`,
    (to, from, reason, response) => `Thu Jan 15 08:00:00 2026 Info: Delayed: DCID 3 MID 4 From: <${from}> To: <${to}> RID 0 - ${reason} ${response}\n`,
    (to, from, reason, response) => `Jan 15 08:00:00 esa1 bounces: Info: Bounced: 4:0 From:<${from}> To:<${to}> Reason: "${reason}" Response: "${response}"\n`,
    (to, from, reason, response) => `Jan 15 08:00:00 esa1 bounces: Info: Delayed: 4:0 From:<${from}> To:<${to}> Reason:"${reason}" Response: "${response}" Headers: []\n`,
  ];

  test('a recipient that failed is told with its reply, in each of the ways to write it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...forms),
        address,
        address,
        code,
        fc.array(fc.oneof(words, fc.constant("it's not here")), { minLength: 1, maxLength: 3 }),
        (form, to, from, reply, lines) => {
          const record = one(form(to, from, '5.1.0 - Unknown address error', `('${reply}', [${lines.map(python).join(', ')}])`));
          assert.equal(record.response?.text, `${reply} ${lines.join(' ')}`);
          assert.deepEqual([record.response?.replyCode, record.response?.enhancedCode], [Number(reply), '5.1.0']);
          assertCaptures(record, { recipient: to, sender: from });
        },
      ),
      trials(300),
    );
  });

  test('without a reply the reason is told, with what went wrong', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), address, address, fc.constantFrom('', 'timeout', '[Errno 54] Connection reset by peer'), (form, to, from, wrong) => {
        const record = one(form(to, from, '5.1.2 - Bad destination host (MX)', `('000', [${wrong === '' ? '' : python(wrong)}])`));
        assert.equal(record.response?.text, `5.1.2 - Bad destination host (MX)${wrong === '' ? '' : ` ${wrong}`}`);
        assert.deepEqual([record.response?.replyCode, record.response?.enhancedCode], [undefined, '5.1.2']);
        assertCaptures(record, { recipient: to, sender: from });
      }),
      trials(100),
    );
  });
});

suite('OpenSMTPD', () => {
  test('a delivery is told by its result, in every version, with the host that was reached', () => {
    const result = fc.constantFrom('TempFail', 'PermFail', 'Ok');
    const quote = fc.constantFrom('"', '');
    fc.assert(
      fc.property(fc.boolean(), quote, result, address, address, fc.option(host), ip, code, words, (isOld, mark, outcome, to, from, mx, relay, reply, text) => {
        const fields = `from=<${from}>${isOld ? ',' : ''} to=<${to}>${isOld ? ',' : ''} rcpt=<->${isOld ? ',' : ''} source=${mark}192.0.2.1${mark}${isOld ? ',' : ''} relay=${mark}${relay}${mx ? ` (${mx})` : ''}${mark}${isOld ? ',' : ''} delay=1s`;
        const line = isOld
          ? `smtp-out: ${outcome} for 8a1b2c3d4e5f6071: session=5c2e2d0a1b7f0c07, ${fields}, stat=${reply} ${text}`
          : `5c2e2d0a1b7f0c07 mta delivery evpid=f6e94209918f7e7b ${fields} result=${mark}${outcome}${mark} stat=${mark}${reply} ${text}${mark}`;
        const log = `Jan 15 08:00:00 mx3 smtpd[1]: ${line}\n`;
        if (outcome === 'Ok') return assert.deepEqual(readRecords(log), []);
        const record = one(log);
        assert.equal(record.response?.text, `${reply} ${text}`);
        assertCaptures(record, { recipient: to, sender: from, remoteAddress: relay, remoteHost: mx ?? undefined });
      }),
      trials(300),
    );
  });
});

suite('Mimecast', () => {
  test('a subject with bars in it makes no refusal of a message that was taken', () => {
    const taken = (subject: string): string =>
      `datetime=2026-01-15T08:00:00+0000|aCode=7O7I7MvGP1mj8plHRDuHEA|acc=C0A0|IP=203.0.113.25|Subject=\\${subject}\\|Sender=bob@fabrikam.com|Rcpt=anna@contoso.com|Act=Acc\n`;
    for (const subject of ['550 5.1.1 User unknown', 'a|Act=Rej|RejCode=550|RejInfo=no', 'a|Delivered=false|Err=550 no'])
      assert.deepEqual(readRecords(taken(subject)), [], subject);
  });
});

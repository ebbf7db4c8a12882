/** What sessions come to, and what became of each message and recipient in them. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { explainRecords } from '../../../server/src/analysis/findings.ts';
import { Conversation } from '../../../server/src/analysis/sessions/conversations.ts';
import { type Judgement, judge } from '../../../server/src/analysis/sessions/verdicts.ts';
import { readSteps } from '../../../server/src/formats/index.ts';
import { isRecord } from '../../../server/src/values.ts';
import { conversations, type Conversation as SaidConversation, type Scribe, scribes } from '../../support/conversations.ts';
import { projectKnowledgeBase } from '../../support/project.ts';
import { closing, opening, receiveHeader, rowsOf, type Saying, sendLog } from '../../support/protocolLog.ts';
import { trials } from '../../support/trials.ts';

const knowledge = projectKnowledgeBase();

/** Of the one session of a text, or of the one with this id. */
function judgementOf(text: string, id?: string): Judgement {
  const conversation = new Conversation();
  for (const step of readSteps(text)) {
    if (step.ids?.session === undefined || (id !== undefined && step.ids.session !== id)) continue;
    const [finding] = isRecord(step) ? explainRecords([step], knowledge) : [];
    conversation.add(step, step.mark.start, step.mark.end, finding);
  }
  return judge(conversation);
}

const judged = (sayings: readonly Saying[]): Judgement => judgementOf(sendLog(sayings));
const told = ({ transactions }: Judgement): string[] =>
  transactions.map(({ sender, outcome, recipients }) => `${sender ?? '?'} ${outcome}${recipients.map(({ address, accepted }) => ` ${accepted ? '+' : '-'}${address}`).join('')}`);

const message: readonly Saying[] = ['> MAIL FROM:<anna@contoso.com>', '> RCPT TO:<bob@fabrikam.com>', '< 250 2.1.0 Sender OK', '< 250 2.1.5 Recipient OK', '> BDAT 100 LAST'];
const accepted: Saying = '< 250 2.6.0 Queued mail for delivery';

suite('the verdict on a session', () => {
  const failedConnection = '* Failed to connect. Winsock error code: 10061, Win32 error code: 10061, Error Message: No connection could be made';
  const cases: readonly (readonly [string, readonly Saying[], string, readonly string[]])[] = [
    ['all accepted', [...opening, ...message, accepted, ...closing], 'delivered', ['anna@contoso.com accepted +bob@fabrikam.com']],
    [
      'one of two refused',
      [
        ...opening,
        '> MAIL FROM:<anna@contoso.com>',
        '> RCPT TO:<bob@fabrikam.com>',
        '> RCPT TO:<carl@fabrikam.com>',
        '< 250 OK',
        '< 550 5.1.1 User unknown',
        '< 250 OK',
        '> DATA',
        '< 354 Go on',
        accepted,
        ...closing,
      ],
      'partial',
      ['anna@contoso.com partial -bob@fabrikam.com +carl@fabrikam.com'],
    ],
    [
      'two messages, one of them refused',
      [...opening, ...message, accepted, ...message, '< 554 5.7.1 Spam', ...closing],
      'partial',
      ['anna@contoso.com accepted +bob@fabrikam.com', 'anna@contoso.com refused +bob@fabrikam.com'],
    ],
    ['all refused for good', [...opening, '> MAIL FROM:<anna@contoso.com>', '< 550 5.7.1 Access denied', ...closing], 'refused', ['anna@contoso.com refused']],
    [
      'all refused for now',
      [...opening, '> MAIL FROM:<>', '> RCPT TO:<bob@fabrikam.com>', '< 250 OK', '< 450 4.2.0 Greylisted', ...closing],
      'deferred',
      [' deferred -bob@fabrikam.com'],
    ],
    [
      'refused for now, and what followed from that for good',
      [...opening, '> MAIL FROM:<anna@contoso.com>', '> RCPT TO:<bob@fabrikam.com>', '< 452 4.3.1 Insufficient system resources', '< 503 5.5.2 Need mail command', ...closing],
      'deferred',
      ['anna@contoso.com deferred -bob@fabrikam.com'],
    ],
    [
      'the message of a part refused, others in its wake',
      [...opening, ...message.slice(0, 4), '> BDAT 100', '< 250 OK', '> BDAT 100', '< 552 5.3.4 Too large', '> BDAT 1 LAST', '< 503 5.5.1 No', ...closing],
      'refused',
      ['anna@contoso.com refused +bob@fabrikam.com'],
    ],
    ['a part accepted is no message', [...opening, ...message.slice(0, 4), '> BDAT 100', '< 250 OK', '- Remote'], 'dropped', ['anna@contoso.com incomplete +bob@fabrikam.com']],
    ['no answer to the message', [...opening, ...message, '300 - Remote(ConnectionReset)'], 'dropped', ['anna@contoso.com incomplete +bob@fabrikam.com']],
    [
      'no answer to the second message',
      [...opening, ...message, accepted, ...message, '- Remote'],
      'dropped',
      ['anna@contoso.com accepted +bob@fabrikam.com', 'anna@contoso.com incomplete +bob@fabrikam.com'],
    ],
    ['given up before a message, as who tests addresses does', [...opening, ...message.slice(0, 4), ...closing], 'unused', ['anna@contoso.com incomplete +bob@fabrikam.com']],
    [
      'another one after RSET',
      [...opening, ...message.slice(0, 4), '> RSET', '< 250 OK', ...message, accepted, ...closing],
      'delivered',
      ['anna@contoso.com incomplete +bob@fabrikam.com', 'anna@contoso.com accepted +bob@fabrikam.com'],
    ],
    ['nothing asked', [...opening, ...closing], 'unused', []],
    ['no connection', ['* attempting to connect', failedConnection], 'connect-failed', []],
    ['the greeting refuses for now', ['* attempting to connect', '+', '< 421 4.3.2 Service not available', '- Remote'], 'deferred', []],
    ['the greeting refuses for good', ['+', '< 554 5.7.1 Your address is blocked', ...closing], 'refused', []],
    [
      'EHLO refused and HELO accepted',
      ['+', '< 220 mx', '> EHLO a', '< 500 5.5.1 Unknown', '> HELO a', '< 250 mx', ...message, accepted, ...closing],
      'delivered',
      ['anna@contoso.com accepted +bob@fabrikam.com'],
    ],
    ['TLS fails', [...opening, '> STARTTLS', '< 220 2.0.0 Ready', '* TLS negotiation failed with error UnknownCredentials', '- Local'], 'tls-failed', []],
    [
      'refused because of TLS',
      [...opening, '> MAIL FROM:<anna@contoso.com>', '< 454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied', ...closing],
      'tls-failed',
      ['anna@contoso.com deferred'],
    ],
    [
      'TLS not to be had, and delivered without',
      [...opening, '> STARTTLS', '< 454 4.7.0 TLS not available', ...message, accepted, ...closing],
      'delivered',
      ['anna@contoso.com accepted +bob@fabrikam.com'],
    ],
    ['a sign-in fails', [...opening, '> AUTH LOGIN', '< 334 VXNlcm5hbWU6', '< 334 UGFzc3dvcmQ6', '< 535 5.7.3 Authentication unsuccessful', ...closing], 'auth-failed', []],
    [
      'a sign-in fails, the next one does not',
      [...opening, '> AUTH NTLM', '< 535 5.7.3 No', '> AUTH LOGIN', '< 334 A', '< 235 2.7.0 OK', ...message, accepted, ...closing],
      'delivered',
      ['anna@contoso.com accepted +bob@fabrikam.com'],
    ],
    ['handed on', [...opening, '> XPROXY SID=08DE540000000B02 IP=192.0.2.83 PORT=23834', '< 250 2.0.0 XPROXY accepted; and authenticated', '- Local'], 'proxied', []],
    [
      'handed on with messages',
      [...opening, '> XPROXYFROM SID=08DE540000000B02 IP=192.0.2.83', '< 250 XProxyFrom accepted', ...message, accepted, ...closing],
      'delivered',
      ['anna@contoso.com accepted +bob@fabrikam.com'],
    ],
    ['without its end', [...opening, ...message, accepted], 'cut', ['anna@contoso.com accepted +bob@fabrikam.com']],
  ];
  for (const [name, sayings, verdict, transactions] of cases) {
    test(name, () => {
      const judgement = judged(sayings);
      assert.deepEqual([judgement.verdict, told(judgement)], [verdict, transactions]);
    });
  }

  test('answers so far from their commands that no step knows them belong to these in their order', () => {
    const id = '08DE540000000A01';
    const asked = [...opening, '> MAIL FROM:<anna@contoso.com>', '> RCPT TO:<bob@fabrikam.com>', '> RCPT TO:<carl@fabrikam.com>'];
    const rows = rowsOf([...asked, '< 250 OK', '< 250 OK', '< 550 5.1.1 User unknown', '> BDAT 1 LAST', '< 250 OK', ...closing], { id });
    const others = rowsOf(Array<Saying>(4_000).fill('> NOOP'), { id: '08DE540000000B02' });
    const judgement = judgementOf([sendLog([]), ...rows.slice(0, asked.length), ...others, ...rows.slice(asked.length)].join(''), id);
    assert.deepEqual([judgement.verdict, told(judgement)], ['partial', ['anna@contoso.com partial +bob@fabrikam.com -carl@fabrikam.com']]);
  });

  test('without its beginning it is cut', () => {
    assert.equal(judgementOf(sendLog([...message, accepted, ...closing], { from: 7 })).verdict, 'cut');
  });

  test('a message is known by what a send log says before it, or by the answer', () => {
    const id = '<a1@contoso.com>';
    const announced = judged([...opening, `* sending message with RecordId 15 and InternetMessageId ${id}`, ...message, accepted, ...closing]);
    const answered = judged([...opening, ...message, `< 250 2.6.0 ${id} [InternalId=7, Hostname=ex02.contoso.com] Queued mail for delivery`, ...closing]);
    assert.deepEqual(
      [announced, answered].map(({ transactions }) => transactions.map(({ messageId }) => messageId)),
      [[id], [id]],
    );
  });

  test('TLS is what was done of it', () => {
    const offered = opening.map((saying) => (saying.startsWith('< 250') ? `${saying} STARTTLS` : saying));
    const tls = [opening, offered, [...offered, '> STARTTLS', '< 220 2.0.0 Ready'], [...offered, '> STARTTLS', '< 454 4.7.0 No']].map(
      (sayings) => judged([...sayings, ...closing]).tls,
    );
    assert.deepEqual(tls, ['none', 'offered', 'started', 'failed']);
  });

  test('a receive log tells the same with the sides exchanged', () => {
    const turned = [...opening.slice(1), ...message, '< 550 5.1.1 User unknown', ...closing].map((saying) => saying.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<')));
    const judgement = judgementOf(receiveHeader + rowsOf(turned, { connector: 'EX01\\Default EX01' }).join(''));
    assert.deepEqual([judgement.verdict, told(judgement)], ['refused', ['anna@contoso.com refused +bob@fabrikam.com']]);
  });
});

suite('transactions', () => {
  /** What is to be told of a conversation, from what its refusals are about. */
  function wanted(said: SaidConversation): string[] {
    const found: { sender: string; recipients: string[]; refused: Set<string>; reply: string | undefined; isSent: boolean }[] = [];
    for (const { by, text, about } of said) {
      const sender = /^MAIL FROM:<(.*?)>/.exec(text)?.[1];
      if (by === 'client' && sender !== undefined) found.push({ sender, recipients: [], refused: new Set(), reply: undefined, isSent: false });
      const last = found.at(-1);
      if (!last) continue;
      const recipient = by === 'client' ? /^RCPT TO:<(.*?)>/.exec(text)?.[1] : undefined;
      if (recipient !== undefined) last.recipients.push(recipient);
      if (about?.command === 'RCPT' && about.recipient !== undefined) last.refused.add(about.recipient);
      else if (about) last.reply ??= text;
      if (text.includes('Queued mail')) last.isSent = true;
    }
    return found.map(({ sender, recipients, refused, reply, isSent }) => {
      const outcome = reply === undefined && isSent ? (refused.size > 0 ? 'partial' : 'accepted') : reply?.startsWith('5') ? 'refused' : 'deferred';
      return `${sender} ${outcome}${recipients.map((address) => ` ${refused.has(address) ? '-' : '+'}${address}`).join('')}`;
    });
  }

  /** Where MAIL and the message both fail, or nobody is left to receive it, the reply that decides is a matter of taste. */
  const isPlain = (said: SaidConversation): boolean => {
    const all = wanted(said);
    return all.every((one) => !one.includes(' -') || one.includes(' +')) && said.filter(({ about }) => about?.command === 'MAIL').length === 0;
  };

  const written = (said: SaidConversation, scribe: Scribe): string => scribe.header + scribe.rows(said, 0).join('');
  for (const scribe of scribes) {
    test(`${scribe.name}: each recipient has its own answer, and each message its own outcome`, () => {
      fc.assert(
        fc.property(
          conversations(1).map(([said = []]) => said),
          (said) => {
            if (isPlain(said)) assert.deepEqual(told(judgementOf(written(said, scribe))), wanted(said));
          },
        ),
        trials(300),
      );
    });
  }
});

/** What is worth a look in a session though no response states a failure. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Conversation } from '../../../server/src/analysis/sessions/conversations.ts';
import { type Notice, noticesOf } from '../../../server/src/analysis/sessions/notices.ts';
import { judge } from '../../../server/src/analysis/sessions/verdicts.ts';
import { readSteps } from '../../../server/src/formats/index.ts';
import { closing, opening, receiveHeader, rowsOf, type Saying, type SessionText, sendHeader } from '../../support/protocolLog.ts';

const message: readonly Saying[] = [
  '> MAIL FROM:<anna@contoso.com>',
  '> RCPT TO:<bob@fabrikam.com>',
  '< 250 OK',
  '< 250 OK',
  '> BDAT 1 LAST',
  '< 250 2.6.0 Queued mail for delivery',
];
const turned = (sayings: readonly Saying[]): Saying[] => sayings.map((saying) => saying.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<')));
const offering = opening.map((saying) => (saying.startsWith('< 250') ? `${saying} STARTTLS` : saying));

function notices(sayings: readonly Saying[], options: SessionText = {}, header = sendHeader): Notice[] {
  const conversation = new Conversation();
  for (const step of readSteps(header + rowsOf(sayings, options).join(''))) conversation.add(step, step.mark.start, step.mark.end);
  return noticesOf(conversation, judge(conversation));
}

const kinds = (...words: Parameters<typeof notices>): string[] => notices(...words).map(({ kind }) => kind);
const texts = (...words: Parameters<typeof notices>): string[] => notices(...words).map(({ text }) => text);

suite('notices', () => {
  test('none of an ordinary session', () => assert.deepEqual(notices([...opening, ...message, ...closing]), []));

  test('a silence, with what was said around it', () => {
    assert.deepEqual(texts([...opening, ...message.slice(0, 5), '300 < 250 OK', ...closing]), ['nothing for 5 minutes, between "BDAT 1 LAST" and "250 OK"']);
    assert.deepEqual(texts([...opening.slice(0, 2), '61 < 220 mx.fabrikam.com', ...opening.slice(3), ...message, ...closing]), [
      'nothing for 61.1 seconds, between the connection and "220 mx.fabrikam.com"',
    ]);
  });

  test('what is rewritten on the way, however it shows', () => {
    const masks: readonly (readonly [Saying, Saying])[] = [
      ['< 220 mx.fabrikam.com ESMTP', '< 220 **************************0******2002********'],
      ['< 250  mx.fabrikam.com Hello SIZE PIPELINING', '< 250  mx.fabrikam.com Hello SIZE XXXXXXXA PIPELINING'],
    ];
    for (const [plain, mask] of masks) assert.deepEqual(kinds([...opening.map((saying) => (saying === plain ? mask : saying)), ...message, ...closing]), ['masked'], mask);
    assert.deepEqual(kinds([...opening.slice(0, 4), '< 500 5.5.1 Command unrecognized: "XXXX mail.contoso.com"', '> HELO a', '< 250 mx', ...message, ...closing]), ['masked']);
    const [greeting = ''] = turned(['< 220 ex01.contoso.com']);
    assert.deepEqual(
      kinds(['+', greeting, '< XXXX mx.fabrikam.com', '> 500 5.3.3 Unrecognized command', '< HELO a', '> 250 ex01', ...turned(message), ...turned(closing)], {}, receiveHeader),
      ['masked'],
    );
  });

  test('a banner with some asterisks is not rewritten', () => {
    assert.deepEqual(notices(['+', '< 220 mx.fabrikam.com *** authorized use only ***', ...opening.slice(3), ...message, ...closing]), []);
  });

  test('TLS that was offered and not used, where a message was sent and this server could have asked for it', () => {
    assert.deepEqual(texts([...offering, ...message, ...closing], { connector: 'Partner' }), [
      'STARTTLS was offered, and the connector "Partner" did not use it: the message was sent without encryption',
    ]);
    assert.deepEqual(kinds([...offering, '> STARTTLS', '< 220 Ready', ...message, ...closing]), []);
    assert.deepEqual(kinds([...turned(offering.slice(1)), ...turned(message), ...turned(closing)], {}, receiveHeader), []);
  });

  test('a connection that nobody used, by its source', () => {
    assert.deepEqual(
      notices([...turned(opening.slice(1)), ...turned(closing)], { remote: '[2001:db8::6]:40222' }, receiveHeader).map(({ text, source }) => [text, source]),
      [['[2001:db8::6] connected and sent no message', '[2001:db8::6]']],
    );
    assert.deepEqual(texts([...opening, ...closing]), ['this server connected to 203.0.113.25 and sent no message']);
  });

  test('a session of which the log has only a part', () => {
    assert.deepEqual(texts([...opening, ...message]), ['the log ends before this session does; the next file may show its end']);
    assert.deepEqual(texts([...message, ...closing], { from: 4 }), ['the log begins in the middle of this session']);
    assert.deepEqual(texts(message, { from: 4 }), ['the log begins in the middle of this session, and does not show its end either']);
  });
});

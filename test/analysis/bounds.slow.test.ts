/** What is kept while logs of any length are read has a bound, and each is tried just below and just above it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { textAboveRow } from '../../server/src/analysis/document/documentCell.ts';
import { DocumentReading } from '../../server/src/analysis/document/documentReading.ts';
import { keepFindings } from '../../server/src/analysis/document/findingColumns.ts';
import type { Sliceable } from '../../server/src/analysis/document/window.ts';
import { createExplainer } from '../../server/src/analysis/findings.ts';
import { Conversation } from '../../server/src/analysis/sessions/conversations.ts';
import { isGivenUp, isOver } from '../../server/src/analysis/sessions/sessionEnds.ts';
import { createTextReader } from '../../server/src/analysis/textReader.ts';
import { readLocalTime } from '../../server/src/analysis/times/localTime.ts';
import { createTimeZone } from '../../server/src/analysis/times/timeZone.ts';
import type { Finding } from '../../server/src/failures.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import type { KnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import { reachAbove, reachBelow } from '../../server/src/text/seam.ts';
import type { LogRecord, Step } from '../../server/src/values.ts';
import { finding } from '../support/findings.ts';
import { readInPieces } from '../support/pieces.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { rowsOf, sendHeader } from '../support/protocolLog.ts';

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const minute = 60_000;

suite('of a session', () => {
  const step = (at: number, said = '250 2.1.5 OK'): Step => {
    const span = { start: at, end: at + 1 };
    return { format: 'smtp-send', direction: 'send', dialogue: 'numbered', what: 'accepted', span, mark: span, said, captures: {}, time: new Date(at * 2 * minute).toISOString() };
  };
  const taken = (count: number, said?: string): Conversation => {
    const conversation = new Conversation();
    for (const at of times(count)) conversation.add(step(at, said), at, at, finding('x', 'x'));
    return conversation;
  };

  test('the first 4,000 turns are kept and the last 400', () => {
    assert.deepEqual([taken(4_000).turns.length, taken(4_000).lastTurns.length], [4_000, 0]);
    const { turns, lastTurns, turnCount } = taken(4_401);
    assert.deepEqual([turns.length, lastTurns.length, turnCount], [4_000, 400, 4_401]);
    assert.deepEqual([turns.at(-1)?.at, lastTurns[0]?.at, lastTurns.at(-1)?.at], [3_999, 4_001, 4_400]);
  });
  test('1,000 silences and 1,000 findings are kept, and 120 characters of what was said around a silence', () => {
    for (const count of [1_000, 1_002]) {
      const { silences, findings } = taken(count);
      assert.deepEqual([silences.length, findings.length], [Math.min(1_000, count - 1), 1_000]);
    }
    assert.deepEqual(
      [119, 120, 121].map((length) => taken(2, 'x'.repeat(length)).silences[0]?.before.length),
      [119, 120, 120],
    );
  });
  test('nothing follows a silence of half an hour, and no next attempt one of a minute', () => {
    const conversation = taken(1);
    assert.deepEqual([isOver(conversation, 30 * minute), isOver(conversation, 30 * minute + 1)], [false, true]);
    assert.deepEqual([isGivenUp(conversation, minute), isGivenUp(conversation, minute + 1)], [false, true]);
  });
});

suite('of the findings of a window', () => {
  const kept = (findings: readonly Finding[], isCut = true): number => keepFindings(findings, isCut).kept.size;
  const of = (domain: string): Finding => finding('x', 'x', { captures: { recipientDomain: domain } });

  test('500 are kept, and then eleven of each kind', () => {
    const one = of('contoso.com');
    assert.deepEqual(
      [499, 500, 501].map((count) => kept(Array(count).fill(one))),
      [499, 500, 500],
    );
    const others = Array<Finding>(12).fill(of('fabrikam.com'));
    assert.equal(kept([...Array<Finding>(600).fill(one), ...others]), 511);
  });
  test('of many kinds 1,000 are kept', () =>
    assert.deepEqual(
      [999, 1_000, 1_001].map((count) => kept(times(count).map((index) => of(`${index}.fabrikam.com`)))),
      [999, 1_000, 1_000],
    ));
  test('that is never cut 250,000 are kept', () => assert.equal(kept(Array(250_001).fill(of('contoso.com')), false), 250_000));
});

suite('what is remembered of responses', () => {
  /** How often the knowledge base was asked about so many responses the second time they came. */
  function askedAgain(count: number, length: number): number {
    let asked = 0;
    const knowledge: KnowledgeBase = {
      ...projectKnowledgeBase(),
      matches() {
        asked += 1;
        return [];
      },
      meaning: () => undefined,
    };
    const records = times(count).map((index): LogRecord => finding('x', 'x', { response: { replyCode: 550, text: `550 ${index}`.padEnd(length, '.') } }).record);
    const explain = createExplainer(knowledge);
    Array.from(explain(records));
    asked = 0;
    Array.from(explain(records));
    return asked;
  }

  test('is about 1,000 of them', () =>
    assert.deepEqual(
      [999, 1_000].map((count) => askedAgain(count, 20)),
      [0, 0],
    ));
  test('and no more, since logs can say something else each time', () => assert.ok(askedAgain(1_001, 20) > 0));
  test('each of at most 500 characters', () =>
    assert.deepEqual(
      [500, 501].map((length) => askedAgain(3, length)),
      [0, 3],
    ));
});

suite('the parts of a text that comes in pieces', () => {
  const lineOf = (said: string): string => rowsOf([said]).join('');
  const beside = reachAbove + reachBelow;

  test('have 960 K, with what they must see above and below', () => {
    const text = sendHeader + lineOf('> EHLO mail.contoso.com').repeat(40_000);
    const { longest } = readInPieces(text, 16_384);
    const usual = 960 * 1024;
    assert.ok(longest >= usual + reachBelow && longest < usual + beside + 2 * 16_384, `${longest}`);
  });
  test('are halved where more than 8,000 findings stand in one', () => {
    const quiet = sendHeader + lineOf('> EHLO mail.contoso.com').repeat(16_000);
    const dense = lineOf('< 550 5.1.1 No').repeat(30_000);
    const length = (dense.length / 30_000) * 8_000;
    assert.ok(length < 960 * 1024 && length > 480 * 1024, 'a usual part has more of them, and half a part fewer');
    const parts = readInPieces(quiet + dense, 16_384).parts - readInPieces(quiet, 16_384).parts;
    assert.ok(parts >= 5 && parts <= 6, `${parts}`);
  });
});

test('a part of a text that cannot be cut grows to 16 MB', () => {
  const reader = createTextReader(projectKnowledgeBase(), createTextBuffer());
  const piece = 'x'.repeat(512 * 1024);
  const isPart = times(33).map(() => reader.add(piece) !== undefined);
  assert.deepEqual([isPart.indexOf(true), isPart.lastIndexOf(true)], [31, 31]);
});

suite('of a document', () => {
  const text = sendHeader + rowsOf(['> EHLO mail.contoso.com']).join('').repeat(28_000);
  /** The lengths of what is looked at. */
  function watched(of: string): { readonly text: Sliceable; readonly lengths: number[] } {
    const lengths: number[] = [];
    const slice = (start: number, end: number): string => {
      const found = of.slice(start, end);
      lengths.push(found.length);
      return found;
    };
    return { text: { length: of.length, slice }, lengths };
  }

  test('a window has a megabyte', () => {
    const { text: looked, lengths } = watched(text);
    DocumentReading.unread(text.length).update(looked, projectKnowledgeBase());
    assert.equal(Math.max(...lengths), 1024 * 1024 + reachBelow);
  });

  test('an edit lets no more be read anew than its reaches, and to the next seams, which stand 64 K apart', () => {
    const reading = DocumentReading.unread(text.length).update(watched(text).text, projectKnowledgeBase());
    const readAnew = times(8).map((index) => {
      const at = 1_200_000 + index * 33_333;
      const { text: looked, lengths } = watched(`${text.slice(0, at)}x${text.slice(at)}`);
      reading.edit(at, at, 1).update(looked, projectKnowledgeBase());
      return lengths.reduce((sum, length) => sum + length, 0);
    });
    const needed = 2 * (reachAbove + reachBelow);
    const most = Math.max(...readAnew) - needed;
    assert.ok(most > 64 * 1024 && most < 130 * 1024, `${most}`);
  });

  test('10,000 findings on either side of one that was read anew are known too', () => {
    const many = '550 5.1.1 User unknown\n'.repeat(40_000);
    const { text: looked, lengths } = watched(many);
    const findings = DocumentReading.unread(many.length).update(looked, projectKnowledgeBase()).findings();
    const isReadAnew = (number: number): boolean => {
      lengths.length = 0;
      assert.ok(findings.at(number));
      return lengths.length > 0;
    };
    assert.deepEqual([20_000, 10_000, 29_999, 30_000].map(isReadAnew), [true, false, false, true]);
    assert.deepEqual([20_000, 19_999].map(isReadAnew), [false, true]);
  });

  test('the header of a row is looked for in a megabyte above it', () => {
    const row = 2_000_000;
    assert.equal(textAboveRow(watched(text).text, DocumentReading.unread(text.length), row).length, 1024 * 1024);
  });
});

suite('of times', () => {
  test('a written one has 80 characters at most', () => {
    const padded = (length: number): string => '2026-01-15 09:15'.padEnd(length);
    assert.ok(readLocalTime(padded(80)));
    assert.equal(readLocalTime(padded(81)), undefined);
  });
  test('a clock that changes at a quarter past is read to the quarter', () => {
    // Eucla put its clocks forward at 02:00 of 3 December 2006, which was 17:15 in UTC (IANA time zone database, "australasia").
    const instants = (hour: number, minute: number): string[] =>
      (createTimeZone('Australia/Eucla')?.instants(Date.UTC(2006, 11, 3, hour, minute)) ?? []).map((instant) => new Date(instant).toISOString().slice(11, 16));
    assert.deepEqual([instants(1, 55), instants(2, 5), instants(3, 5)], [['17:10'], [], ['17:20']]);
  });
  test('10,000 offsets of a zone are remembered', () => {
    const { formatToParts } = Intl.DateTimeFormat.prototype;
    let asked = 0;
    Intl.DateTimeFormat.prototype.formatToParts = function (...given) {
      asked += 1;
      return formatToParts.apply(this, given);
    };
    try {
      const askedAgain = (days: number): number => {
        const zone = createTimeZone('Asia/Tokyo');
        const askAll = (): void => times(days).forEach((day) => void zone?.instants(Date.UTC(1990, 0, 1 + day)));
        askAll();
        asked = 0;
        askAll();
        return asked;
      };
      assert.equal(askedAgain(9_900), 0);
      assert.ok(askedAgain(10_100) > 0);
    } finally {
      Intl.DateTimeFormat.prototype.formatToParts = formatToParts;
    }
  });
});

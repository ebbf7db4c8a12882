/** Messages and overviews of files are those of the whole, in whatever parts the files were read and joined. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type LocatedStep, StepLocator } from '../../server/src/analysis/locatedSteps.ts';
import { Journeys } from '../../server/src/analysis/messages/journeys.ts';
import { tellMessages } from '../../server/src/analysis/messages/toldMessage.ts';
import { Overview } from '../../server/src/analysis/overview/overview.ts';
import { tellReport } from '../../server/src/analysis/overview/toldReport.ts';
import { createTextReader } from '../../server/src/analysis/textReader.ts';
import { createTextBuffer } from '../../server/src/files/textBuffer.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { type TrackingRow, trackingLog } from '../support/trackingLog.ts';
import { trials } from '../support/trials.ts';

const answer = (number: number): string =>
  `08DE540000000A01;250 2.6.0 <${number}@contoso.com> [InternalId=70970845495${100 + number}, Hostname=ex02.contoso.com] Queued mail for delivery`;
const refused = '[{LED=550 5.1.1 User unknown};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';
const busy = '[{LED=450 4.2.0 Greylisted};{MSG=};{FQDN=mx.fabrikam.com};{IP=203.0.113.25};{LRT=}]';

/** One row about one of a few messages: the ids are enough to join them, in any order. */
const row = fc
  .record({
    message: fc.nat(3),
    at: fc.nat(600),
    to: fc.constantFrom('bob@fabrikam.com', 'sales@contoso.com'),
    event: fc.nat(7),
    names: fc.constantFrom('both', 'message', 'network'),
  })
  .map(
    ({ message, at, to, event, names }): TrackingRow => ({
      at,
      'message-id': names === 'network' ? '' : `<${message}@contoso.com>`,
      'network-message-id': names === 'message' ? '' : `n-${message}`,
      'recipient-address': to,
      ...([
        { event: 'SMTP RECEIVE', 'internal-message-id': `70970845495${100 + message}` },
        { event: 'SMTP SEND', 'source-context': answer(message), 'client-hostname': 'EX01' },
        { event: 'SMTP SENDEXTERNAL', 'connector-id': 'Internet' },
        { event: 'SMTP DEFER', 'recipient-status': busy, 'connector-id': 'Internet' },
        { event: 'SMTP FAIL', 'recipient-status': refused, 'connector-id': 'Internet' },
        { event: 'ROUTING EXPAND', 'related-recipient-address': 'all@contoso.com' },
        { event: 'STOREDRIVER DELIVER' },
        { event: 'DSN DSN', reference: '<0@contoso.com>' },
      ][event] as TrackingRow),
    }),
  );
const files = fc.array(fc.array(row, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 });

interface Read {
  readonly file: string;
  readonly steps: readonly LocatedStep[];
}

function read(rows: readonly TrackingRow[], number: number): Read {
  const reader = createTextReader(projectKnowledgeBase(), createTextBuffer(), { what: 'all' });
  reader.addAbove('');
  const buffer = reader.add(trackingLog(...rows));
  assert.equal(buffer, undefined);
  return { file: `ex0${1 + (number % 2)}/MessageTracking/MSGTRK20260115${String(8 + number).padStart(2, '0')}-1.LOG`, steps: new StepLocator().locate(reader.end()) };
}

function fold<Fold extends { beginFile(file: string): void; take(steps: readonly LocatedStep[]): void }>(into: Fold, reads: readonly Read[]): Fold {
  for (const { file, steps } of reads) {
    into.beginFile(file);
    into.take(steps);
  }
  return into;
}

/** Whatever order the messages were met in: it decides only among those that began at once. */
const tell = (journeys: Journeys): string[] =>
  [...tellMessages(journeys).messages].map(({ recipients, ...message }) => JSON.stringify([message, [...recipients].sort((one, other) => (one.address < other.address ? -1 : 1))]));

suite('messages', () => {
  test('joined from the files in any parts, they are those of all files', () => {
    fc.assert(
      fc.property(files, fc.nat(5), (all, cut) => {
        const reads = all.map(read);
        const whole = fold(new Journeys(), reads);
        const joined = fold(new Journeys(), reads.slice(0, cut));
        joined.append(fold(new Journeys(), reads.slice(cut)));
        assert.deepEqual(tell(joined), tell(whole));
      }),
      trials(150),
    );
  });

  test('an overview too', () => {
    fc.assert(
      fc.property(files, fc.nat(5), (all, cut) => {
        const reads = all.map(read);
        const joined = fold(new Overview(), reads.slice(0, cut));
        joined.append(fold(new Overview(), reads.slice(cut)));
        assert.deepEqual(tellReport(joined), tellReport(fold(new Overview(), reads)));
      }),
      trials(100),
    );
  });

  test('the order of the files decides nothing about a recipient', () => {
    fc.assert(
      fc.property(files, (all) => {
        const statuses = (reads: readonly Read[]): string[] =>
          [...tellMessages(fold(new Journeys(), reads)).messages]
            .map(({ messageId, networkMessageId, recipients }) =>
              JSON.stringify([messageId, networkMessageId, recipients.map(({ address, status }) => `${address} ${status}`).sort()]),
            )
            .sort();
        const reads = all.map(read);
        assert.deepEqual(statuses([...reads].reverse()), statuses(reads));
      }),
      trials(100),
    );
  });
});

/** What stands far apart: a form that goes over the border of a part, or whose end is farther than a record can depend on, gives in parts what it gives as a whole. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { reachBelow } from '../../server/src/text/seam.ts';
import { difference, locateAll } from '../support/fuzz/compare.ts';
import { readInPieces } from '../support/pieces.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const knowledge = projectKnowledgeBase();

/** Parts that are short, and the reach of real ones. */
const lengths = { usual: 20_000, longest: 16 * 1024 * 1024, below: reachBelow };

/** The forms of the whole's findings, when those of the parts are the same. */
function formsOf(text: string): { readonly forms: string[]; readonly parts: number } {
  const whole = locateAll(text, findFindings(text, knowledge));
  const { findings, parts } = readInPieces(text, 7_000, lengths);
  assert.equal(difference(whole, findings), undefined);
  return { forms: whole.map(({ format }) => format), parts };
}

const rows = (count: number, row: (index: number) => string): string => Array.from({ length: count }, (_, index) => row(index)).join('\n');

suite('an output longer than a part', () => {
  const object = (index: number): Record<string, string | number> => ({
    Identity: `EX01\\${index}`,
    DeliveryType: 'DnsConnectorDelivery',
    NextHopDomain: 'fabrikam.com',
    LastError: `451 4.4.0 Primary target IP address responded with: 421 4.4.2 Connection dropped ${index}`,
  });
  const outputs: Readonly<Record<string, string>> = {
    'a table': `Identity    NextHopDomain LastError\n--------    ------------- ---------\n${rows(2_000, (index) => `${`EX01\\${index}`.padEnd(12)}fabrikam.com  451 4.4.0 Primary target IP address responded with: 421 4.4.2 x ${index}${index % 3 === 0 ? `\n${' '.repeat(26)}Connection dropped` : ''}`)}\n`,
    'a list': rows(900, (index) =>
      Object.entries(object(index))
        .map(([name, value]) => `${name.padEnd(14)}: ${value}\n`)
        .join(''),
    ),
    'a CSV': `"Identity","DeliveryType","NextHopDomain","LastError"\r\n${rows(1_500, (index) =>
      Object.values(object(index))
        .map((value) => `"${value}"`)
        .join(','),
    )}`,
    'a JSON array': JSON.stringify(
      Array.from({ length: 900 }, (_, index) => object(index)),
      undefined,
      2,
    ),
  };
  for (const [name, text] of Object.entries(outputs)) {
    test(`${name} keeps the names of its columns`, () => {
      assert.ok(text.length > 150_000);
      const { forms } = formsOf(`Some words.\n\n${text}\n\n550 5.1.1 User unknown\n`);
      assert.deepEqual([...new Set(forms)], ['queue', 'text']);
      assert.ok(forms.length > 900, `${forms.length} findings`);
    });
  }

  test('ends where another log begins, so that nothing below is lost', () => {
    const log = readProjectFile('samples/SEND2026011508-1.LOG');
    const { forms } = formsOf(`${outputs['a list']}LastError     : none\n${log}\nRemote server returned '550 5.7.1 Unable to relay'\n${'A line of a ticket.\n'.repeat(9_000)}`);
    assert.equal(forms.at(-1), 'text');
  });
});

test('an event ends where a log begins inside of it, and what stands behind that log is found', () => {
  const log = readProjectFile('samples/SEND2026011508-1.LOG').replace(/^\uFEFF/, '');
  const line = 'Jan 15 09:17:42 ex01.contoso.com app[7]: the other server answered 550 5.1.1 User unknown\n';
  for (const above of [0, 4_000, 9_000]) {
    const text = `${'A line of a ticket.\n'.repeat(above / 20)}${element(`<Data>x\n${log}${line}</Data>`)}\n${'A line of a ticket.\n'.repeat(5_000)}`;
    const { forms, parts } = formsOf(text);
    assert.ok(parts > 1, `${parts} parts`);
    assert.equal(forms.at(-1), 'text');
  }
});

suite('what is closed far below', () => {
  const line = 'Jan 15 08:00:00 mx1 postfix/qmgr[77]: 4BxyzA1: removed\n';
  const forms: Readonly<Record<string, (between: string) => string>> = {
    'a quoted cell': (between) =>
      `"Identity","NextHopDomain","LastError"\n"EX01\\1","contoso.com","550-5.7.26 Not authenticated.\n${between}550 5.7.26 Set up SPF."\n"EX01\\2","contoso.com","550 5.1.1 User unknown"\n`,
    'an element of XML': (between) => `${element(`<Data>Internet</Data>\n${between}<Data>550 5.1.1 User unknown</Data>`)}\n${element('<Data>550 5.7.1 Unable to relay</Data>')}\n`,
    'an object of JSON': (between) => {
      const last = '"Id": 2004, "ProviderName": "MSExchangeTransport", "Message": "x",\n';
      return `[\n{\n"Level": 4,\n${last.repeat(Math.ceil(between.length / last.length))}"Task": 1\n},\n{ ${last}"Task": 2\n}\n]\n`;
    },
    'an object of CLIXML': (between) => {
      const event = '<S N="ProviderName">MSExchangeTransport</S><I32 N="Id">2004</I32><S N="Message">x</S>';
      return `<Obj RefId="0"><Props>\n${between}${event}</Props></Obj>\n<Obj RefId="1"><Props>${event}</Props></Obj>\n`;
    },
    'CDATA in XML': (between) => `${element(`<Data><![CDATA[550 5.1.1 User unknown\n${between}]]></Data>`)}\n${element('<Data>550 5.7.1 Unable to relay</Data>')}\n`,
  };
  for (const [name, write] of Object.entries(forms)) {
    for (const distance of [1_000, 30_000, reachBelow - 2_000, reachBelow, reachBelow + 2_000, 3 * reachBelow]) {
      test(`${name}, by ${distance} characters`, () => {
        for (const above of [0, 3_000, 15_000]) {
          const text = `${line.repeat(above / 50)}\n${write(line.repeat(distance / line.length))}${line.repeat(4_000)}`;
          const { parts } = formsOf(text);
          assert.ok(parts > 2, `${parts} parts`);
        }
      });
    }
  }
});

test('columns that are named among many header lines are those of the rows below, wherever the log is cut', () => {
  const row = (index: number): string => `2026-01-15T08:00:00.000Z,08DE5400000${10_000 + index},Internet,7,192.0.2.10:40001,198.51.100.25:25,<,550 5.1.1 User ${index} unknown,\n`;
  const header = `#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n`;
  const columns = '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
  const text = `${header}${rows(400, (index) => `${columns.repeat(index % 60)}${columns}${row(index)}`)}`;
  const { forms, parts } = formsOf(text);
  assert.ok(parts > 5);
  assert.deepEqual([...new Set(forms)], ['smtp-send']);
});

suite('a field of a mail that says that it is a bounce', () => {
  for (const lineEnd of ['\n', '\r\n']) {
    for (const distance of [1_000, 30_000, 33_000, reachBelow, 2 * reachBelow, 200_000]) {
      test(`is read ${distance} characters below its beginning, or not, wherever the text is cut at ${JSON.stringify(lineEnd)}`, () => {
        const received = 'Received: from mx.fabrikam.com\n'.repeat(distance / 31);
        const mail = `Subject: hello\n${received}From: MAILER-DAEMON@contoso.com\n\n<bob@fabrikam.com>: host mx.fabrikam.com said:\n550 5.1.1 User unknown\n\n`;
        const { forms } = formsOf(`${mail}${'A line of a ticket.\n'.repeat(8_000)}`.replaceAll('\n', lineEnd));
        assert.equal(forms.length, 1);
        if (distance < reachBelow / 2) assert.deepEqual(forms, ['ndr']);
      });
    }
  }
});

test('a session goes on below other text and below other columns, wherever the log is cut', () => {
  const header = '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n';
  const orders = [
    ['connector-id', 'session-id'],
    ['session-id', 'connector-id'],
  ];
  const row = (order: number, session: number, event: string, data: string): string => {
    const id = `08DE5400000${10_000 + session}`;
    return `2026-01-15T08:00:00.000Z,${order === 0 ? `Internet,${id}` : `${id},Internet`},7,192.0.2.10:40001,198.51.100.25:25,${event},${data},\n`;
  };
  const columns = (order: number): string => `#Fields: date-time,${orders[order]},sequence-number,local-endpoint,remote-endpoint,event,data,context\n`;
  const session = (index: number): string =>
    `${row(index % 2, index, '>', `RCPT TO:<user${index}@fabrikam.com>`)}${'A line of a ticket.\n'.repeat(10)}${columns((index + 1) % 2)}${row((index + 1) % 2, index, '<', '550 5.1.1 User unknown')}`;
  const text = `${header}${columns(0)}${rows(900, session)}`;
  const { parts } = formsOf(text);
  assert.ok(parts > 5);
  const recipients = findFindings(text, knowledge).map(({ record }) => record.captures.recipient);
  assert.deepEqual(
    recipients,
    recipients.map((_, index) => `user${index}@fabrikam.com`),
  );
});

for (const distance of [200, 30_000, 31_000, 33_000, 70_000, 200_000]) {
  test(`rows with ${distance} characters of other text between them, whose header names the columns in an order of its own`, () => {
    const row = (index: number): string =>
      `2026-01-15T08:00:00.000Z,08DE5400000${10_000 + index},Internet,7,192.0.2.10:40001,198.51.100.25:25,<,550 5.1.1 User ${index} unknown,\n`;
    const header =
      '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
    for (const above of [0, 7_000, 14_000]) {
      const text = `${'A line of a ticket.\n'.repeat(above / 20)}${header}${row(1)}${'A line of a ticket.\n'.repeat(distance / 20)}${row(2)}${row(3)}${'A line of a ticket.\n'.repeat(12_000)}`;
      const { forms, parts } = formsOf(text);
      // Far below, the rows are no longer those of the log: nobody knows their columns, and what they say is found as in any text.
      assert.deepEqual(forms, distance < 32_000 ? ['smtp-send', 'smtp-send', 'smtp-send'] : ['smtp-send', 'text', 'text']);
      assert.ok(parts > 2);
    }
  });
}

suite('columns that are named once more below other text', () => {
  const header = '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n';
  const row = (index: number): string => `2026-01-15T08:00:00.000Z,08DE5400000${10_000 + index},Internet,7,192.0.2.10:40001,198.51.100.25:25,<,550 5.1.1 User ${index} unknown,\n`;
  const fields = '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
  // Whoever knows no log above them would guess the columns of these rows from the rows alone.
  const without = '#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,reply,context\n';
  for (const distance of [200, 30_000, 33_000, 70_000, 200_000]) {
    test(`by ${distance} characters, are those of the log above as far as its rows would be`, () => {
      for (const above of [0, 7_000, 14_000]) {
        const text = `${'A line of a ticket.\n'.repeat(above / 20)}${header}${fields}${row(1)}${'A line of a ticket.\n'.repeat(distance / 20)}#Date: 2026-01-15T08:00:00.000Z\n${without}${row(2)}${row(3)}${'A line of a ticket.\n'.repeat(12_000)}`;
        const { forms, parts } = formsOf(text);
        assert.equal(forms.length, distance < 32_000 ? 1 : 3, `${forms}`);
        assert.ok(parts > 2);
      }
    });
  }
});

test('rows below other text are those of the log where they have as many columns, whatever rows of another log stand between', () => {
  const fields =
    '#Software: Microsoft Exchange Server\n#Log-type: SMTP Send Protocol Log\n#Fields: date-time,session-id,connector-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n';
  const session = (index: number): string => `08DE5400000${10_000 + index}`;
  const row = (index: number): string => `2026-01-15T08:00:00.000Z,${session(index)},Internet,7,192.0.2.10:40001,198.51.100.25:25,<,550 5.1.1 User ${index} unknown,\n`;
  const connected = (index: number): string => `2026-01-15T08:00:00.000Z,${session(index)},SMTP,fabrikam.com,+,DnsConnectorDelivery\n`;
  const text = `${fields}${rows(300, (index) => `${row(index)}${'A line of a ticket.\n'.repeat(index % 40)}${connected(index)}${connected(index + 1)}\n`)}${'A line of a ticket.\n'.repeat(4_000)}`;
  const { forms, parts } = formsOf(text);
  assert.deepEqual(forms, Array(300).fill('smtp-send'));
  assert.ok(parts > 4);
});

test('the columns of a log of IIS are those of its own header, wherever the log is cut and whatever looks like a header', () => {
  const fields = '#Fields: date time c-ip cs-username s-sitename s-computername s-ip s-port cs-method cs-uri-stem cs-uri-query sc-status\n';
  const others = ['- #Fields: date time cs-method sc-status\n', '#Fields: date time s-event\n', ' #Fields: c-ip cs-method\n'];
  const row = (index: number): string =>
    `2026-01-15 08:00:00 203.0.113.25 app01 SMTPSVC1 RELAY01 192.0.2.10 0 RCPT - +TO:<user${index}@fabrikam.com> 550\n${index % 60 === 30 ? others[(index / 30) % 3] : ''}`;
  const { forms, parts } = formsOf(`${fields}${rows(3_000, row)}\n${'A line of a ticket.\n'.repeat(4_000)}`);
  assert.deepEqual(forms, Array(3_000).fill('iis-smtp'));
  assert.ok(parts > 8);
});

function element(data: string): string {
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="MSExchangeTransport"/><EventID>2004</EventID><TimeCreated SystemTime="2026-01-15T08:00:00Z"/></System>\n<EventData>${data}</EventData></Event>`;
}

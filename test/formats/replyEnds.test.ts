/** A reply ends where it ends: the documents' samples, crossed with how people go on behind a reply, in the places where they write it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { projectKnowledge } from '../support/project.ts';

/** The replies of the samples that are one line: a code and words. */
const replies = [
  ...new Set(
    projectKnowledge()
      .documents.flatMap(({ samples }) => samples.flatMap(({ format, text }) => readRecords(readMarks(completeLog(format, text)).text)))
      .map(({ response }) => response?.text ?? '')
      .filter((text) => /^[45]\d\d [45]\.\d{1,3}\.\d{1,3} .{8,240}$/.test(text) && !/responded with|\{LED=|failed on Frontend|->|smtp;|: 5\.|\u2026|\.\.\.$/.test(text)),
  ),
];

const told = (text: string): (string | undefined)[] => readRecords(text).map(({ response }) => response?.text);
/** Whether the full stop is the server's or the writer's nobody can say. */
const withoutStop = (text: string | undefined): string | undefined => text?.replace(/\.{1,2}$/, '');

/** How people go on, by kind. */
const continuations: Readonly<Record<string, readonly string[]>> = {
  'the first person': [
    ' when I print to mail',
    ' and I am lost',
    ', but I can log in',
    ' since we moved the mailboxes',
    '. I restarted the service twice.',
    ' before we even get to DATA',
  ],
  'a question': [', any ideas?', '. How do I get rid of it?', ' - what is wrong here?', '. Has anybody met this?', ', why?', '?'],
  'a clause': [
    ' even though the address is right',
    ' whenever the list is used',
    ' although telnet works',
    ', which makes no sense',
    ' but only for some of them',
    ' each time the job runs',
  ],
  'a new sentence': ['. It worked until the update.', '. Nothing was changed.', '. Thanks in advance!', '. Our provider sees nothing.', '. Same with another account.'],
  brackets: [' (we use Exchange 2019)', ' (not always)', ' (this is new)', ' (the log says more)', ' (port 587)'],
  'a time': [' since Monday', ' at 10:15', ' last night', ' yesterday', ' from Friday on'],
  'a dash': [' – no idea why', ' — and then nothing', ' - thanks for any help', ' -- please help'],
  German: [' und die Mail bleibt liegen', ', aber intern geht es', ' beim Senden vom Scanner', '. Was kann ich tun?', ' zurück'],
  French: [" quand j'envoie un message", ' depuis hier', ', mais en interne tout va', '. Que faire ?'],
  Spanish: [' cuando envío desde la impresora', ' desde ayer', ', pero internamente funciona', '. ¿Qué puedo hacer?'],
};

const places: Readonly<Record<string, (said: string) => string>> = {
  'a sentence': (said) => `Hello,\n\nwe get ${said}\n\nRegards`,
  'a title': (said) => `# ${said}\n\nIt began after an update.\n`,
  'an item': (said) => `- all is well\n- Outlook shows ${said}\n- the end\n`,
  'a chat': (said) => `[10:15] bob: it says ${said}\n[10:16] anna: hm\n`,
  'a quotation': (said) => `> The server answers ${said}\n\nAnd now?\n`,
  'a cell': (said) => `| 1 | we see ${said} | open |\n`,
};

/** Numbers that are the same on every run. */
function numbers(): (below: number) => number {
  let state = 2004;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % below;
  };
}

suite('a reply in the words of its writer', () => {
  const pick = numbers();
  for (const [kind, ends] of Object.entries(continuations)) {
    test(`ends before ${kind}`, () => {
      const wrong: string[] = [];
      let count = 0;
      for (const reply of replies) {
        const end = ends[pick(ends.length)] as string;
        const [place, write] = Object.entries(places)[pick(Object.keys(places).length)] as [string, (said: string) => string];
        const found = told(write(`${reply}${end}`));
        count += 1;
        if (found.length !== 1 || withoutStop(found[0]) !== withoutStop(reply)) wrong.push(`${place}: ${reply} \u00AB${end}\u00BB ${found.join(' | ')}`);
      }
      // Of some sentences nobody can know where they end.
      assert.ok(count > 150 && wrong.length <= count * 0.02, `${wrong.length} of ${count}:\n${wrong.join('\n')}`);
    });
  }
});

test('what stands behind a complete sentence of a server is its writer\u2019s, without any mark', () => {
  const complete = [
    '550 5.7.1 Unable to relay for bob@fabrikam.com',
    '550 5.1.1 <bob@fabrikam.com>: Recipient address rejected: User unknown in virtual mailbox table',
    '452 4.3.1 Insufficient system resources',
    '421 4.4.2 Connection dropped due to SocketError',
    '554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using bl.example.net',
    '530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM',
  ];
  const rests = [
    ' again',
    ' out of nowhere',
    ' next to each domain',
    ' at random',
    ' right behind the proxy',
    ', restarting clears it',
    ', need to look into it',
    '. Meanwhile the web works.',
    ' errors',
    ' lol',
  ];
  for (const reply of complete) for (const rest of rests) assert.deepEqual(told(`Hello,\n\nthe copier shows ${reply}${rest}\n`).map(withoutStop), [reply], rest);
});

test('a reply that its writer has put into brackets ends with them', () => {
  for (const reply of [
    '550 5.1.1 User unknown',
    '554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using bl.example.net',
    '550 5.7.1 [192.0.2.10] Rejected (see the policy) by contoso.com',
  ])
    for (const rest of [') and now others too', ').', '), since Monday']) assert.deepEqual(told(`We got listed (${reply}${rest}\n`), [reply], rest);
});

suite('a reply of a server', () => {
  test('keeps all of its words where nobody goes on', () => {
    for (const reply of replies) {
      for (const text of [`we get ${reply}\n`, `Log:\n\n${reply}\n`, `2026-01-15 10:00:00 ERROR mailer: server answered ${reply}\n`, `x: ${reply}\r\n`])
        assert.deepEqual(told(text), [reply], text);
    }
  });

  const longer = [
    '550 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org; Please see https://www.spamhaus.org/query/ip/192.0.2.10 for details, and contact your provider if you think that it is wrong.',
    "550 5.7.1 Our system has detected that this message is likely spam. To protect our users, it has been blocked. Please visit https://example.com/help if you need more information. We're sorry.",
    "550 5.1.1 The account doesn't exist. Please check the address for typos or unnecessary spaces. Learn more at https://example.com/?p=NoSuchUser a1si2 - gsmtp",
    '554 5.7.1 You are not allowed to send, because your host has no name, and we do not accept mail from such hosts. See http://example.com/',
    "451 4.4.1 I'm sorry, I wasn't able to establish an SMTP connection. I'm not going to try again",
    '450 4.2.0 Greylisted for 5 minutes, please come back when it is over (see http://example.com/greylist)',
  ];
  for (const reply of longer)
    test(`is not cut: ${reply}`, () => {
      for (const text of [`x: ${reply}\n`, `Log:\n\n${reply}\n\nBye`]) assert.deepEqual(told(text), [reply], text);
    });
});

suite('a reply that was folded', () => {
  test('by hand behind a comma or a semicolon goes on in the next line, and ends before its writer does', () => {
    for (const reply of replies.filter((text) => /[,;] /.test(text.slice(14)))) {
      const at = 14 + reply.slice(14).search(/[,;] /) + 1;
      if (/^ (?:[\w.-]+[:=]|\d)/.test(reply.slice(at))) continue;
      for (const end of ['', ' when I print to mail'])
        for (const indent of ['', '> ']) {
          const text = `${indent}we get ${reply.slice(0, at)}\n${indent}${reply.slice(at + 1)}${end}\n\nRegards`;
          assert.deepEqual(told(text).map(withoutStop), [withoutStop(reply)], text);
        }
    }
  });

  test('at the width of a window is one reply, however wide it is', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const reply of replies)
      for (const width of [60, 76]) {
        const text = wrap(
          `Hello all, since last week there is trouble with our mail. The scanner says ${reply} when I print to mail and nobody here knows what to make of that.`,
          width,
        );
        count += 1;
        if (withoutStop(told(text)[0]) !== withoutStop(reply)) wrong.push(`${text}\n    ${told(text).join(' | ')}`);
      }
    assert.ok(wrong.length <= count * 0.05, `${wrong.length} of ${count}:\n${wrong.join('\n')}`);
  });

  test('does not take the next line of a log, a setting or an error', () => {
    const reply = '550 5.7.1 Service unavailable;';
    for (const below of [
      'Jan 15 08:00:00 mx1 app: started',
      '2026-01-15 08:00:00 started',
      'status: bounced',
      'code = 550',
      '550 5.1.1 User unknown',
      'at mail.send(app.js:1)',
      '- next',
      '',
      '12. next',
    ])
      assert.equal(told(`it said ${reply}\n${below}\n`)[0], reply, below);
  });
});

function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return `${lines.join('\n')}\n`;
}

suite('a reply goes on to', () => {
  test('the signature of the server, whatever its words look like', () => {
    const replies = [
      '555 5.5.2 Syntax error, cannot decode it. See our pages and review the specifications. 4fb4d7f45d1cf-64068f74a56 - gsmtp',
      '550 5.4.1 Recipient address rejected: Access denied, since we do not know it. [PR2FRA01FT009.eop-fra01.prod.protection.outlook.com]',
    ];
    for (const reply of replies) assert.deepEqual(told(`failed to issue MAIL command: ${reply}`), [reply]);
  });
  test('the end of the code that it stands in', () => {
    const reply = '555 5.5.2 Syntax error, when I print to mail';
    assert.deepEqual(told(`Since Monday \`failed to issue MAIL command: ${reply}\` is what we see`), [reply]);
  });
});

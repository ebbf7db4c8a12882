/** What somebody asks in words is recognised as in a log, or its nearest documents are listed. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { code } from '../../server/src/explain/markdown.ts';
import { codesIn } from '../../server/src/knowledge/knowledgeBase.ts';
import { getPage } from '../../server/src/service/index.ts';
import { hostileText } from '../support/hostileText.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { projectKnowledge, projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const titles = new Set(knowledge.failures.map(({ title }) => `# ${title}`));
/** The documents that a page is of. */
const headings = (page: string | undefined): string[] => (page ?? '').split('\n').filter((line) => titles.has(line));
const listed = (page: string | undefined): string[] => [...(page ?? '').matchAll(/^- ([\w-]+): /gm)].map(([, id]) => id as string);

suite('a text that somebody asks about', () => {
  test('is each sample of a failure, and the failure is told', () => {
    for (const { failure, samples } of projectKnowledge().documents) {
      for (const { format, text } of samples) {
        const log = readMarks(completeLog(format, text)).text;
        assert.ok(headings(getPage(log, knowledge)).includes(`# ${failure.title}`), `${failure.id}: ${log}`);
      }
    }
  });

  test('is a title in any case', () => {
    for (const { title } of knowledge.failures)
      for (const written of [title, title.toUpperCase(), ` ${title} `]) assert.deepEqual(headings(getPage(written, knowledge)), [`# ${title}`]);
  });

  test('is what the editor shows of a failure: its short name, and the term that its title begins with', () => {
    for (const { id, short, title } of knowledge.failures) {
      assert.ok(short, id);
      for (const written of [short, short.toUpperCase()]) assert.deepEqual(headings(getPage(written, knowledge)), [`# ${title}`], written);
      const [, term] = /^([^:]*\p{L}[^:]*): /u.exec(title) ?? [];
      if (term) assert.equal(headings(getPage(term, knowledge)).length, 1, term);
    }
  });

  test('is a name with its articles', () => {
    const hybrid = knowledge.failure('renew-hybrid-certificate')?.title;
    assert.deepEqual(headings(getPage('Renew the hybrid certificate', knowledge)), [`# ${hybrid}`]);
  });

  test('is a sample: the page names first what a log names first', () => {
    for (const { samples } of projectKnowledge().documents) {
      for (const { format, text } of samples) {
        const log = readMarks(completeLog(format, text)).text;
        const [first] = findFindings(log, knowledge);
        if (first?.failure) assert.equal(headings(getPage(log, knowledge))[0], `# ${first.failure.title}`, log);
      }
    }
  });

  test('is a code alone: every one of the registries and of the documents has a line that says what it means', () => {
    const { enhancedCodes, replyCodes } = knowledge.registries;
    const asked = new Set([
      ...enhancedCodes.flatMap(({ code: known }) => ['4', '5'].map((first) => known.replace('X', first))),
      ...replyCodes.map(({ code: known }) => known),
      ...knowledge.failures.flatMap(({ match }) => match.flatMap(({ enhanced }) => (enhanced ? codesIn(enhanced) : []))),
    ]);
    for (const written of asked) {
      const page = getPage(written, knowledge) ?? '';
      assert.match(page, /^(?:\d{3}|\d\.\d+\.\d+): .*[\w)]\.$/m, written);
      for (const line of page.split('\n').filter((one) => one.startsWith('- '))) assert.match(line, /^- [\w-]+: .+?\. \S/, `${written}: ${line}`);
    }
  });

  test('is an event that the malware filter logs, and its document is named', () =>
    assert.deepEqual(
      ['event 5300', 'FIPFS 1106'].map((event) => listed(getPage(event, knowledge))),
      [['agent-deferred'], ['agent-deferred']],
    ));

  for (const [asked, id] of [
    ['550 5.1.1 User unknown', 'recipient-unknown'],
    ['550 User unknown', 'recipient-unknown'],
    ['RESOLVER.ADR.RecipNotFound', 'recipient-unknown'],
    ['4.4.7 expired', 'message-expired'],
    ['454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied', 'tls-untrusted-root'],
  ] as const) {
    test(`is ${asked}: the page says what it was recognised by`, () => {
      const page = getPage(asked, knowledge) ?? '';
      assert.deepEqual(headings(page), [`# ${knowledge.failure(id)?.title}`]);
      assert.match(page, /^# .*\n\n`.*`: Recognised by /);
    });
  }

  test('is a log with several failures: each is told once', () => {
    const page = getPage('550 5.1.1 User unknown\n452 4.2.2 Mailbox full\n550 5.1.1 User unknown\n', knowledge);
    assert.deepEqual(headings(page), [`# ${knowledge.failure('recipient-unknown')?.title}`, `# ${knowledge.failure('mailbox-full')?.title}`]);
  });

  test('has a code without a document: the registered meaning is told', () => assert.match(getPage('550 5.6.10 Zzz', knowledge) ?? '', /^# 550 5\.6\.10\n/));

  test('is a code that Microsoft alone uses: its document says what it means', () => {
    const page = getPage('5.7.64', knowledge) ?? '';
    const [alone] = knowledge.matches(undefined, { enhancedCode: '5.7.64', text: '' });
    assert.ok(page.includes(`\n5.7.64: ${alone?.failure.title} (${alone?.failure.id}).\n`), page);
  });

  test('is a code or an event: each document is told in a line, the likeliest first', () => {
    for (const [asked, first] of [
      ['550', 'recipient-unknown'],
      ['4.4.7', 'message-expired'],
      ['event 1035', 'sign-in-failed'],
    ] as const) {
      const lines = (getPage(asked, knowledge) ?? '').split('\n').filter((line) => line.startsWith('- '));
      assert.ok(lines.length > 1 && lines[0]?.startsWith(`- ${first}: `), lines[0]);
      for (const line of lines) {
        const failure = knowledge.failure(/^- ([\w-]+): /.exec(line)?.[1] ?? '');
        assert.ok(failure, line);
        const said = line.slice(`- ${failure.id}: ${failure.short ?? failure.title}. `.length).replace(/ …$/, '');
        assert.ok(said.length > 20 && said.length <= 240 && failure.meaning.replace(/\s+/g, ' ').startsWith(said), line);
      }
    }
  });

  test('is a response that hands an answer on: the answer decides', () => {
    const page = getPage('550 5.0.350 Remote server returned an error -> 550 5.1.1 User unknown', knowledge);
    assert.deepEqual(headings(page), [`# ${knowledge.failure('recipient-unknown')?.title}`]);
  });

  test('is a heading of a guide', () => {
    for (const [asked, id] of [
      ['Error 451 4.4.0: DNS Query Failed', 'dns-failure'],
      ['454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot', 'tls-untrusted-root'],
      ['Error 554 5.4.14: Hop count exceeded', 'mail-loop'],
    ] as const)
      assert.deepEqual(headings(getPage(asked, knowledge)), [`# ${knowledge.failure(id)?.title}`], asked);
    for (const asked of ['5.7.64', 'Error 5.7.64', 'status code: 5.7.64', 'NDR 550 5.7.64']) assert.match(getPage(asked, knowledge) ?? '', /^# (?:550 )?5\.7\.64\n/, asked);
    for (const asked of ['event 2004', 'MSExchangeTransport 12014', 'Event ID 12014', 'Event 15006, MSExchangeTransport', 'MSExchangeTransport event ID: 2017', '12014'])
      assert.match(getPage(asked, knowledge) ?? '', /^# Event \d+ of MSExchangeTransport\n[\s\S]*\n- /, asked);
  });

  test('is not recognised: at most five documents are listed, the same each time', () => {
    for (const asked of ['tls', '5.7', '10060', 'SubjectMismatch', 'the certificate of the connector']) {
      const page = getPage(asked, knowledge);
      const ids = listed(page);
      assert.match(page ?? '', /^# Not recognised\n/);
      assert.ok(ids.length > 0 && ids.length <= 5 && ids.every((id) => knowledge.failure(id)), asked);
      assert.equal(getPage(asked, knowledge), page);
    }
    assert.ok(
      listed(getPage('tls', knowledge))
        .slice(0, 4)
        .every((id) => id.includes('tls')),
    );
    assert.equal(getPage('xyzzy the of', knowledge), undefined);
  });

  test('cannot be read as markup', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom('', 'certificate ', '550 5.1.1 User unknown '), (text, before) => {
        const page = getPage(before + text, knowledge);
        if (page === undefined) return;
        assert.doesNotMatch(page, /[^\P{Cc}\n]/u);
        const said = /^# (?:.*)\n\n(`.*)$/m.exec(page)?.[1] ?? '';
        const shown = said.replace(/(?:: Recognised by .*| is no failure that is known\..*)$/, '');
        if (page.startsWith('# Not recognised')) assert.equal(shown, code((before + text).trim().replace(/\s+/g, ' '), 300));
        const fence = /^`*/.exec(shown)?.[0] ?? '';
        assert.ok(
          !shown
            .slice(fence.length, shown.length - fence.length)
            .split(/(?<!`)(?=`)|(?<=`)(?!`)/)
            .includes(fence) || fence === '',
        );
      }),
      trials(200),
    );
  });
});

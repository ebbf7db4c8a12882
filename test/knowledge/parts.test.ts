/** Documents that cover several situations, and scripts that share blocks: what is told of a finding, of the whole, and of a fault. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { getPage } from '../../server/src/explain/page.ts';
import { runbookScript } from '../../server/src/explain/powershell.ts';
import { runbookArguments } from '../../server/src/explain/runbook.ts';
import type { Failure } from '../../server/src/failures.ts';
import { addFailures, parseFailure } from '../../server/src/knowledge/compile.ts';
import { createKnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import { packKnowledge, unpackKnowledge } from '../../server/src/knowledge/packed.ts';
import { failureOf, failureOfPart } from '../../server/src/knowledge/parts.ts';
import { extendScript } from '../../server/src/service/scratchScript.ts';
import type { FormatId } from '../../server/src/values.ts';
import { documentNames, goodDocument } from '../support/failureDocument.ts';
import { completeLog } from '../support/marks.ts';
import { projectKnowledge } from '../support/project.ts';

const { data } = projectKnowledge();

/** The good document with other things in the place of what stands there once. */
function written(...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((text, [from, to]) => {
    assert.equal(text.split(from).length, 2, from);
    return text.replace(from, () => to);
  }, goodDocument);
}

const inParts = written(
  [
    '  - { reply: 454 }',
    '  - { reply: 454, text: "here it was", part: This server refused }\n  - { reply: 454, text: "there it was", part: The other server refused }\n  - { reply: 454 }',
  ],
  ['\nM\n', '\nM for all.\n\n### This server refused\n\nM here.\n\n### The other server refused\n\nM there.\n'],
  ['\nC\n', '\nC\n\n### The other server refused\n\nC there.\n'],
  [
    '## Evidence (read-only)\n\n```powershell\nGet-Queue\n```\n',
    '## Evidence (read-only)\n\n```powershell\nGet-Queue\n### no heading\n```\n\n### This server refused\n\n```powershell\nGet-ReceiveConnector\n```\n\n### The other server refused\n\nFirst this.\n\n```powershell\nGet-SendConnector\n```\n',
  ],
  ['## Roll back\n\n```powershell\n# x\n```\n', '## Roll back\n\n### The other server refused\n\n```powershell\n# back\n```\n'],
);

function parsed(text: string, snippets = {}): Failure {
  const document = parseFailure(text, 'a-b.md', { ...documentNames, snippets });
  assert.ok('failure' in document, JSON.stringify(document));
  return document.failure;
}
/** The faults, each with the words that are underlined. */
const faultsIn = (text: string, snippets = {}): readonly string[] => {
  const document = parseFailure(text, 'a-b.md', { ...documentNames, snippets });
  return 'problems' in document ? document.problems.map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message}`) : [];
};
const everywhere: readonly (readonly [string, (text: string) => Failure])[] = [
  ['as it is read', (text) => parsed(text)],
  ['with the line ends of Windows', (text) => parsed(text.replaceAll('\n', '\r\n'))],
  [
    'as it is shipped',
    (text) => {
      const { knowledge, pages } = packKnowledge({ ...data, failures: [parsed(text)] });
      return unpackKnowledge(JSON.parse(JSON.stringify(knowledge)), () => pages).failures[0] as Failure;
    },
  ],
];

for (const [name, read] of everywhere)
  suite(`a document in parts, ${name}`, () => {
    const whole = read(inParts);
    test('shows all of them by itself', () => {
      assert.match(whole.markdown, /### This server refused\n\nM here\./);
      assert.match(whole.meaning, /^M for all\.[\s\S]*M here\.[\s\S]*M there\.$/);
      assert.equal(whole.runbook.evidence.script, 'Get-Queue\n### no heading\n\n# This server refused\nGet-ReceiveConnector\n\n# The other server refused\nGet-SendConnector');
      assert.equal(failureOfPart(whole, undefined), whole);
      assert.equal(failureOfPart(whole, 'toString'), whole);
    });
    test('shows of a finding what is common, and its part', () => {
      const { meaning, cause, runbook, markdown, id, page } = failureOfPart(whole, 'The other server refused');
      assert.deepEqual([meaning, cause, id, page], ['M for all.\n\nM there.', 'C\n\nC there.', 'a-b', whole.page]);
      assert.deepEqual(
        [runbook.evidence.script, runbook.change.script, runbook.rollBack],
        ['Get-Queue\n### no heading\n\nGet-SendConnector', '# x', { heading: 'Roll back', script: '# back' }],
      );
      assert.doesNotMatch(markdown, /refused|M here\./);
      assert.match(markdown, /## Evidence \(read-only\)[\s\S]*First this\./);
    });
    test('may say nothing of a part in a section', () => {
      const { cause, runbook } = failureOfPart(whole, 'This server refused');
      assert.deepEqual([cause, runbook.evidence.script, runbook.rollBack.script], ['C', 'Get-Queue\n### no heading\n\nGet-ReceiveConnector', '']);
    });
  });

test('what is read of a document in parts is what is shipped', () => {
  const [read, , shipped] = everywhere.map(([, of]) => of(inParts)) as [Failure, Failure, Failure];
  for (const part of ['This server refused', 'The other server refused'])
    assert.deepEqual({ ...failureOfPart(shipped, part) }, JSON.parse(JSON.stringify(failureOfPart(read, part))));
});

test('the part of a finding is that of the condition which it met', () => {
  const knowledge = createKnowledgeBase(addFailures({ ...data, failures: [] }, [parsed(inParts)]));
  const found = (text: string): (string | undefined)[] => findFindings(`Remote server returned '454 ${text}'`, knowledge).map(({ part }) => part);
  assert.deepEqual(found('4.7.0 there it was'), ['The other server refused']);
  assert.deepEqual(found('4.7.0 here it was'), ['This server refused']);
  assert.deepEqual(found('4.7.0 somewhere'), [undefined]);
  const [finding] = findFindings("Remote server returned '454 4.7.0 there it was'", knowledge);
  assert.ok(finding?.failure);
  assert.equal(failureOf(finding)?.cause, 'C\n\nC there.');
  const page = getPage('454 4.7.0 there it was', knowledge) ?? '';
  assert.match(page, /This is the part "The other server refused" of a-b\./);
  assert.match(page, /M there\./);
  assert.doesNotMatch(page, /M here\./);
  assert.match(getPage('a-b', knowledge) ?? '', /M here\.[\s\S]*M there\./);
});

test('the runbook of a finding has its part, in a region of its own', () => {
  const failure = parsed(inParts);
  const knowledge = createKnowledgeBase(addFailures({ ...data, failures: [] }, [failure]));
  const scripts = ['there it was', 'here it was', 'somewhere'].map((text) => {
    const [finding] = findFindings(`Remote server returned '454 4.7.0 ${text}'`, knowledge);
    assert.ok(finding);
    return runbookArguments({ uri: 'file:///a.log', lineAt: () => 0 }, finding, failure, 'evidence');
  });
  let script = '';
  for (const insertion of scripts) for (const { text } of extendScript(script, failure, insertion).insertions) script += text;
  assert.match(script, /#region Mailflow Lens: a-b \(The other server refused\): unknown\n[\s\S]*?Get-SendConnector\n#endregion/);
  assert.equal(script.match(/Get-SendConnector/g)?.length, 2);
  assert.equal(script.match(/#region/g)?.length, 3);
  assert.match(runbookScript(failure, {}, 'full'), /# The other server refused\nGet-SendConnector/);
});

test('where no condition names a part, it is that of who answered', () => {
  const by = written(
    ['products: [X]', 'directions: { receive: Here, send: There }\nproducts: [X]'],
    ['  - { reply: 454 }', '  - { reply: 454, text: "named", part: Here }\n  - { reply: 454 }'],
    ['\nM\n', '\n### Here\n\nM here.\n\n### There\n\nM there.\n'],
  );
  for (const [, read] of everywhere) {
    const knowledge = createKnowledgeBase(addFailures({ ...data, failures: [] }, [read(by)]));
    const found = (format: FormatId, text: string): (string | undefined)[] => findFindings(completeLog(format, text), knowledge).map((finding) => finding.part);
    assert.deepEqual(found('smtp-receive', '…,>,454 4.7.0 no,\n…,>,454 4.7.0 no,'), ['Here', 'Here']);
    assert.deepEqual(found('smtp-send', '…,<,454 4.7.0 no,\n…,<,454 4.7.0 named,'), ['There', 'Here']);
    assert.deepEqual(found('text', "Remote server returned '454 4.7.0 no'"), [undefined]);
    const all = `${completeLog('smtp-receive', '…,>,454 4.7.0 no,')}\n${completeLog('smtp-send', '…,<,454 4.7.0 no,')}`;
    assert.deepEqual(
      findFindings(all, knowledge).map(({ part }) => part),
      ['Here', 'There'],
    );
  }
  assert.deepEqual(faultsIn(by.replace('send: There', 'send: Nowhere')), [
    'Nowhere: No section has the heading "### Nowhere".',
    '### There: No condition is about this part: one must have part: There, or one of the directions must.',
  ]);
});

test('the faults of parts are told where they are', () => {
  assert.deepEqual(faultsIn(inParts), []);
  const condition = '{ reply: 454, part: Never }';
  assert.deepEqual(faultsIn(written(['{ reply: 454 }', condition])), ['Never: No section has the heading "### Never".']);
  assert.deepEqual(faultsIn(inParts.replace('### This server refused\n\nM here', '### That server refused\n\nM here')), [
    '### That server refused: No condition is about this part: one must have part: That server refused, or one of the directions must.',
  ]);
  assert.deepEqual(faultsIn(written(['\nM\n', '\n### A heading\n\nM\n'])), [], 'where no condition names a part, a heading is a heading');
  const twice = inParts.replace('Get-ReceiveConnector\n```\n', 'Get-ReceiveConnector\n```\n\n```powershell\nGet-Service\n```\n');
  assert.deepEqual(faultsIn(twice), ['```powershell\nGet-Service\n```: "## Evidence" needs exactly one fence that begins with ```powershell, and at most one in each part.']);
  assert.match(faultsIn(written(['{ reply: 454 }', '{ part: Never }']))[0] ?? '', /"part" needs a condition beside it/);
});

suite('a snippet', () => {
  const snippets = { 'queue-drained': '# Has the queue gone?\nGet-Queue -Server $Server', dollar: "'$&'" };
  const naming = (name: string): string => written(['## Verify\n\n```powershell\nGet-Queue\n```', `## Verify\n\n\`\`\`powershell\n# before\n# snippet: ${name}\n# behind\n\`\`\``]);
  test('stands in script and page in place of the line that names it', () => {
    for (const text of [naming('queue-drained'), naming('queue-drained').replaceAll('\n', '\r\n')]) {
      const { runbook, markdown } = parsed(text, snippets);
      assert.equal(runbook.verify.script, '# before\n# Has the queue gone?\nGet-Queue -Server $Server\n# behind');
      assert.match(markdown, /```powershell\n# before\n# Has the queue gone\?\nGet-Queue -Server \$Server\n# behind\n```/);
    }
    assert.match(parsed(naming('dollar'), snippets).runbook.verify.script, /\n'\$&'\n/);
  });
  test('that does not exist is a fault of its line', () => {
    for (const name of ['queue-drain', 'constructor', ''])
      assert.deepEqual(faultsIn(naming(name), snippets), [
        `# snippet:${name === '' ? '' : ` ${name}`}: There is no snippet ${name === '' ? 'without a name' : `"${name}"`}. There are dollar, queue-drained.`,
      ]);
    assert.deepEqual(faultsIn(naming('queue-drain').replaceAll('\n', '\r\n'), snippets).length, 1);
  });
  test('is meant only in a script', () => assert.deepEqual(faultsIn(written(['\nM\n', '\nM\n\n    # snippet: none\n'])), []));
});

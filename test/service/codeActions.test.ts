import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-types';
import { commands, type RunbookArguments } from '../../server/src/protocol.ts';
import { type EditRunbook, getCodeActions, readRunbookArguments } from '../../server/src/service/index.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';

const log = eventWith(untrusted);
const line = { start: { line: 6, character: 0 }, end: { line: 6, character: 1_000 } };
const noEdit: EditRunbook = () => undefined;

suite('code actions', () => {
  test('titles say what happens and whether anything changes; the evidence is preferred', () => {
    const actions = getCodeActions(openLog(log), line, undefined, modernClient, noEdit) as CodeAction[];
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred ?? false]),
      [
        ["Insert evidence (read-only): The receiving server does not trust this server's TLS certificate (Outbound to Office 365)", true],
        ["Insert full runbook: The receiving server does not trust this server's TLS certificate (Outbound to Office 365) - changes commented out", false],
        ['Open the page about "The receiving server does not trust this server\'s TLS certificate"', false],
      ],
    );
  });
  test('carry the failure and its captures, and are about the diagnostic', () => {
    const [action] = getCodeActions(openLog(log), line, undefined, modernClient, noEdit) as CodeAction[];
    const insertion = action?.command?.arguments?.[0] as RunbookArguments;
    assert.equal(action?.command?.command, commands.insertRunbook);
    assert.equal(insertion.failure, 'tls-untrusted-root');
    assert.deepEqual(insertion.captures, { server: 'ex01.contoso.com', sendConnector: 'Outbound to Office 365', messageId: '<a1@ex01.contoso.com>' });
    assert.match(insertion.evidence, /^some\.log line 7, 1\/15\/2026 9:15:42 AM: 454 4\.7\.0 Failed/);
    assert.equal(action?.diagnostics?.[0]?.code, 'tls-untrusted-root');
  });
  test('are offered on the line with the event id too, and nowhere else', () => {
    const at = (number: number): number =>
      getCodeActions(openLog(log), { start: { line: number, character: 3 }, end: { line: number, character: 3 } }, undefined, modernClient, noEdit).length;
    assert.deepEqual([0, 1, 2, 3, 4, 5].map(at), [0, 0, 0, 3, 0, 0]);
  });
  test('are quick fixes: asked for other kinds there are none', () => {
    assert.equal(getCodeActions(openLog(log), line, ['refactor'], modernClient, noEdit).length, 0);
    assert.equal(getCodeActions(openLog(log), line, ['quickfix'], modernClient, noEdit).length, 3);
  });
  test('are edits for a client without our commands, later where it can resolve them', () => {
    const edit: EditRunbook = ({ part }) => ({ changes: { [part]: [] } });
    const now = getCodeActions(openLog(log), line, undefined, plainClient, edit) as CodeAction[];
    assert.deepEqual(
      now.map((action) => action.edit),
      [{ changes: { evidence: [] } }, { changes: { full: [] } }],
    );
    const later = getCodeActions(openLog(log), line, undefined, { ...plainClient, resolvesEdits: true }, edit) as CodeAction[];
    assert.ok(later.every((action) => action.edit === undefined && action.command === undefined && action.data !== undefined));
  });
  test('of a code without a document there is only the page', () => {
    const titles = getCodeActions(openLog('said "550 5.7.29 no"'), { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } }, undefined, modernClient, noEdit).map(
      ({ title }) => title,
    );
    assert.deepEqual(titles, ['Open the page about 550 5.7.29']);
  });
});

suite('the arguments of an insertion', () => {
  test('are read where they have the right form', () => {
    assert.deepEqual(readRunbookArguments({ failure: 'a', captures: { sender: 'x', other: 'y', recipient: 7 }, part: 'full', evidence: 'z' }), {
      failure: 'a',
      captures: { sender: 'x' },
      part: 'full',
      evidence: 'z',
    });
  });
  for (const value of [undefined, null, 7, 'a', [], {}, { failure: 7, part: 'full' }, { failure: 'a', part: 'everything' }]) {
    test(`are refused: ${JSON.stringify(value)}`, () => assert.equal(readRunbookArguments(value), undefined));
  }
  test('cannot reach through the prototype', () => {
    const value = JSON.parse('{"failure":"a","part":"full","evidence":"z","captures":{"__proto__":{"sender":"evil"}}}') as unknown;
    assert.deepEqual(readRunbookArguments(value)?.captures, {});
  });
});

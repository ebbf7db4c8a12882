import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver-types';
import { commands, type RunbookArguments, showRunbookCommand } from '../../server/src/protocol/editor.ts';
import { getCodeActions, readPlacedRunbook, readRunbookArguments, type ScratchFile } from '../../server/src/service/index.ts';
import { eventWith, modernClient, openLog, plainClient, untrusted } from '../support/openLog.ts';

const log = eventWith(untrusted);
const line = { start: { line: 6, character: 0 }, end: { line: 6, character: 1_000 } };
const place = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const script: ScratchFile = { uri: 'file:///logs/mailflow-remediation.ps1', exists: false, version: null, text: '', range: () => place };

suite('code actions', () => {
  test('titles say what happens and whether anything changes; the evidence is preferred', () => {
    const actions = getCodeActions(openLog(log), line, undefined, modernClient, undefined) as CodeAction[];
    assert.deepEqual(
      actions.map(({ title, isPreferred }) => [title, isPreferred ?? false]),
      [
        ['Insert evidence (read-only): Certificate not trusted (Outbound to Office 365)', true],
        ['Insert full runbook (changes commented out): Certificate not trusted (Outbound to Office 365)', false],
        ['Open the page about "Certificate not trusted"', false],
        ['Don\'t report "Certificate not trusted" here', false],
        ['Don\'t report "Certificate not trusted" for Outbound to Office 365', false],
      ],
    );
  });
  test('carry the failure and its captures, and are about the diagnostic', () => {
    const [action] = getCodeActions(openLog(log), line, undefined, modernClient, undefined) as CodeAction[];
    const insertion = action?.command?.arguments?.[0] as RunbookArguments;
    assert.equal(action?.command?.command, commands.insertRunbook);
    assert.equal(insertion.failure, 'tls-untrusted-root');
    assert.deepEqual(insertion.captures, { server: 'ex01.contoso.com', sendConnector: 'Outbound to Office 365', messageId: '<a1@ex01.contoso.com>' });
    assert.match(insertion.evidence, /^some\.log line 7, 1\/15\/2026 9:15:42 AM: 454 4\.7\.0 Failed/);
    assert.equal(action?.diagnostics?.[0]?.code, 'tls-untrusted-root');
  });
  test('are offered on the line with the event id too, and nowhere else', () => {
    const at = (number: number): number =>
      getCodeActions(openLog(log), { start: { line: number, character: 3 }, end: { line: number, character: 3 } }, undefined, modernClient, undefined).length;
    assert.deepEqual([0, 1, 2, 3, 4, 5].map(at), [0, 0, 0, 5, 0, 0]);
  });
  test('are quick fixes: asked for other kinds there are none', () => {
    assert.equal(getCodeActions(openLog(log), line, ['refactor'], modernClient, undefined).length, 0);
    assert.equal(getCodeActions(openLog(log), line, ['quickfix'], modernClient, undefined).length, 5);
  });
  test('are edits for a client without our commands, later where it can resolve them', () => {
    const now = getCodeActions(openLog(log), line, undefined, plainClient, script) as CodeAction[];
    const texts = now.map(({ edit }) => edit?.changes?.[script.uri]?.map(({ newText }) => newText).join('') ?? '');
    assert.deepEqual(
      texts.map((text) => [text.includes('#region Mailflow Lens: tls-untrusted-root'), text.includes('# Change')]),
      [
        [true, false],
        [true, true],
      ],
    );
    const later = getCodeActions(openLog(log), line, undefined, { ...plainClient, resolvesEdits: true }, 'later') as CodeAction[];
    assert.deepEqual(
      later.map(({ edit, data }) => [edit, readPlacedRunbook(data)?.insertion.part, readPlacedRunbook(data)?.document]),
      [
        [undefined, 'evidence', 'file:///logs/some.log'],
        [undefined, 'full', 'file:///logs/some.log'],
      ],
    );
    assert.deepEqual(getCodeActions(openLog(log), line, undefined, plainClient, undefined), []);
  });
  test("have a command that shows where the edit went, where the client sends the server's commands back", () => {
    for (const at of [script, 'later'] as const) {
      const [action] = getCodeActions(openLog(log), line, undefined, plainClient, at) as CodeAction[];
      assert.equal(action?.command?.command, showRunbookCommand);
      const placed = readPlacedRunbook(action?.command?.arguments?.[0]);
      assert.deepEqual([placed?.insertion.failure, placed?.document], ['tls-untrusted-root', 'file:///logs/some.log']);
      const untold = getCodeActions(openLog(log), line, undefined, { ...plainClient, runsServerCommands: false }, at) as CodeAction[];
      assert.deepEqual(
        untold.map(({ command }) => command),
        [undefined, undefined],
      );
    }
  });
  test('name the failure and what it concerns, so that the settings can leave it out', () => {
    const offered = (getCodeActions(openLog(log), line, undefined, modernClient, undefined) as CodeAction[]).flatMap(({ command }) =>
      command?.command === commands.ignore ? command.arguments : [],
    );
    const failure = { failure: 'tls-untrusted-root', name: 'Certificate not trusted' };
    assert.deepEqual(offered, [failure, { ...failure, target: 'Outbound to Office 365' }]);
    const without = { ...modernClient, commands: new Set([commands.insertRunbook, commands.openPage]) };
    assert.equal(getCodeActions(openLog(log), line, undefined, without, undefined).length, 3);
  });
  test('of a code without a document there is only the page', () => {
    const titles = getCodeActions(openLog('said "550 5.7.29 no"'), { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } }, undefined, modernClient, undefined).map(
      ({ title }) => title,
    );
    assert.deepEqual(titles, ['Open the page about 550 5.7.29', 'Don\'t report "ARC validation failure (5.7.29)" here']);
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

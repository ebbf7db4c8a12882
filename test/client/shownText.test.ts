/** Text of a log in the lists and messages of VS Code: shown as it is written. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withoutIcons, withoutLinks } from '../../client/src/shownText.ts';
import { filesBelow, readProjectFile } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const text = fc
  .array(fc.constantFrom('$(', 'zap', '~spin', ')', '$', '(', '\\', '[', ']', '](', 'command:x', ' ', 'bob@fabrikam.com'), { maxLength: 12 })
  .map((parts) => parts.join(''));

/** How VS Code reads a label (its `parseLabelWithIcons` and `renderLabelWithIcons`): a backslash before an icon is not shown. */
const shownLabel = (label: string): string => label.replace(/(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g, (_, escaped, icon) => (escaped ? `$(${icon})` : '\u{1F5BC}'));

test('no icon is made of a text', () => {
  assert.equal(withoutIcons('Outbound $(zap) $(sync~spin) $(no icon) $5'), 'Outbound \\$(zap) \\$(sync~spin) $(no icon) $5');
  fc.assert(
    fc.property(text, (one) => assert.ok(!shownLabel(withoutIcons(one)).includes('\u{1F5BC}'))),
    trials(300),
  );
  for (const name of ['$(zap)', 'a$(zap)b', '$(sync~spin) conn', '$( zap)', '$($(zap))']) assert.equal(shownLabel(withoutIcons(name)), name);
});

test('no link is made of a text', () => {
  assert.equal(withoutLinks('[x](command:workbench.action.quit) [y][z]'), '[x] (command:workbench.action.quit) [y][z]');
  fc.assert(
    fc.property(text, (one) => assert.doesNotMatch(withoutLinks(one), /\[[^\]]+\]\((?:https?:\/\/|command:|file:)/)),
    trials(300),
  );
});

test('what lists and messages take from a log goes through these', () => {
  const calls = (path: string): string[] => [...readProjectFile(path).matchAll(/\bwithout(?:Icons|Links)\b/g)].map(([call]) => call);
  for (const path of ['failuresFilter', 'stories', 'scope', 'explain'].map((name) => `client/src/${name}.ts`)) assert.ok(calls(path).includes('withoutIcons'), path);
  for (const path of ['pages', 'failuresOnly', 'overview'].map((name) => `client/src/${name}.ts`)) assert.ok(calls(path).includes('withoutLinks'), path);
  assert.ok(filesBelow('client/src').includes('client/src/shownText.ts'));
});

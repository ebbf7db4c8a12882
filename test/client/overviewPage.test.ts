/** The page of the overview in a webview: whatever a log says, it stays text. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overviewPageStyle } from '../../client/src/overviewStyle.ts';
import { tones } from '../../server/src/protocol/overview.ts';
import { overviewStyle } from '../../server/src/report/overviewStyle.ts';
import { filesBelow, readProjectFile } from '../support/project.ts';

const sources = filesBelow('client/src/overviewPage').filter((path) => path.endsWith('.ts'));

test('makes elements in one place, and never of text', () => {
  assert.ok(sources.length > 2);
  for (const path of sources) {
    const source = readProjectFile(path);
    assert.doesNotMatch(
      source,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function|setTimeout\(['"`]|srcdoc|javascript:/,
      path,
    );
    if (!path.endsWith('/elements.ts')) assert.doesNotMatch(source, /createElement|setAttribute\((?!'tabindex')/, path);
  }
});

test('is let in by a policy without evaluated code and without addresses', () => {
  const source = readProjectFile('client/src/overview.ts');
  const policy = /content="(default-src [^"]*)"/.exec(source)?.[1];
  assert.equal(policy, `default-src 'none'; style-src 'nonce-\${nonce}'; script-src 'nonce-\${nonce}'; base-uri 'none'; form-action 'none'`);
});

test('every tone of a picture has a colour, on the page and in the file', () => {
  for (const tone of tones) for (const style of [overviewPageStyle, overviewStyle]) assert.match(style, new RegExp(`\\.${tone}\\b[^{}]*\\{ fill: `));
});

test('the kinds have colours of their own that every theme shows, and no word of a table is cut', () => {
  const fills = [...overviewPageStyle.matchAll(/\.kind\d \{ fill: var\(--vscode-([\w-]+)\)/g)].map(([, name]) => name);
  assert.equal(new Set(fills).size, 5);
  assert.ok(!fills.includes('charts-orange'));
  assert.match(overviewPageStyle, /\.wide th, \.wide td \{ overflow-wrap: break-word; \}/);
});

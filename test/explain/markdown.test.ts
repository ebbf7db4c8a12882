/** Log text in Markdown stays text, as a Markdown parser sees it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { lexer, parse, type Token, type Tokens } from 'marked';
import { code, commandLink, escapeText, link, plainText } from '../../server/src/explain/markdown.ts';
import { commands, type RunbookArguments } from '../../server/src/protocol/editor.ts';
import { hostileText } from '../support/hostileText.ts';
import { trials } from '../support/trials.ts';

const laws = trials(500);

/** What a reader sees of log text. */
function shown(text: string): string {
  const visible = [...text.replace(/\s+/g, ' ').replace(/^ | $/g, '')].map((character) => {
    const value = character.codePointAt(0) as number;
    if (value < 0x20) return String.fromCodePoint(0x2400 + value);
    if (value === 0x7f) return '␡';
    if (!/[\p{Cc}\p{Cf}\p{Cs}]/u.test(character)) return character;
    return character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
      .join('');
  });
  return visible.join('');
}
function inline(markdown: string): Token[] {
  const blocks = lexer(markdown);
  assert.deepEqual(
    blocks.map((block) => block.type),
    ['paragraph'],
    markdown,
  );
  return (blocks[0] as Tokens.Paragraph).tokens;
}

suite('escapeText', () => {
  test('is text for every text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(shown(text) !== '');
        const tokens = inline(escapeText(text));
        assert.deepEqual(
          tokens.filter((token) => token.type !== 'text' && token.type !== 'escape'),
          [],
          escapeText(text),
        );
        assert.equal(tokens.map((token) => (token as Tokens.Text).text).join(''), shown(text));
      }),
      laws,
    );
  });
  test('is text in the midst of our own marks', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const tokens = inline(`**Answer:** ${escapeText(text)} *end*`);
        assert.deepEqual(
          tokens.map((token) => token.type).filter((type) => type !== 'text' && type !== 'escape'),
          ['strong', 'em'],
        );
      }),
      laws,
    );
  });
  test('is text in HTML', () => {
    const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(shown(text) !== '');
        assert.equal(parse(escapeText(text)), `<p>${shown(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')}</p>\n`);
      }),
      laws,
    );
  });
  test('puts a backslash before every punctuation mark that some Markdown reads', () => {
    const marks = '!#$&()*+-.:<=>@[\\]^_`{|}~';
    assert.equal(escapeText(marks), marks.replace(/[\s\S]/g, '\\$&'));
  });
  test('is one line', () => assert.equal(escapeText(' a\r\n\tb '), 'a b'));
  test('shows what cannot be seen', () => assert.equal(escapeText('\u0000\u007F\u202E\uD800'), '␀␡\\\\u202E\\\\uD800'));
  test('is bounded', () => {
    assert.equal(escapeText('x'.repeat(2_000)), `${'x'.repeat(1_000)}…`);
    assert.equal(escapeText('x\u{1F4EC}', 2), 'x…');
  });
});

suite('code', () => {
  test('is one code span for every text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const tokens = inline(code(text));
        assert.deepEqual(
          tokens.map((token) => token.type),
          ['codespan'],
          code(text),
        );
        assert.equal((tokens[0] as Tokens.Codespan).text.trim(), shown(text));
      }),
      laws,
    );
  });
  test('has more backticks than its text', () => assert.equal(code('a `b`` c`'), '``` a `b`` c` ```'));
  test('is bounded', () => assert.equal(code('x'.repeat(20), 5), '`xxxxx…`'));
});

suite('link', () => {
  test('leads to the address, whatever it holds', () => {
    const [token, ...rest] = inline(link('A [title]', 'https://contoso.com/a(b)c?x="<y> z`*&copy;#\u0416')) as [Tokens.Link, ...Token[]];
    assert.deepEqual(rest, []);
    assert.equal(token.href, 'https://contoso.com/a%28b%29c?x=%22%3Cy%3E%20z%60%2A&copy%3B#%D0%96');
    assert.equal(token.tokens.map((part) => (part as Tokens.Text).text).join(''), 'A [title]');
  });
  for (const url of ['http://contoso.com', 'javascript:alert(1)', 'command:x', 'file:///c:/x', 'contoso.com', '', 'https://ada@contoso.com', 'https://'])
    test(`is only the title for ${url}`, () => assert.equal(link('A *title*', url), 'A \\*title\\*'));
  test('is one link for every text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (title, path) => {
        fc.pre(shown(title) !== '');
        const tokens = inline(link(title, `https://contoso.com/${path}`));
        assert.deepEqual(
          tokens.map((token) => token.type),
          ['link'],
        );
      }),
      laws,
    );
  });
});

suite('commandLink', () => {
  test('carries its argument through the two decodings of the editor', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, evidence) => {
        const argument: RunbookArguments = { failure: 'x', captures: { recipient: text }, part: 'full', evidence };
        const [token, ...rest] = inline(commandLink('Insert', commands.insertRunbook, argument)) as [Tokens.Link, ...Token[]];
        assert.deepEqual([token.type, rest.length], ['link', 0]);
        const query = token.href.slice(`command:${commands.insertRunbook}?`.length);
        assert.match(query, /^[\w%.~-]*$/);
        assert.deepEqual(JSON.parse(decodeURIComponent(decodeURIComponent(query))), [argument]);
      }),
      laws,
    );
  });
  test('is only the title for a command that is not ours', () => assert.equal(commandLink('Do', 'workbench.action.quit' as typeof commands.openPage, { id: 'x' }), 'Do'));
});

suite('plainText', () => {
  const cases: [string, string][] = [
    ['**Bold** and *slanted* and _slanted_, but 2 * 3 and snake_case', 'Bold and slanted and slanted, but 2 * 3 and snake_case'],
    ['Run `Get-Queue | fl *` or ``a `b` c`` or `` `x` ``.', 'Run Get-Queue | fl * or a `b` c or `x`.'],
    ['See [the *page*](https://contoso.com/a_b_c), <https://contoso.com/x>.', 'See the page (https://contoso.com/a_b_c), https://contoso.com/x.'],
    ['[Insert `x`](command:mailflowLens.openPage?%5B%5D)', 'Insert x'],
    ['# Title\n\n- one\n- **two**\n* three', 'Title\n\n- one\n- two\n* three'],
    ['a **b**\n\n```powershell\n# **keep** `this`\n```\n\n*c*', 'a b\n\n# **keep** `this`\n\nc'],
    ['**`code`** in bold', 'code in bold'],
    ['not \\*bold\\*', 'not *bold*'],
  ];
  for (const [markdown, text] of cases) test(markdown, () => assert.equal(plainText(markdown), text));
  test('gives back what escape and code were given', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.equal(plainText(escapeText(text)), shown(text));
        assert.equal(plainText(`*Answer:* ${code(text)}`).trim(), `Answer: ${shown(text)}`.trim());
      }),
      laws,
    );
  });
});

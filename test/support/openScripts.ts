/** Scripts as users leave them above an insertion: well-formed, open, or odd. For property tests and fuzzing. */

import fc from 'fast-check';
import { fits } from '../../server/src/explain/powershell.ts';
import type { ExtendScriptResult } from '../../server/src/protocol.ts';
import { extendScript } from '../../server/src/service/scratchScript.ts';
import { type Captures, captureNames, type Failure } from '../../server/src/values.ts';
import { hostileText } from './hostileText.ts';
import { readCode } from './powershellCode.ts';
import { withoutValues } from './powershellReader.ts';

/** What ends, opens or hides strings and comments, alone and where it is none. */
const pieces = [
  "'",
  '"',
  "''",
  '""',
  '\u2018',
  '\u2019',
  '\u201A',
  '\u201B',
  '\u201C',
  '\u201D',
  '\u201E',
  '`',
  '``',
  "`'",
  '`"',
  '#',
  '<#',
  '#>',
  "@'\n",
  "\n'@",
  '@"\r\n',
  '\r\n"@',
  "@' x",
  '\u0024{',
  '\u0024{a b}',
  '\u0024{it`}s}',
  '$(',
  '@(',
  '@{',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '[int#]',
  '[CmdletBinding()]',
  '$a',
  '$_',
  '$$',
  '$?',
  '$',
  '$env:x',
  '@splat',
  '$a.b',
  '::c',
  '.d',
  '.',
  '..',
  '=',
  '+=',
  '+',
  '-',
  '-eq',
  '-Name',
  '-Name:',
  '--',
  '--%',
  '!',
  '%',
  '?',
  '*',
  '/',
  '\\',
  '~',
  ',',
  ';',
  '|',
  '||',
  '&',
  '&&',
  '>',
  '2>&1',
  '*>',
  '<',
  ':',
  ':label',
  '7',
  '7z',
  '0x1F',
  '1.5e3',
  '1..3',
  'Get-Date',
  'foo#bar',
  "it's",
  'if',
  'foreach',
  'in',
  'return',
  'function',
  'param',
  'switch',
  'else',
  'do',
  "# don't",
  '#requires',
  ' ',
  ' ',
  ' ',
  '\t',
  '\u00A0',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '`\n',
  ' `\r\n',
  '\0',
  '\u0085',
  '\u2028',
  'Ж',
  '\u{1F4EC}',
];

/** Well-formed scripts in which a quote, a # or a brace is not what it seems. */
export const oddScripts: readonly string[] = [
  "cmd --% it's\n",
  "cmd --% \"a|b' | Out-Null # it's\n",
  "$a=#c it's\n1\n",
  "$a=1+#c it's\n2\n",
  "$a[#c it's\n0]\n",
  "Get-X $a,#c it's\n2\n",
  "Get-X $a.b#c it's\n",
  "(1)#c it's\n",
  "@{ a =#c it's\n1 }\n",
  'Write-Host foo#bar $a#b -c#d\n',
  'Write-Host foo<#bar\n',
  "$a<#c it's#>= 1\n",
  "$a = \u0024{it's}; \u0024{a`}'}\n",
  "Write-Host a\u0024{it's}b\n",
  "$x = '\u2019\u2019'\n",
  '$x = "a`"$(\')\')`\u201D"\n',
  '$x = "$$(" + ")"\n',
  'Write-Host x$((1) # )\n',
  "$x = @'\nit's\n '@\n'@\n",
  '$x = @"\n`\n$(\n"@\n)"\n"@\n',
  "Write-Host foo`'bar\n",
  "if ($a) { 'b' } # it's\nelse { 'c' }\n",
  "switch ($a) { 'b' { 1 } default { 2 } }\n",
  'foreach ($a in Get-X b#c) { $a }\n',
  "Get-X -Filter { a -eq 'b#' } | ? { $_ } | % Name\n",
  '$a = [System.Foo#bar]\n',
  "& 'C:\\x y' a#b\n. .\\a#b.ps1\n",
  '!foo#bar\n7z#x\n',
  '$a > foo#bar\n',
  "<# it's #> <#>#>\n",
  "#requires -Version 5 it's\n",
];

/** What leaves a script open at its end, whatever follows. */
export const openings: readonly string[] = [
  "Write-Host 'todo",
  'Write-Host "todo',
  "Write-Host it's",
  '$x = \u201Ctodo',
  '$x = \u2018todo',
  "$x = @'\ntodo",
  '$x = @"\ntodo',
  '$x = @" ',
  '<# todo',
  '"$(Get-Date',
  '"$(Get-Date (1)',
  '"a $(',
  '"@($(1',
  '"\u0024{a',
  '\u0024{todo',
  'Write-Host a$(todo',
  'Write-Host x$(")")',
  "$x = '\u2019'",
  'Write-Host a\u0024{todo',
  'Write-Host todo `',
  'Write-Host todo`',
  '@"\n$(',
  "a `\n'",
];

/** Any script: odd ones, such as are open, and pieces in any order. */
export const anyScript: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((found) => found.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...oddScripts), { minLength: 1, maxLength: 4 }).map((found) => found.join('')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(fc.constantFrom(...oddScripts), { maxLength: 2 }), fc.constantFrom(...openings), fc.constantFrom('', '\n', '\r\n\r\n'))
      .map(([above, opening, end]) => above.join('') + opening + (opening.endsWith('`') ? '' : end)),
  },
);

type Insertion = Parameters<typeof extendScript>[2];

/** Text that a remote server could choose to have run: the word that no code may have in it, amid characters that mean something. */
const marker = 'Stop-Computer';
const live: fc.Arbitrary<string> = fc
  .tuple(hostileText, fc.constantFrom(marker, `'${marker}'`, `$(${marker})`, `| ${marker} #`, `;${marker}`, `'; ${marker} #`), hostileText)
  .map((parts) => parts.join(''));
/** Such text in the shape of an address, a message id and a subject, which are what a stranger can choose. */
const shaped: Readonly<Record<string, (text: string) => string>> = {
  recipient: (text) => `${text.replace(/[\s\p{C}"(),:;<>@[\\\]]/gu, '')}@contoso.com`,
  sender: (text) => `"${text.replace(/["\\\p{C}]/gu, '')}"@contoso.com`,
  messageId: (text) => `<${text.replace(/[<>\s\p{C}]/gu, '')}@contoso.com>`,
  certificateSubject: (text) => `CN=${text}`,
};

export const hostileInsertion: fc.Arbitrary<Insertion> = fc.record({
  captures: fc
    .array(fc.tuple(fc.constantFrom(...captureNames), live), { maxLength: 6 })
    .map((values) => Object.fromEntries(values.map(([name, text]) => [name, shaped[name]?.(text) ?? text])) as Captures),
  part: fc.constantFrom('evidence', 'full'),
  evidence: live,
});

/**
 * Inserts a runbook below a script, and judges the result.
 * @returns What is wrong: text of the log in code, another structure for other values, a script that only now is closed,
 * a second insertion of the same, an insertion without a word of it. Empty where all is well.
 */
export function judgeInsertion(script: string, failure: Failure, insertion: Insertion): string[] {
  const faults: string[] = [];
  const result = extendScript(script, failure, insertion);
  const extended = applied(script, result);
  const { code, isOpen } = readCode(extended);
  const before = readCode(script);
  if (code.includes(marker)) faults.push('text of the log is code');
  if (isOpen !== before.isOpen) faults.push(isOpen ? 'the script is open now' : 'the script is closed now');
  if ((result.warning !== undefined) !== before.isOpen) faults.push('the warning is not about what is open');
  if (result.warning !== undefined && extended !== script) faults.push('something was inserted into an open script');
  const harmless = applied(
    script,
    extendScript(script, failure, { ...insertion, captures: fits('server', insertion.captures.server ?? '') ? { server: 'EX01' } : {}, evidence: 'x' }),
  );
  if (withoutValues(code) !== withoutValues(readCode(harmless).code)) faults.push('the structure depends on the values');
  if (applied(extended, extendScript(extended, failure, insertion)) !== extended) faults.push('the same was inserted twice');
  return faults;
}

/** The same where the slip comes later: a quotation that is opened above a region that stands already. */
export function judgeSlip(opening: string, failure: Failure, insertion: Insertion): string[] {
  const region = applied('Get-Date\n', extendScript('Get-Date\n', failure, insertion)).replace('Get-Date\n', '');
  return readCode(opening + region).code.includes(marker) ? ['text of the log is code'] : [];
}

/** A script with what was inserted. */
export function applied(script: string, { insertions }: ExtendScriptResult): string {
  return [...insertions].reverse().reduce((text, { offset, text: added }) => text.slice(0, offset) + added + text.slice(offset), script);
}

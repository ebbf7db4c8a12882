/** The laws of an insertion into a script, and hostile insertions to hold them against: for property tests and fuzzing. */

import fc from 'fast-check';
import { fits } from '../../server/src/explain/powershell.ts';
import type { Failure } from '../../server/src/failures.ts';
import type { ExtendScriptResult } from '../../server/src/protocol/editor.ts';
import { extendScript } from '../../server/src/service/scratchScript.ts';
import { type Captures, captureNames } from '../../server/src/values.ts';
import { hostileText } from './hostileText.ts';
import { readCode } from './powershellCode.ts';
import { withoutValues } from './powershellReader.ts';

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

/** Begins a failure document from a line of a log: for what the knowledge base does not know yet. */

import type { Finding } from '../../failures.ts';
import type { LogDocument } from '../logDocument.ts';

/**
 * A document to be completed, with the line as its sample.
 * @param offset Where the reader points; a finding there gives codes and words.
 * @param id The name of the file to be, without .md.
 * @param today When it is written, which is when its reference is looked up.
 */
export function beginFailure(document: LogDocument, offset: number, id: string, today: Date): string {
  const line = document.lineAt(offset);
  const ofLine = { start: document.offsetAt({ line, character: 0 }), end: document.offsetAt({ line: line + 1, character: 0 }) };
  const finding = document.findings.pointedAt(offset)?.finding ?? document.findings.firstMarkedIn(ofLine);
  const sample = finding ? sampleOf(finding) : '«550 5.0.0» what the other server said';
  return [
    '---',
    `id: ${id}`,
    `category: ${finding?.category ?? 'unknown'}`,
    'title: What is seen, in one line',
    `severity: ${finding?.severity ?? 'warning'}`,
    'match:',
    `  - ${finding ? conditionOf(finding) : '{ reply: 550, enhanced: "5.0.0", text: "what the other server said" }'}`,
    'products: [Exchange SE]',
    'references:',
    `  - { title: Where this is documented, url: "https://www.rfc-editor.org/rfc/rfc3463", checked: ${today.toISOString().slice(0, 7)} }`,
    '---',
    section('Meaning', 'What happened.'),
    section('Cause', 'Check whether ...'),
    section('Who must act', 'Who can mend it.'),
    section('Evidence (read-only)', fence('powershell', '# Commands that only read.\nGet-Queue -Server $Server')),
    section('Change (reversible)', fence('powershell', '# [reversible] Every command stands behind a # and has the old value saved before it.')),
    section('Verify', fence('powershell', 'Get-Queue -Server $Server')),
    section('Roll back', fence('powershell', '# [reversible] The way back.')),
    section('Samples', fence('log text', sample)),
    section('Near misses', fence('log text', '550 5.7.29 a neighbour that must not be explained by this document')),
  ].join('\n');
}

function section(heading: string, content: string): string {
  return `## ${heading}\n\n${content}\n`;
}

function fence(info: string, content: string): string {
  return `\`\`\`${info}\n${content}\n\`\`\``;
}

/** All codes that were seen, and the words after them: the author shortens the words to what tells the failure from others. */
function conditionOf({ record: { response } }: Finding): string {
  const words = (response?.text ?? '')
    .replace(/^[\d.#\s-]+/, '')
    .toLowerCase()
    .slice(0, 80)
    .trim();
  const parts = [
    response?.replyCode && `reply: ${response.replyCode}`,
    response?.enhancedCode && `enhanced: "${response.enhancedCode}"`,
    words.length >= 4 && `text: ${JSON.stringify(words)}`,
  ];
  return `{ ${parts.filter(Boolean).join(', ')} }`;
}

function sampleOf({ record: { response } }: Finding): string {
  const text = (response?.text ?? '').replace(/[«»`\p{Cc}]/gu, ' ');
  const codes = [response?.replyCode, response?.enhancedCode].filter(Boolean).join(' ');
  return codes && text.startsWith(codes) ? `«${codes}»${text.slice(codes.length)}` : `«${text}»`;
}

/** What is told of lines to a program that gives them one by one: for each line one line of JSON. */

import type { Finding } from '../failures.ts';
import { readEachLine } from '../formats/index.ts';
import { printableContent } from '../text/visible.ts';
import type { CaptureName } from '../values.ts';
import type { Explainer } from './findings.ts';
import { orderedCaptures } from './located.ts';

/** How an answer is wrapped: as it is, or as the properties that rsyslog's mmexternal takes. */
export const pipeProtocols = ['jsonl', 'rsyslog'] as const;
export type PipeProtocol = (typeof pipeProtocols)[number];

/**
 * The answers to lines, in order: `{}` for a line that says nothing, the first finding of any other. Each line is read as if nothing stood
 * above or below it.
 * @param lines Each ended by LF.
 */
export function lineAnswers(lines: string, protocol: PipeProtocol, explain: Explainer): string {
  const answers: string[] = [];
  readEachLine(lines, (line, records) => {
    const findings = [...explain(records)];
    const [first] = findings;
    if (!first) return;
    while (answers.length < line) answers.push('{}\n');
    answers.push(`${wrapped(answerOf(first, findings.length - 1), protocol)}\n`);
  });
  let written = answers.join('');
  for (let count = answers.length, at = 0; ; count--) {
    const end = lines.indexOf('\n', at);
    if (end < 0) break;
    if (count <= 0) written += '{}\n';
    at = end + 1;
  }
  return written;
}

function wrapped(answer: string, protocol: PipeProtocol): string {
  return protocol === 'jsonl' ? answer : `{"$!":{"mailflow":${answer}}}`;
}

/** The names and their order are part of the command line's contract. */
function answerOf({ failure, category, severity, permanence, record: { response, captures } }: Finding, more: number): string {
  const members = [
    `"failure":${quoted(failure?.id)}`,
    `"category":"${category}"`,
    `"severity":"${severity}"`,
    `"permanence":${quoted(permanence)}`,
    `"replyCode":${response?.replyCode ?? null}`,
    `"enhancedCode":${quoted(response?.enhancedCode)}`,
    `"response":${quoted(response?.text)}`,
    `"captures":{${Object.entries(orderedCaptures(captures))
      .map(([name, value]) => `"${name satisfies string as CaptureName}":${quoted(value)}`)
      .join(',')}}`,
    ...(more > 0 ? [`"more":${more}`] : []),
  ];
  return `{${members.join(',')}}`;
}

function quoted(text: string | undefined): string {
  return text === undefined ? 'null' : `"${printableContent(text)}"`;
}

/** A document that covers several situations has a part for each: `### Name` in its sections, and `part: Name` beside the conditions. */

import type { Failure, Finding, Match } from '../failures.ts';

/** The names of a document's parts, in the order of its conditions and directions. */
export function partNames({ match = [], directions = {} }: { readonly match?: readonly Pick<Match, 'part'>[]; readonly directions?: Failure['directions'] }): readonly string[] {
  return [...new Set([...match.flatMap(({ part }) => part ?? []), ...Object.values(directions)])];
}

/**
 * The Markdown of a document for one situation: without what is about the others, and without the headings of parts.
 * @param markdown With plain line ends.
 */
export function markdownOfPart(markdown: string, names: readonly string[], name: string): string {
  const kept: string[] = [];
  let isKept = true;
  let isScript = false;
  let isHeading = false;
  for (const line of markdown.split('\n')) {
    // The blank line below a heading goes with it.
    const isGap = isHeading && line === '';
    if (line.startsWith('```')) isScript = !isScript;
    const part = isScript ? undefined : partAt(line, names);
    isHeading = part !== undefined;
    if (isHeading) isKept = part === name;
    else if (!isScript && line.startsWith('## ')) isKept = true;
    if (isKept && !isHeading && !isGap) kept.push(line);
  }
  return kept.join('\n');
}

function partAt(line: string, names: readonly string[]): string | undefined {
  const name = line.startsWith('### ') ? line.slice('### '.length).trim() : undefined;
  return name !== undefined && names.includes(name) ? name : undefined;
}

/** The PowerShell of one part, or what is common to all. */
export interface PartScript {
  readonly part: string | undefined;
  readonly script: string;
}

/** A stage's scripts as one: each part begins with its name. */
export function joinScripts(scripts: readonly PartScript[]): string {
  return scripts.map(({ part, script }) => (part === undefined ? script : `# ${part}\n${script}`)).join('\n\n');
}

/** The failure as it is told of a finding: what is common to all situations, and what is about this one. */
export function failureOfPart(failure: Failure, part: string | undefined): Failure {
  const told = part !== undefined && failure.parts && Object.hasOwn(failure.parts, part) ? failure.parts[part] : undefined;
  if (!told) return failure;
  const { kind, id, category, title, short, severity, match, directions, products, references, page } = failure;
  const head = { kind, id, category, title, ...(short !== undefined && { short }), severity, match, ...(directions && { directions }), products, references, page };
  return { ...head, ...told };
}

/** The failure of a finding as it is told there. */
export function failureOf({ failure, part }: Finding): Failure | undefined {
  return failure && failureOfPart(failure, part);
}

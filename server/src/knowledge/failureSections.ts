/** Reads the sections of a failure document: what it says to people, its scripts by their stages, its examples. */

import type { Failure, RunbookStage, Stage } from '../failures.ts';
import type { FormatId, Span } from '../values.ts';
import { joinScripts, type PartScript } from './parts.ts';
import { type Body, firstLineInside, type MarkdownPiece, type MarkdownSection } from './sections.ts';
import { type Snippets, snippetFaults } from './snippets.ts';
import type { Problem } from './yamlFaults.ts';

/** A log excerpt of a document. In samples «…» marks exactly what must be underlined. */
export interface Example {
  readonly format: FormatId;
  readonly text: string;
}

/** What documents can name: the forms of logs, and what scripts share. */
export interface DocumentNames {
  readonly formatIds: readonly FormatId[];
  readonly snippets: Snippets;
}

export interface FailureSections extends Pick<Failure, 'meaning' | 'cause' | 'whoActs' | 'runbook'> {
  readonly samples: readonly Example[];
  readonly nearMisses: readonly Example[];
  /** The headings within them that can be those of parts. */
  readonly headings: readonly { readonly name: string; readonly span: Span }[];
  readonly problems: readonly Problem[];
}

export interface SectionReading {
  /** Where a section that is missing is told. */
  readonly end: Span;
  /** What is never found in a log has no examples of being found. */
  readonly isGuide: boolean;
  /** The names of the document's parts. */
  readonly parts: readonly string[];
  readonly names: DocumentNames;
}

/** The heading of a stage is its safety label. */
const stageHeadings: Readonly<Record<Stage, readonly string[]>> = {
  evidence: ['Evidence (read-only)'],
  change: ['Change (reversible)', 'Change (affects service)', 'Change (cannot be undone)', 'Change (nothing to change here)'],
  verify: ['Verify'],
  rollBack: ['Roll back'],
};

export function readFailureSections(text: string, { sections }: Body, { end, isGuide, parts, names }: SectionReading): FailureSections {
  const problems: Problem[] = [];
  const headings: { name: string; span: Span }[] = [];
  const find = (name: string): MarkdownSection | undefined => {
    const [found, again] = sections.filter((section) => section.name === name);
    if (!found) problems.push({ span: end, message: `The section "## ${name}" is missing below.` });
    if (again) problems.push({ span: again.span, message: `The section "## ${name}" stands here twice.` });
    return found;
  };
  const findTold = (name: string): MarkdownSection | undefined => {
    const section = find(name);
    for (const piece of section?.pieces ?? []) {
      const heading = headingOf(piece);
      if (heading !== undefined) headings.push({ name: heading, span: piece.span });
    }
    return section;
  };
  const prose = (name: string): string => findTold(name)?.raw.trim() ?? '';
  const stage = (kind: Stage): RunbookStage => {
    const allowed = stageHeadings[kind];
    const section = findTold((allowed[0] as string).replace(/ \(.*$/, ''));
    if (!section) return { heading: '', script: '' };
    if (!allowed.includes(section.heading)) problems.push({ span: section.span, message: `The heading must be ${allowed.map((heading) => `"## ${heading}"`).join(' or ')}.` });
    const scripts = readScripts(section, parts);
    const another = scripts.find(({ isSecond }) => isSecond);
    if (scripts.length === 0 || another)
      problems.push({
        span: another?.span ?? section.span,
        message: `"## ${section.name}" needs exactly one fence that begins with \`\`\`powershell${parts.length > 0 ? ', and at most one in each part' : ''}.`,
      });
    for (const { span } of scripts) problems.push(...snippetFaults(text, span, names.snippets));
    return { heading: section.heading, script: joinScripts(scripts) };
  };
  const examples = (name: string, isMarked: boolean): Example[] =>
    (find(name)?.pieces ?? []).flatMap(({ token, span }) => {
      if (token.type !== 'code') return [];
      const format = names.formatIds.find((candidate) => token.lang === `log ${candidate}`);
      const content = String(token.text);
      const opening = { start: span.start, end: span.start + Math.max(3, text.slice(span.start, span.end).search(/[\r\n]|$/)) };
      if (!format) problems.push({ span: opening, message: `An example stands in a fence that begins with \`\`\`log and the name of its format: ${names.formatIds.join(', ')}.` });
      else if (isMarked && !/^[^«»]*(?:«[^«»]+»[^«»]*)+$/.test(content))
        problems.push({ span: firstLineInside(text, span), message: 'A sample must mark with « » what is underlined.' });
      return format ? [{ format, text: content }] : [];
    });
  return {
    runbook: { evidence: stage('evidence'), change: stage('change'), verify: stage('verify'), rollBack: stage('rollBack') },
    meaning: prose('Meaning'),
    cause: prose('Cause'),
    whoActs: prose('Who must act'),
    samples: isGuide ? [] : examples('Samples', true),
    nearMisses: isGuide ? [] : examples('Near misses', false),
    headings,
    problems,
  };
}

function headingOf({ token }: MarkdownPiece): string | undefined {
  return token.type === 'heading' && token.depth === 3 ? String(token.text) : undefined;
}

function readScripts({ pieces }: MarkdownSection, parts: readonly string[]): (PartScript & { readonly span: Span; readonly isSecond: boolean })[] {
  const scripts: (PartScript & { readonly span: Span; readonly isSecond: boolean })[] = [];
  let part: string | undefined;
  for (const piece of pieces) {
    const heading = headingOf(piece);
    if (heading !== undefined && parts.includes(heading)) part = heading;
    const { token, span } = piece;
    if (token.type === 'code' && token.lang === 'powershell')
      scripts.push({ part, script: String(token.text), span, isSecond: scripts.at(-1)?.part === part && scripts.length > 0 });
  }
  return scripts;
}

/** The page for people has no test material, and its title stands as a heading. */
export function pageMarkdown(title: string, { markdown, sections }: Body): string {
  const test = sections.filter((section) => section.name === 'Samples' || section.name === 'Near misses');
  let page = markdown;
  for (const section of test) page = page.replace(`## ${section.heading}`, '').replace(section.raw, '');
  return `# ${title}\n\n${page.trim()}\n`;
}

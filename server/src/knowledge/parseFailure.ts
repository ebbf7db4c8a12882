/** Reads one document of the knowledge base: Markdown with front matter in, a Failure and its examples out. */

import type { Failure, Match, RunbookStage, Stage } from '../failures.ts';
import { type FormatId, formatIds, type Span } from '../values.ts';
import { type FrontMatterValues, findFrontMatter, readFrontMatter } from './frontMatter.ts';
import { type Body, firstLineInside, type MarkdownSection, readBody } from './sections.ts';
import type { Problem } from './yamlFaults.ts';

export type { Problem } from './yamlFaults.ts';

/** A log excerpt of a document. In samples «…» marks exactly what must be underlined. */
export interface Example {
  readonly format: FormatId;
  readonly text: string;
}

export interface ParsedDocument {
  readonly failure: Failure;
  /** Where the id stands. */
  readonly idSpan: Span;
  readonly samples: readonly Example[];
  readonly nearMisses: readonly Example[];
}

/** In characters: many times what people write. It bounds how long reading one takes. */
export const longestFailureDocument = 100_000;

/**
 * Parses a failure document.
 * @param text The whole file.
 * @param page The file's path in the project, with forward slashes.
 * @returns The document, or all the problems that keep it from being one, in the order of the text; never both.
 */
export function parseFailure(text: string, page: string): ParsedDocument | { readonly problems: readonly Problem[] } {
  const firstLine = { start: 0, end: Math.max(1, text.search(/[\r\n]|$/)) };
  if (text.length > longestFailureDocument)
    return faulty({ span: firstLine, message: `A document must not be longer than ${longestFailureDocument.toLocaleString('en-US')} characters.` });
  const at = findFrontMatter(text);
  if (!at) return faulty({ span: firstLine, message: 'The document must begin with front matter between two lines of three dashes.' });
  if (!at.closing)
    return faulty(...readFrontMatter(text, at).problems, { span: at.opening, message: 'The front matter is never closed: a second line of three dashes is missing.' });
  const { isGuide, places, problems: frontProblems, values } = readFrontMatter(text, at);
  const problems: Problem[] = [...frontProblems];
  const id = places.find(({ key, value }) => key === 'id' && value !== undefined);
  const file = page.slice(page.lastIndexOf('/') + 1);
  // Windows has old names in upper case.
  if (id && file.toLowerCase() !== `${id.value}.md` && !problems.some(({ span }) => span.start === id.span.start))
    problems.push({ span: id.span, message: `"id" must be the file's name without .md. Here it is "${id.value}", and the file is ${file}.` });
  const body = readBody(text, at.body);
  if ('message' in body) return faulty(...problems, body);
  const { runbook, prose, examples } = readSections(text, body, at.closing, problems);
  const { meaning, cause, whoActs } = prose;
  // What is never found in a log has no examples of being found.
  const samples = isGuide ? [] : examples('Samples', true);
  const nearMisses = isGuide ? [] : examples('Near misses', false);
  if (problems.length > 0 || !values || !id) return faulty(...problems);
  const { category, title, short, severity, match = [], products, references } = values;
  const head = {
    kind: isGuide ? 'guide' : 'failure',
    id: values.id,
    category,
    title,
    ...(short !== undefined && { short }),
    severity,
    match: match.map(toMatch),
    products,
  } as const;
  const failure: Failure = {
    ...head,
    references: references.map(({ url, title, checked }) => ({ url, title, checked })),
    meaning,
    cause,
    whoActs,
    runbook,
    page,
    markdown: pageMarkdown(title, body),
  };
  return { failure, idSpan: id.span, samples, nearMisses };
}

/** More of them help nobody. */
const mostProblems = 100;

function faulty(...problems: readonly Problem[]): { readonly problems: readonly Problem[] } {
  return { problems: [...problems].sort((one, other) => one.span.start - other.span.start).slice(0, mostProblems) };
}

function toMatch({ reply, enhanced, text, near, command, event, general }: NonNullable<FrontMatterValues['match']>[number]): Match {
  const [source = '', id = ''] = event?.split(' ') ?? [];
  const [first, second] = near?.map(inLowerCase) ?? [];
  return {
    ...(reply !== undefined && { reply }),
    ...(enhanced !== undefined && { enhanced }),
    ...(text !== undefined && { text: inLowerCase([text].flat()) }),
    ...(first && second && { near: [first, second] as const }),
    ...(command !== undefined && { command }),
    ...(event !== undefined && { event: { source, id: Number(id) } }),
    ...(general && { general }),
  };
}

function inLowerCase(phrases: readonly string[]): string[] {
  return phrases.map((phrase) => phrase.toLowerCase());
}

/** The heading of a stage is its safety label. */
const stageHeadings: Readonly<Record<Stage, readonly string[]>> = {
  evidence: ['Evidence (read-only)'],
  change: ['Change (reversible)', 'Change (affects service)', 'Change (cannot be undone)', 'Change (nothing to change here)'],
  verify: ['Verify'],
  rollBack: ['Roll back'],
};

interface SectionsRead {
  readonly runbook: Failure['runbook'];
  readonly prose: Pick<Failure, 'meaning' | 'cause' | 'whoActs'>;
  /** @param isMarked Whether each of them must have «marks». */
  examples(name: string, isMarked: boolean): Example[];
}

/** @param end Where a section that is missing is told. */
function readSections(text: string, { sections }: Body, end: Span, problems: Problem[]): SectionsRead {
  const find = (name: string): MarkdownSection | undefined => {
    const [found, again] = sections.filter((section) => section.name === name);
    if (!found) problems.push({ span: end, message: `The section "## ${name}" is missing below.` });
    if (again) problems.push({ span: again.span, message: `The section "## ${name}" stands here twice.` });
    return found;
  };
  const prose = (name: string): string => find(name)?.raw.trim() ?? '';
  const stage = (kind: Stage): RunbookStage => {
    const headings = stageHeadings[kind];
    const section = find((headings[0] as string).replace(/ \(.*$/, ''));
    if (!section) return { heading: '', script: '' };
    if (!headings.includes(section.heading)) problems.push({ span: section.span, message: `The heading must be ${headings.map((heading) => `"## ${heading}"`).join(' or ')}.` });
    const [fence, another] = section.pieces.filter(({ token }) => token.type === 'code' && token.lang === 'powershell');
    if (!fence || another) problems.push({ span: another?.span ?? section.span, message: `"## ${section.name}" needs exactly one fence that begins with \`\`\`powershell.` });
    return { heading: section.heading, script: (fence?.token as { text?: string } | undefined)?.text ?? '' };
  };
  const examples = (name: string, isMarked: boolean): Example[] =>
    (find(name)?.pieces ?? []).flatMap(({ token, span }) => {
      if (token.type !== 'code') return [];
      const format = formatIds.find((candidate) => token.lang === `log ${candidate}`);
      const content = String(token.text);
      const opening = { start: span.start, end: span.start + Math.max(3, text.slice(span.start, span.end).search(/[\r\n]|$/)) };
      if (!format) problems.push({ span: opening, message: `An example stands in a fence that begins with \`\`\`log and the name of its format: ${formatIds.join(', ')}.` });
      else if (isMarked && !/^[^«»]*(?:«[^«»]+»[^«»]*)+$/.test(content))
        problems.push({ span: firstLineInside(text, span), message: 'A sample must mark with « » what is underlined.' });
      return format ? [{ format, text: content }] : [];
    });
  return {
    prose: { meaning: prose('Meaning'), cause: prose('Cause'), whoActs: prose('Who must act') },
    runbook: { evidence: stage('evidence'), change: stage('change'), verify: stage('verify'), rollBack: stage('rollBack') },
    examples,
  };
}

/** The page for people has no test material, and its title stands as a heading. */
function pageMarkdown(title: string, { markdown, sections }: Body): string {
  const test = sections.filter((section) => section.name === 'Samples' || section.name === 'Near misses');
  let page = markdown;
  for (const section of test) page = page.replace(`## ${section.heading}`, '').replace(section.raw, '');
  return `# ${title}\n\n${page.trim()}\n`;
}

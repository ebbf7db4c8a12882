/** Reads one document of the knowledge base: Markdown with front matter in, a Failure and its examples out. */

import type { Failure, FailurePart, Match } from '../failures.ts';
import type { Span } from '../values.ts';
import { type DocumentNames, type Example, type FailureSections, pageMarkdown, readFailureSections } from './failureSections.ts';
import { type FrontMatterValues, findFrontMatter, type Place, readFrontMatter } from './frontMatter.ts';
import { markdownOfPart, partNames } from './parts.ts';
import { type Body, readBody } from './sections.ts';
import { insertSnippets } from './snippets.ts';
import type { Problem } from './yamlFaults.ts';

export type { DocumentNames, Example } from './failureSections.ts';
export type { Problem } from './yamlFaults.ts';

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
 * @param known What it can name.
 * @returns The document, or all the problems that keep it from being one, in the order of the text; never both.
 */
export function parseFailure(text: string, page: string, known: DocumentNames): ParsedDocument | { readonly problems: readonly Problem[] } {
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
  const names = partNames(values ?? {});
  const read = readFailureSections(text, body, { end: at.closing, isGuide, parts: names, names: known });
  problems.push(...read.problems, ...(values && !isGuide ? partFaults(names, read, places) : []));
  if (problems.length > 0 || !values || !id) return faulty(...problems);
  const { category, title, short, severity, match = [], directions, products, references } = values;
  const head = {
    kind: isGuide ? 'guide' : 'failure',
    id: values.id,
    category,
    title,
    ...(short !== undefined && { short }),
    severity,
    match: match.map(toMatch),
    ...(directions && { directions }),
    products,
  } as const;
  const content = (markdown: string): FailurePart => contentOf(title, markdown, names);
  const markdown = insertSnippets(body.markdown, known.snippets);
  const failure: Failure = {
    ...head,
    references: references.map(({ url, title, checked }) => ({ url, title, checked })),
    ...content(markdown),
    page,
    ...(names.length > 0 && { parts: Object.fromEntries(names.map((name) => [name, content(markdownOfPart(markdown, names, name))])) }),
  };
  return { failure, idSpan: id.span, samples: read.samples, nearMisses: read.nearMisses };
}

/** What a document says to people, from its Markdown alone: it has been read before, and has no faults. */
function contentOf(title: string, markdown: string, parts: readonly string[]): FailurePart {
  const body = readBody(markdown, 0) as Body;
  const { meaning, cause, whoActs, runbook } = readFailureSections(markdown, body, { end: { start: 0, end: 0 }, isGuide: true, parts, names: { formatIds: [], snippets: {} } });
  return { meaning, cause, whoActs, runbook, markdown: pageMarkdown(title, body) };
}

/** A part that a condition names must stand in a section, and the other way round. */
function partFaults(names: readonly string[], { headings }: FailureSections, places: readonly Place[]): Problem[] {
  const written = new Set(headings.map(({ name }) => name));
  return [
    ...places
      .filter(({ key, value }) => (key === 'part' || key === 'receive' || key === 'send') && value !== undefined && !written.has(value))
      .map(({ span, value }) => ({ span, message: `No section has the heading "### ${value}".` })),
    // Where no condition names a part, a heading is a heading.
    ...(names.length === 0 ? [] : headings.filter(({ name }) => !names.includes(name))).map(({ span, name }) => ({
      span,
      message: `No condition is about this part: one must have part: ${name}, or one of the directions must.`,
    })),
  ];
}

/** More of them help nobody. */
const mostProblems = 100;

function faulty(...problems: readonly Problem[]): { readonly problems: readonly Problem[] } {
  return { problems: [...problems].sort((one, other) => one.span.start - other.span.start).slice(0, mostProblems) };
}

function toMatch({ reply, enhanced, text, near, command, event, part, general }: NonNullable<FrontMatterValues['match']>[number]): Match {
  const [source = '', id = ''] = event?.split(' ') ?? [];
  const [first, second] = near?.map(inLowerCase) ?? [];
  return {
    ...(reply !== undefined && { reply }),
    ...(enhanced !== undefined && { enhanced }),
    ...(text !== undefined && { text: inLowerCase([text].flat()) }),
    ...(first && second && { near: [first, second] as const }),
    ...(command !== undefined && { command }),
    ...(event !== undefined && { event: { source, id: Number(id) } }),
    ...(part !== undefined && { part }),
    ...(general && { general }),
  };
}

function inLowerCase(phrases: readonly string[]): string[] {
  return phrases.map((phrase) => phrase.toLowerCase());
}

/** Reads one document of the knowledge base: Markdown with front matter in, a Failure and its examples out. */

import { lexer, type Token } from 'marked';
import { isMap, LineCounter, parseDocument } from 'yaml';
import { type Category, categories, type Failure, type FormatId, type Match, type Reference, type RunbookStage, type Severity, type Stage, severities, stages } from '../values.ts';

/** What is wrong with a document, at a one-based line of it. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A log excerpt of a document. In samples «…» marks exactly what must be underlined. */
export interface Example {
  readonly format: FormatId;
  readonly text: string;
  readonly line: number;
}

export interface FailureDocument {
  readonly failure: Failure;
  readonly samples: readonly Example[];
  readonly nearMisses: readonly Example[];
}

/**
 * Parses a failure document.
 * @param text The whole file.
 * @param page The file's path in the project, with forward slashes.
 * @returns The document, or the problems that keep it from being one; never both.
 */
export function parseFailure(text: string, page: string): FailureDocument | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const front = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (!front) return { problems: [{ line: 1, message: 'The document must begin with front matter between two lines of three dashes.' }] };
  const head = readFrontMatter(front[1] ?? '', problems);
  const body = text.slice(front[0].length);
  const firstLine = lineCount(front[0]);
  const sections = readSections(body, firstLine);
  const section = (name: string): Section => {
    const found = sections.find((candidate) => candidate.name === name);
    if (!found) problems.push({ line: firstLine + 1, message: `The section "## ${name}" is missing.` });
    return found ?? { name, heading: name, line: firstLine, raw: '', tokens: [] };
  };
  const stage = (name: string): RunbookStage => {
    const found = section(name);
    const fences = found.tokens.filter((token) => token.type === 'code' && token.lang === 'powershell');
    if (fences.length !== 1) problems.push({ line: found.line, message: `"## ${name}" needs exactly one powershell fence.` });
    return { heading: found.heading, script: (fences[0] as { text?: string } | undefined)?.text ?? '' };
  };
  const runbook: Record<Stage, RunbookStage> = { evidence: stage('Evidence'), change: stage('Change'), verify: stage('Verify'), rollBack: stage('Roll back') };
  checkLabels(runbook, sections, problems);
  const prose = (name: string): string => section(name).raw.trim();
  const failure: Failure = {
    ...head,
    meaning: prose('Meaning'),
    cause: prose('Cause'),
    whoActs: prose('Who must act'),
    runbook,
    page,
    markdown: pageMarkdown(head.title, body, sections),
  };
  // What is never found in a log has no examples of being found.
  const examples = (name: string): Example[] => (head.kind === 'guide' ? [] : readExamples(section(name), problems));
  const samples = examples('Samples');
  const nearMisses = examples('Near misses');
  for (const sample of samples) if (!sample.text.includes('«')) problems.push({ line: sample.line, message: 'A sample must mark with « » what is underlined.' });
  return problems.length > 0 ? { problems } : { failure, samples, nearMisses };
}

const stageHeadings: Record<Stage, RegExp> = {
  evidence: /^Evidence \(read-only\)$/,
  change: /^Change \((reversible|affects service|cannot be undone|nothing to change here)\)$/,
  verify: /^Verify$/,
  rollBack: /^Roll back$/,
};

/** The heading of a stage is its safety label: it must be one of the known ones. */
function checkLabels(runbook: Record<Stage, RunbookStage>, sections: readonly Section[], problems: Problem[]): void {
  for (const stage of stages) {
    const { heading } = runbook[stage];
    if (!stageHeadings[stage].test(heading))
      problems.push({ line: sections.find((section) => section.heading === heading)?.line ?? 1, message: `"${heading}" is not a known stage heading with its safety label.` });
  }
}

type FrontMatter = Pick<Failure, 'kind' | 'id' | 'category' | 'title' | 'severity' | 'match' | 'products' | 'references'>;

function readFrontMatter(source: string, problems: Problem[]): FrontMatter {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  // The first error explains the others, and what is missing after it is not missing.
  const [error] = document.errors;
  if (error) problems.push({ line: (error.linePos?.[0].line ?? 1) + 1, message: error.message.replace(/ at line [\s\S]*$/, '.') });
  const root = isMap(document.contents) ? document.contents : undefined;
  const lineOf = (key: string): number => {
    const offset = (root?.items.find((item) => String(item.key) === key)?.key as { range?: [number, number, number] } | undefined)?.range?.[0];
    return offset === undefined ? 1 : lines.linePos(offset).line + 1;
  };
  const values = (root?.toJSON() ?? {}) as Record<string, unknown>;
  const fault = (key: string, message: string): void => {
    if (!error) problems.push({ line: lineOf(key), message: `${key}: ${message}` });
  };
  const text = (key: string): string => {
    const value = values[key];
    if (typeof value !== 'string' || value.trim() === '') fault(key, 'must be a text.');
    return String(value ?? '');
  };
  const id = text('id');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) fault('id', 'must be words in lower case joined by hyphens.');
  const category = text('category') as Category;
  if (!categories.includes(category)) fault('category', `must be one of ${categories.join(', ')}.`);
  const severity = text('severity') as Severity;
  if (!severities.includes(severity)) fault('severity', `must be one of ${severities.join(', ')}.`);
  const list = (key: string): unknown[] => {
    const value = values[key];
    if (!Array.isArray(value) || value.length === 0) fault(key, 'must be a list with at least one entry.');
    return Array.isArray(value) ? value : [];
  };
  const kind = values.kind === 'guide' ? 'guide' : 'failure';
  if (values.kind !== undefined && values.kind !== kind) fault('kind', 'must be failure or guide.');
  if (kind === 'guide' && values.match !== undefined) fault('match', 'a guide has none.');
  const match = kind === 'guide' ? [] : list('match').map((entry) => readMatch(entry, (message) => fault('match', message)));
  const references = list('references').map((entry) => readReference(entry, (message) => fault('references', message)));
  const products = list('products').map(String);
  for (const key of Object.keys(values)) if (!['kind', 'id', 'category', 'title', 'severity', 'match', 'products', 'references'].includes(key)) fault(key, 'is not known.');
  return { kind, id, category, title: text('title'), severity, match, products, references };
}

function readMatch(entry: unknown, fault: (message: string) => void): Match {
  const { reply, enhanced, text, event, ...rest } = (entry ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(rest)) fault(`"${key}" is not known.`);
  const match: { -readonly [Key in keyof Match]: Match[Key] } = {};
  if (reply !== undefined) {
    if (Number.isInteger(reply) && Number(reply) >= 400 && Number(reply) < 600) match.reply = Number(reply);
    else fault('"reply" must be a reply code from 400 to 599.');
  }
  if (enhanced !== undefined) {
    if (typeof enhanced === 'string' && /^[45]\.\d{1,3}\.\d{1,3}(-\d{1,3})?$/.test(enhanced)) match.enhanced = enhanced;
    else fault('"enhanced" must be an enhanced status code in quotes, such as "4.7.0", or a range of its last number, such as "5.7.606-649".');
  }
  if (text !== undefined) {
    const alternatives = (Array.isArray(text) ? text : [text]).map((alternative) => String(alternative).toLowerCase());
    if (alternatives.some((alternative) => alternative.trim().length < 4)) fault('"text" needs at least four characters.');
    match.text = alternatives;
  }
  if (event !== undefined) {
    const parts = /^(\S+) (\d+)$/.exec(String(event));
    if (parts) match.event = { source: parts[1] as string, id: Number(parts[2]) };
    else fault('"event" must be a source and an id, such as MSExchangeTransport 15006.');
  }
  if (Object.keys(match).length === 0) fault('an entry needs at least one of reply, enhanced, text, event.');
  return match;
}

function readReference(entry: unknown, fault: (message: string) => void): Reference {
  const { url, title, checked } = (entry ?? {}) as Record<string, unknown>;
  if (typeof url !== 'string' || !url.startsWith('https://')) fault('"url" must be an https address.');
  if (typeof title !== 'string') fault('"title" must be a text.');
  if (!/^\d{4}-\d{2}$/.test(String(checked))) fault('"checked" must be a month, such as 2026-11.');
  return { url: String(url), title: String(title), checked: String(checked) };
}

interface Section {
  /** The heading without its label in brackets. */
  readonly name: string;
  readonly heading: string;
  readonly line: number;
  readonly raw: string;
  readonly tokens: readonly Token[];
}

function readSections(body: string, firstLine: number): Section[] {
  const sections: { name: string; heading: string; line: number; raw: string; tokens: Token[] }[] = [];
  let line = firstLine + 1;
  for (const token of lexer(body)) {
    if (token.type === 'heading' && token.depth === 2) {
      const heading = String(token.text);
      sections.push({ name: heading.replace(/ \(.*\)$/, ''), heading, line, raw: '', tokens: [] });
    } else {
      const current = sections.at(-1);
      if (current) {
        current.raw += token.raw;
        current.tokens.push(token);
      }
    }
    line += lineCount(token.raw);
  }
  return sections;
}

function readExamples(section: Section, problems: Problem[]): Example[] {
  return section.tokens.flatMap((token) => {
    if (token.type !== 'code') return [];
    const format = /^log ([a-z-]+)$/.exec(String(token.lang))?.[1];
    if (format) return [{ format: format as FormatId, text: String(token.text), line: section.line }];
    problems.push({ line: section.line, message: 'An example stands in a fence that begins with ```log and the name of its format.' });
    return [];
  });
}

/** The page for people has no test material, and its title stands as a heading. */
function pageMarkdown(title: string, body: string, sections: readonly Section[]): string {
  const test = sections.filter((section) => section.name === 'Samples' || section.name === 'Near misses');
  let page = body;
  for (const section of test) page = page.replace(`## ${section.heading}`, '').replace(section.raw, '');
  return `# ${title}\n\n${page.trim()}\n`;
}

function lineCount(text: string): number {
  return text.split('\n').length - 1;
}

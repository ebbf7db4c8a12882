/** The form in which the knowledge base is shipped: what is looked up at once, and the pages that people read apart from it, each once. */

import type { Failure, FailurePart, RunbookStage } from '../failures.ts';
import { createConditionIndex, type KnowledgeData } from './knowledgeBase.ts';
import { joinScripts, markdownOfPart, type PartScript, partNames } from './parts.ts';

/** What is needed of a failure only when somebody reads about it, and does not follow from the rest of it. */
export type FailurePage = Pick<Failure, 'markdown' | 'references'>;

/** The pages by the ids of their failures. */
export type PackedPages = Readonly<Record<string, FailurePage>>;

/** A failure without its page, and without what stands there too. */
type PackedFailure = Omit<Failure, keyof FailurePage | keyof FailurePart | 'parts'>;

export type PackedKnowledge = Omit<KnowledgeData, 'failures'> & { readonly failures: readonly PackedFailure[] };

export function packKnowledge(data: KnowledgeData): { readonly knowledge: PackedKnowledge; readonly pages: PackedPages } {
  const failures = data.failures.map(
    ({ markdown: _page, references: _read, meaning: _meaning, cause: _cause, whoActs: _who, runbook: _runbook, parts: _parts, ...failure }) => failure,
  );
  const pages = Object.fromEntries(data.failures.map(({ id, markdown, references }) => [id, { markdown, references }]));
  return { knowledge: { ...data, failures, index: createConditionIndex(data.failures) }, pages };
}

/**
 * Makes failures of it again.
 * @param pages Asked when somebody wants to read a page.
 */
export function unpackKnowledge(packed: PackedKnowledge, pages: () => PackedPages): KnowledgeData {
  return { ...packed, failures: packed.failures.map((failure) => new ShippedFailure(failure, pages)) };
}

/** A failure whose page is looked up, and taken apart, when it is read. */
class ShippedFailure implements Failure {
  readonly kind: Failure['kind'];
  readonly id: Failure['id'];
  readonly category: Failure['category'];
  readonly title: Failure['title'];
  readonly short?: string;
  readonly severity: Failure['severity'];
  readonly match: Failure['match'];
  readonly directions?: NonNullable<Failure['directions']>;
  readonly products: Failure['products'];
  readonly page: Failure['page'];
  private readonly pages: () => PackedPages;

  constructor({ kind, id, category, title, short, severity, match, directions, products, page }: PackedFailure, pages: () => PackedPages) {
    this.kind = kind;
    this.id = id;
    this.category = category;
    this.title = title;
    if (short !== undefined) this.short = short;
    this.severity = severity;
    this.match = match;
    if (directions) this.directions = directions;
    this.products = products;
    this.page = page;
    this.pages = pages;
    const names = partNames({ match, ...(directions && { directions }) });
    // Only where there are any is it a property at all.
    if (names.length > 0) Object.defineProperty(this, 'parts', { enumerable: true, get: () => this.readParts(names) });
  }

  get references(): Failure['references'] {
    return this.read().references;
  }

  get markdown(): string {
    return this.read().markdown;
  }

  get meaning(): string {
    return proseOf(this.markdown, 'Meaning');
  }

  get cause(): string {
    return proseOf(this.markdown, 'Cause');
  }

  get whoActs(): string {
    return proseOf(this.markdown, 'Who must act');
  }

  get runbook(): Failure['runbook'] {
    return runbookOf(this.markdown, partNames(this));
  }

  private readParts(names: readonly string[]): NonNullable<Failure['parts']> {
    return Object.fromEntries(names.map((name) => [name, partOf(markdownOfPart(this.markdown, names, name))]));
  }

  private read(): FailurePage {
    return this.pages()[this.id] as FailurePage;
  }
}

/** What a page says for one situation. */
function partOf(markdown: string): FailurePart {
  const prose = (name: string): string => proseOf(markdown, name);
  return { meaning: prose('Meaning'), cause: prose('Cause'), whoActs: prose('Who must act'), runbook: runbookOf(markdown, []), markdown };
}

function proseOf(page: string, name: string): string {
  return sectionOf(page, name).text.trim();
}

function runbookOf(page: string, parts: readonly string[]): Failure['runbook'] {
  const stage = (name: string): RunbookStage => stageOf(sectionOf(page, name), parts);
  return { evidence: stage('Evidence'), change: stage('Change'), verify: stage('Verify'), rollBack: stage('Roll back') };
}

interface Section {
  readonly heading: string;
  readonly text: string;
}

const mark = '\n## ';

/** The section of a page with this name, behind which a label may stand; empty where there is none. */
function sectionOf(page: string, name: string): Section {
  for (let at = page.indexOf(mark); at >= 0; ) {
    const start = page.indexOf('\n', at + mark.length);
    const heading = page.slice(at + mark.length, start);
    const next = page.indexOf(mark, start);
    if (heading === name || heading.startsWith(`${name} (`)) return { heading, text: page.slice(start, next < 0 ? page.length : next) };
    at = next;
  }
  return { heading: '', text: '' };
}

function stageOf({ heading, text }: Section, parts: readonly string[]): RunbookStage {
  const scripts: PartScript[] = [];
  let part: string | undefined;
  for (const { 1: name, 2: script } of text.matchAll(/\n### (.+)|\n```powershell\n([\s\S]*?)\n```/g)) {
    if (script !== undefined) scripts.push({ part, script });
    else if (parts.includes(name?.trim() ?? '')) part = name?.trim();
  }
  return { heading, script: joinScripts(scripts) };
}

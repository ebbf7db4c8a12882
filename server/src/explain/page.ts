/** The page about a failure or a code: the same text in the editor, on the command line and behind a diagnostic's link. */

import { findFindings } from '../analysis/findings.ts';
import type { Basis, Failure, Finding, Match, Meaning } from '../failures.ts';
import { codesIn, type KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { failureOfPart } from '../knowledge/parts.ts';
import { pageScheme } from '../protocol/editor.ts';
import { readResponse } from '../smtp/response.ts';
import { literalExcerpt, withSingleBlanks } from '../text/excerpt.ts';
import type { Response } from '../values.ts';
import { describeBasis, describePermanence, shownCodes } from './describe.ts';
import { code } from './markdown.ts';
import { nearestFailures } from './nearestFailures.ts';

/**
 * Where more is said about a finding: our own page, which needs no network, for a client that opens it, and for another one the best public page.
 * @returns undefined where there is none.
 */
export function pageAddress(finding: Finding, opensPages: boolean): string | undefined {
  const name = pageName(finding);
  if (opensPages) return name && `${pageScheme}:/${encodeURIComponent(name)}.md`;
  return finding.failure && publicAddress(finding.failure);
}

/** The name under which a finding's page is asked for: the failure's id, or the codes. */
export function pageName(finding: Finding): string | undefined {
  return finding.failure?.id ?? (shownCodes(finding) || undefined);
}

/** The page that a document relies on most; for one of the user's own its file. */
function publicAddress({ references, page }: Failure): string | undefined {
  return page.startsWith('file:') ? page : references[0]?.url;
}

/** Where a list leads to a document. */
type LinkTo = (failure: string) => string;

/**
 * The page for a failure's id or title, a code ("5.7.1", "454 4.7.0", "550") or an event ("event 2004"), as Markdown. Any other text, such as
 * a whole response or a pasted event, is recognised as in a log; where nothing is, the nearest documents are listed.
 * @param linkTo Gives the target of a link to another document, where links can be followed.
 * @returns undefined where nothing is known about it.
 */
export function getPage(query: string, knowledge: KnowledgeBase, linkTo?: LinkTo): string | undefined {
  const asked = query.trim().replace(/\s+/g, ' ');
  if (asked === '') return undefined;
  const failure = failureNamed(asked, knowledge);
  if (failure) return failurePage(failure);
  const event = readEventQuery(asked);
  const events = event ? eventPages(event.source, event.id, knowledge, linkTo) : undefined;
  // A number alone can be another one, such as that of a socket's error.
  if (events || (event && !/^\d+$/.test(asked))) return events;
  const codes = /^(?:(?:smtp|ndr|dsn|error|status|code|reply|response)[ :]{1,2})*([2-5]\d\d)?(?:[ -]?#?([245]\.\d{1,3}\.\d{1,3}))?$/i.exec(asked);
  const [, reply, enhanced] = codes ?? [];
  if (reply || enhanced) return codePage(reply ? Number(reply) : undefined, enhanced, knowledge, linkTo);
  return recognisedPages(query, knowledge, linkTo) ?? wordsPage(asked, knowledge, linkTo) ?? nearestPage(asked, knowledge, linkTo);
}

/** What the editor's lenses, trees and menus show is asked for too: the short name, and the term at the beginning of the title. */
function failureNamed(asked: string, { failure, failures }: KnowledgeBase): Failure | undefined {
  const wanted = withoutArticles(asked);
  const isAsked = (name: string | undefined): boolean => name !== undefined && withoutArticles(name) === wanted;
  return (
    failure(asked.toLowerCase()) ??
    failures.find(({ title }) => isAsked(title)) ??
    failures.find(({ short }) => isAsked(short)) ??
    // A code alone asks for all documents that have it.
    failures.find(({ title }) => isAsked(/^(.*?\p{L}.*?): /u.exec(title)?.[1]))
  );
}

function withoutArticles(name: string): string {
  return name.toLowerCase().replace(/\b(?:an?|the) /g, '');
}

/** "event 2004", "MSExchangeTransport 12014", "Event ID: 15006, MSExchangeTransport", or a number of four or five digits. */
function readEventQuery(asked: string): { readonly source: string | undefined; readonly id: number } | undefined {
  const words = asked
    .replace(/[:,]( |$)/g, '$1')
    .toLowerCase()
    .split(' ');
  const told = words.filter((word) => !eventWords.has(word));
  const [id, ...others] = told.filter((word) => /^\d{4,5}$/.test(word));
  const [source, ...more] = told.filter((word) => word !== id);
  if (id === undefined || others.length + more.length > 0 || (source !== undefined && !/^[a-z-]+$/.test(source))) return undefined;
  return { source, id: Number(id) };
}

const eventWords = new Set(['event', 'id', 'source', 'of']);

/** The pages of what a log with this text would show, each once. */
function recognisedPages(text: string, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string | undefined {
  const pages = new Map<string, string>();
  for (const finding of findFindings(text, knowledge)) {
    const name = pageName(finding);
    if (name === undefined || pages.has(name)) continue;
    const page = finding.failure ? recognisedPage(finding.failure, finding, finding.record.response?.text) : getPage(name, knowledge, linkTo);
    if (page) pages.set(name, page);
    if (pages.size === mostPages) break;
  }
  return pages.size > 0 ? [...pages.values()].join('\n') : undefined;
}

const mostPages = 5;

/** A text that stands for itself can be what a log says only in a place of its own: a reply without an enhanced status code, or words without any code. */
function wordsPage(asked: string, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string | undefined {
  const enhancedCode = /^#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(asked)?.[1];
  const response: Response = readResponse(literalExcerpt(asked, { start: 0, end: asked.length }))?.response ?? {
    ...(enhancedCode && { enhancedCode }),
    text: withSingleBlanks(asked),
  };
  const isCoded = response.replyCode !== undefined || response.enhancedCode !== undefined;
  const fit = knowledge.matches(undefined, response)[0];
  if (fit && (isCoded || saysEnough(fit.failure, response.text))) return recognisedPage(fit.failure, fit, response.text);
  return isCoded ? codePage(response.replyCode, response.enhancedCode, knowledge, linkTo) : undefined;
}

/** Whether more than a general word, such as "certificate", tells the failure: in a question without a code that is no answer. */
function saysEnough({ match }: Failure, text: string): boolean {
  const words = text.toLowerCase();
  return match.some(({ event, general, text: phrases = [], near }) => !event && !general && (near !== undefined || phrases.some((phrase) => words.includes(phrase))));
}

function recognisedPage(failure: Failure, { basis, part }: { readonly basis: Basis; readonly part?: string | undefined }, said: string | undefined): string {
  const told = failureOfPart(failure, part);
  // The name of the failure shows all of its document.
  const which = told === failure ? '' : `\n\nThis is the part "${part}" of ${failure.id}.`;
  const how = said === undefined ? describeBasis(basis) : `${code(said, 300)}: ${describeBasis(basis)}`;
  return failurePage(told).replace(/^# .*\n/, (title) => `${title}\n${how}${which}\n`);
}

function nearestPage(asked: string, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string | undefined {
  const nearest = nearestFailures(asked, knowledge);
  if (nearest.length === 0) return undefined;
  return `${['# Not recognised', `${code(asked, 300)} is no failure that is known. Ask for one of these by its name.`, ...failureList('The nearest documents:', nearest, linkTo)].join('\n\n')}\n`;
}

function failurePage(failure: Failure): string {
  const references = failure.references.map(({ title, url, checked }) => `- [${title}](${url}) (checked ${checked})`);
  return `${failure.markdown}\n## References\n\n${references.join('\n')}\n`;
}

/** A number without its source can be an event of several: each has a page of its own, one below the other. */
function eventPages(source: string | undefined, id: number, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string | undefined {
  const sources = knowledge.eventSources(id).filter((known) => !source || known.toLowerCase() === source.toLowerCase());
  return sources.map((known) => eventPage(known, id, knowledge, linkTo)).join('\n') || undefined;
}

function eventPage(source: string, id: number, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string {
  const meaning = knowledge.eventMeaning({ source, id });
  // A guide is found in no log, so it names its event by citing the event's own page.
  const asks = ({ event }: Match): boolean => event?.source === source && event.id === id;
  const failures = likeliestFirst(
    knowledge.failures.filter(({ match, references }) => match.some(asks) || references.some(({ url }) => url === meaning?.reference)),
    knowledge.matches({ source, id }, undefined)[0]?.failure,
  );
  return `${[
    `# Event ${id} of ${source}`,
    ...(meaning ? [`${meaning.summary}.`, `Source: ${meaning.reference}`] : []),
    ...(failures.some(({ kind }) => kind === 'failure')
      ? []
      : ['Where the event holds a response, the response decides what happened and what to do: ask for its code, or open the log.']),
    ...failureList('What is known about it:', failures, linkTo),
  ].join('\n\n')}\n`;
}

function codePage(reply: number | undefined, enhanced: string | undefined, knowledge: KnowledgeBase, linkTo: LinkTo | undefined): string | undefined {
  const asResponse = { ...(reply && { replyCode: reply }), ...(enhanced && { enhancedCode: enhanced }), text: '' };
  const meanings = [enhanced && knowledge.meaning({ enhancedCode: enhanced, text: '' }), reply && knowledge.meaning({ replyCode: reply, text: '' })].filter(
    (meaning): meaning is Meaning => Boolean(meaning),
  );
  const asks = (condition: Match): boolean =>
    (condition.enhanced ?? condition.reply) !== undefined &&
    (!enhanced || (condition.enhanced !== undefined && codesIn(condition.enhanced).includes(enhanced))) &&
    (!reply || condition.reply === undefined || condition.reply === reply) &&
    (enhanced !== undefined || condition.reply === reply);
  const alone = knowledge.matches(undefined, asResponse)[0]?.failure;
  const failures = likeliestFirst(
    knowledge.failures.filter(({ match }) => match.some(asks)),
    alone,
  );
  if (meanings.length === 0 && failures.length === 0) return undefined;
  // Microsoft's own codes are in no registry: what they mean by themselves, their documents say.
  const [likeliest] = failures;
  const own = enhanced && likeliest && !meanings.some(({ code: known }) => known.startsWith('X')) ? [`${enhanced}: ${likeliest.title} (${likeliest.id}).`] : [];
  const permanence = reply
    ? reply >= 400
      ? describePermanence(reply < 500 ? 'transient' : 'permanent')
      : 'A positive reply: no failure.'
    : enhanced && 'The reply code before it decides whether the failure is permanent: 4yz is transient, 5yz permanent.';
  return `${[
    `# ${[asResponse.replyCode, asResponse.enhancedCode].filter(Boolean).join(' ')}`,
    ...own,
    ...meanings.map((meaning) => `${meaning.code.replace('X', enhanced?.[0] ?? 'X')}: ${meaning.summary} (${meaning.reference}).`),
    ...(permanence ? [permanence] : []),
    ...(failures.length > 0 ? failureList('Known failures with it; the text of the response decides between them:', failures, linkTo) : [describeBasis('registry')]),
  ].join('\n\n')}\n`;
}

function failureList(heading: string, failures: readonly Failure[], linkTo: LinkTo | undefined): string[] {
  if (failures.length === 0) return [];
  const named = (id: string): string => (linkTo ? `[${id}](${linkTo(id)})` : id);
  return [heading, failures.map((failure) => `- ${named(failure.id)}: ${failure.short ?? failure.title}. ${firstSentence(failure.meaning)}`.trim()).join('\n')];
}

/** What means it by itself comes first, then what most answers of servers are known of. */
function likeliestFirst(failures: readonly Failure[], alone: Failure | undefined): Failure[] {
  const weightOf = (failure: Failure): number => (failure === alone ? Infinity : failure.match.reduce((sum, { text = [] }) => sum + text.length + 1, 0));
  const weights = new Map(failures.map((failure) => [failure, weightOf(failure)]));
  const heavier = (one: Failure, other: Failure): number => Math.sign((weights.get(other) ?? 0) - (weights.get(one) ?? 0)) || (one.id < other.id ? -1 : 1);
  return [...failures].sort(heavier);
}

/** The first sentence of a document's meaning, as far as one line has room. */
function firstSentence(meaning: string): string {
  const paragraph = withSingleBlanks(
    meaning
      .replace(/^### .*$/gm, '')
      .trim()
      .split(/\n\s*\n/, 1)[0] ?? '',
  );
  const sentence = /^.*?[.!?](?=\s+["'`(]?\p{Lu}|$)/u.exec(paragraph)?.[0] ?? paragraph;
  return sentence.length > longestSentence ? `${sentence.slice(0, longestSentence).replace(/\s+\S*$/, '')} …` : sentence;
}

const longestSentence = 240;

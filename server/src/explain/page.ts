/** The page about a failure or a code: the same text in the editor, on the command line and behind a diagnostic's link. */

import { codesIn, type KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Failure, Finding, Meaning } from '../values.ts';
import { codesOf, describeBasis, describePermanence } from './describe.ts';

/** The project's public address, from the manifest's `repository`; put in place by the build. */
declare const REPOSITORY: string | undefined;

/** Where a finding's page stands on the web; undefined where only the registry knows the code. */
export function pageAddress(finding: Finding): string | undefined {
  return finding.failure && failureAddress(finding.failure);
}

/** The name under which a finding's page is asked for: the failure's id, or the codes. */
export function pageName(finding: Finding): string | undefined {
  return finding.failure?.id ?? (codesOf(finding) || undefined);
}

/** The web address of a failure's document; for one of the user's own, that of its file. */
export function failureAddress(failure: Failure): string {
  if (failure.page.startsWith('file:')) return failure.page;
  return `${typeof REPOSITORY === 'string' ? REPOSITORY : ''}/blob/main/${failure.page}`;
}

/**
 * The page for a failure's id, a code ("5.7.1", "454 4.7.0", "550") or an event ("event 2004"), as Markdown.
 * @returns undefined where nothing is known under that name.
 */
export function getPage(query: string, knowledge: KnowledgeBase): string | undefined {
  const asked = query.trim().replace(/\s+/g, ' ');
  const failure = knowledge.failure(asked.toLowerCase());
  if (failure) return failurePage(failure);
  const event = /^(?:event )?(?:(?!(?:event|id) )([a-z-]+) )?(?:event )?(?:id )?(\d{4,5})$/i.exec(asked);
  if (event) return eventPages(event[1], Number(event[2]), knowledge);
  const codes = /^([2-5]\d\d)?(?:[ -]?#?([245]\.\d{1,3}\.\d{1,3}))?$/.exec(asked);
  if (!codes || asked === '') return undefined;
  return codePage(codes[1] ? Number(codes[1]) : undefined, codes[2], knowledge);
}

function failurePage(failure: Failure): string {
  const references = failure.references.map(({ title, url, checked }) => `- [${title}](${url}) (checked ${checked})`);
  return `${failure.markdown}\n## References\n\n${references.join('\n')}\n`;
}

/** A number without its source can be an event of several: each has a page of its own, one below the other. */
function eventPages(source: string | undefined, id: number, knowledge: KnowledgeBase): string | undefined {
  const sources = knowledge.eventSources(id).filter((known) => !source || known.toLowerCase() === source.toLowerCase());
  return sources.map((known) => eventPage(known, id, knowledge)).join('\n') || undefined;
}

function eventPage(source: string, id: number, knowledge: KnowledgeBase): string {
  const meaning = knowledge.eventMeaning({ source, id });
  // A guide is found in no log, so it names its event by citing the event's own page.
  const failures = knowledge.failures.filter(
    ({ match, references }) => match.some(({ event }) => event?.source === source && event.id === id) || references.some(({ url }) => url === meaning?.reference),
  );
  return `${[
    `# Event ${id} of ${source}`,
    ...(meaning ? [`${meaning.summary}.`, `Source: ${meaning.reference}`] : []),
    ...(failures.some(({ kind }) => kind === 'failure')
      ? []
      : ['Where the event holds a response, the response decides what happened and what to do: ask for its code, or open the log.']),
    ...failureList('What is known about it:', failures),
  ].join('\n\n')}\n`;
}

function codePage(reply: number | undefined, enhanced: string | undefined, knowledge: KnowledgeBase): string | undefined {
  const asResponse = { ...(reply && { replyCode: reply }), ...(enhanced && { enhancedCode: enhanced }), text: '' };
  const meanings = [enhanced && knowledge.meaning({ enhancedCode: enhanced, text: '' }), reply && knowledge.meaning({ replyCode: reply, text: '' })].filter(
    (meaning): meaning is Meaning => Boolean(meaning),
  );
  const failures = knowledge.failures.filter(({ match }) =>
    match.some(
      (condition) =>
        (condition.enhanced ?? condition.reply) !== undefined &&
        (!enhanced || (condition.enhanced !== undefined && codesIn(condition.enhanced).includes(enhanced))) &&
        (!reply || condition.reply === undefined || condition.reply === reply) &&
        (enhanced || condition.reply === reply),
    ),
  );
  if (meanings.length === 0 && failures.length === 0) return undefined;
  const permanence = reply
    ? reply >= 400
      ? describePermanence(reply < 500 ? 'transient' : 'permanent')
      : 'A positive reply: no failure.'
    : enhanced && 'The reply code before it decides whether the failure is permanent: 4yz is transient, 5yz permanent.';
  return `${[
    `# ${[asResponse.replyCode, asResponse.enhancedCode].filter(Boolean).join(' ')}`,
    ...meanings.map((meaning) => `${meaning.code.replace('X', enhanced?.[0] ?? 'X')}: ${meaning.summary} (${meaning.reference}).`),
    ...(permanence ? [permanence] : []),
    ...(failures.length > 0 ? failureList('Known failures with it; the text of the response decides between them:', failures) : [describeBasis('registry')]),
  ].join('\n\n')}\n`;
}

function failureList(heading: string, failures: readonly Failure[]): string[] {
  if (failures.length === 0) return [];
  return [heading, failures.map(({ id, title }) => `- ${id}: ${title}`).join('\n')];
}

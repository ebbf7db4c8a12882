/** The story of one message as a text that is read alone: what became of it, each step with its delay, and which row each line is about. */

import { type RecipientStatus, recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { MessageView, PlacedStep } from '../analysis/messages/messageViews.ts';
import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import type { ToldMessage, ToldRecipient } from '../analysis/messages/toldMessage.ts';
import type { MessageStory, StoryPlace } from '../protocol/messages.ts';
import { shortened, visible } from '../text/visible.ts';
import { delayText } from './delayText.ts';
import { code } from './markdown.ts';

/** What the edge knows of it. */
export interface StorySource {
  readonly key: string;
  readonly view: MessageView;
  /** What a row quotes of the server that accepted the message; undefined where it quotes none. */
  readonly acceptance: (step: PlacedStep['step']) => string | undefined;
  readonly addressOf: (file: string) => string;
  /** How far the reading is, while it lasts. */
  readonly unfinished: string | undefined;
}

/** In a list of recipients so many have their names told. */
const mostNamed = 20;
const mostInTicket = 200;
/** And so many of those who were answered the same. */
const mostTogether = 5;
const longest = { id: 300, address: 320, reply: 500, detail: 200, name: 80 } as const;

export function tellStory(source: StorySource): MessageStory {
  const { key, view } = source;
  const text: string[] = [];
  const lines: (StoryPlace | null)[] = [];
  const write = (line: string, place: StoryPlace | null = null): void => {
    text.push(line);
    lines.push(place);
  };
  write(statusText(view.told));
  for (const line of [aboutText(view), ...notesOf(source)]) write(line);
  write('');
  const serverWidth = Math.max(8, ...view.steps.map(({ step }) => Math.min(longest.name, serverText(step, view.told).length)));
  for (const { step, time, delay, row } of stepLines(view.steps)) {
    const quoted = source.acceptance(step);
    // What is quoted below is not said twice.
    const words = [quoted !== undefined && step.detail.startsWith('250') ? '' : step.detail, step.connector, otherSide(step), step.session && `session ${step.session}`]
      .filter(Boolean)
      .map((word) => shortened(word as string, longest.detail));
    const told = [time, delay, column(serverText(step, view.told), serverWidth), column(step.format, 16), column(step.what, 10), words.join(' · ')].join('  ').trimEnd();
    const place = (start: number): StoryPlace => ({ uri: source.addressOf(step.file), line: step.line - 1, start, end: start + row.length });
    write(`${told}  (${row})`, place(told.length + 3));
    if (quoted !== undefined) write(`${' '.repeat(timeWidth + delayWidth + 4)}“${shortened(quoted, longest.reply)}”`, { ...place(0), end: 0 });
  }
  return { key, title: titleOf(view.told), text: `${text.join('\n')}\n`, lines, markdown: storyMarkdown(source) };
}

/** The story for a ticket. Log text stands in code spans only. */
function storyMarkdown(source: StorySource): string {
  const { told, steps } = source.view;
  const left = told.recipients.length - mostInTicket;
  const recipients = told.recipients.slice(0, mostInTicket).map(({ address, status, failure, response }) => {
    const why = [...(failure === null ? [] : [code(failure)]), ...(response === null ? [] : [code(response, longest.reply)])].join(': ');
    return `- ${code(address, longest.address)}: **${status}**${why === '' ? '' : `, ${why}`}`;
  });
  const rows = stepLines(steps).map(({ step, time, delay, row }) => {
    const quoted = source.acceptance(step);
    const words = [
      time.trim().replace(/^(\d{4}-\d\d-\d\d \S+?)(?<!\?)$/, '$1 UTC'),
      delay.trim(),
      step.server && code(serverText(step, told), longest.name),
      code(step.format),
      `${step.what}${step.detail === '' || (quoted !== undefined && step.detail.startsWith('250')) ? '' : ` ${code(step.detail, longest.detail)}`}`,
      step.connector && `connector ${code(step.connector, longest.name)}`,
      otherSide(step) && code(otherSide(step), longest.name),
      step.session && `session ${code(step.session, longest.name)}`,
      quoted && code(quoted, longest.reply),
    ].filter(Boolean);
    return `1. ${words.join(', ')} (${code(row)})`;
  });
  const head = `## Message ${code(told.messageId ?? told.networkMessageId ?? 'without an id', longest.id)}: ${told.status}`;
  const sender = `From ${told.sender === null ? 'an unknown sender' : code(told.sender, longest.address)}. ${spanText(source.view)}`;
  const notes = notesOf(source).map((note) => `- ${code(note, 400)}`);
  return [
    head,
    '',
    sender,
    '',
    ...recipients,
    ...(left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : []),
    '',
    ...rows,
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

const statusWords: Readonly<Record<RecipientStatus, string>> = {
  failed: 'Failed',
  delayed: 'Delayed',
  'in-transit': 'In transit',
  recovered: 'Delivered after a delay',
  delivered: 'Delivered',
  expanded: 'Expanded to its members',
  redirected: 'Redirected',
};

function statusText({ recipients, status }: ToldMessage): string {
  if (recipients.length === 0) return `${statusWords[status]}: no recipient is told.`;
  const parts = recipientStatuses.flatMap((one) => {
    const own = recipients.filter((recipient) => recipient.status === one);
    if (own.length === 0) return [];
    const rest = own.length > mostNamed ? ` and ${(own.length - mostNamed).toLocaleString('en-US')} more` : '';
    return [`${statusWords[one]}: ${own.slice(0, mostNamed).map(recipientText).join(', ')}${rest}`];
  });
  return parts.join(' · ');
}

function recipientText({ address, failure }: ToldRecipient): string {
  return `${shortened(address, longest.address)}${failure === null ? '' : ` (${failure})`}`;
}

function aboutText(view: MessageView): string {
  const { told } = view;
  const ids = [told.messageId, told.networkMessageId && `network message id ${told.networkMessageId}`].filter((id): id is string => typeof id === 'string' && id !== '');
  return [
    `Message ${ids.map((id) => shortened(id, longest.id)).join(' · ') || 'without an id'}`,
    `from ${told.sender === null ? 'an unknown sender' : shortened(told.sender, longest.address)}`,
    spanText(view),
  ].join(' · ');
}

/** By the clock that most servers agree on, as delays are counted. */
function spanText({ told: { seconds }, steps }: MessageView): string {
  const times = steps.flatMap(({ step, time }) => (Number.isNaN(step.time) || Number.isNaN(time) ? [] : [new Date(time).toISOString()]));
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return 'no log states the zone of its times';
  const day = first.slice(0, 10) === last.slice(0, 10) ? '' : `${last.slice(0, 10)} `;
  return `${first.replace('T', ' ').slice(0, 19)} to ${day}${last.slice(11, 19)} UTC, ${seconds} s`;
}

function notesOf({ view, unfinished }: StorySource): string[] {
  const { told, steps, isProbe } = view;
  return [
    ...(unfinished === undefined ? [] : [unfinished]),
    ...(isProbe ? ['A health probe of the servers themselves.'] : []),
    ...answersOf(told),
    ...Object.entries(told.skew).map(
      ([server, seconds]) =>
        `The clock of ${shortened(server, longest.name)} is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'fast' : 'slow'}. Times are as it wrote them, and delays are counted without that.`,
    ),
    ...(steps.some(({ step }) => Number.isNaN(step.time))
      ? ['Times marked with ? are local times whose zone the log does not state: their place among the others is uncertain.']
      : []),
    ...(told.missing ?? []).map(missingText),
  ];
}

/** What each recipient was answered; those who were answered the same stand together. */
function answersOf({ recipients }: ToldMessage): string[] {
  const answered = new Map<string, string[]>();
  for (const { address, response } of recipients) {
    if (response === null) continue;
    const addresses = answered.get(response) ?? [];
    answered.set(response, addresses);
    addresses.push(address);
  }
  const told = [...answered].slice(0, mostNamed).map(([response, addresses]) => {
    const rest = addresses.length > mostTogether ? ` and ${(addresses.length - mostTogether).toLocaleString('en-US')} more` : '';
    const named = addresses.slice(0, mostTogether).map((address) => shortened(address, longest.address));
    return `${named.join(', ')}${rest}: ${shortened(response, longest.reply)}`;
  });
  return answered.size > told.length ? [...told, `and ${(answered.size - told.length).toLocaleString('en-US')} other answers`] : told;
}

function missingText({ server, log, from, to, why }: MissingLog): string {
  return `Its end would stand in the ${log} of ${server}, ${from.slice(0, 16).replace('T', ' ')} to ${to.slice(11, 16)} UTC: ${why}.`;
}

interface StepLine {
  readonly step: PlacedStep['step'];
  readonly time: string;
  readonly delay: string;
  /** The file's name and the line. */
  readonly row: string;
}

const timeWidth = 23;
const delayWidth = 10;

function stepLines(steps: readonly PlacedStep[]): StepLine[] {
  let before = Number.NaN;
  return steps.map(({ step, time }) => {
    const isLocal = Number.isNaN(step.time);
    const written = isLocal ? `${visible(step.localTime ?? 'no time')}?` : new Date(step.time).toISOString().replace('T', ' ').slice(0, 23);
    const delay = isLocal || Number.isNaN(before) || Number.isNaN(time) ? '' : delayText(Math.max(0, time - before));
    if (!isLocal && !Number.isNaN(time)) before = time;
    const row = `${shortened(step.file.split(/[\\/]/).at(-1) ?? '', longest.name)}:${step.line}`;
    return { step, time: written.padEnd(timeWidth), delay: delay.padStart(delayWidth), row };
  });
}

/** `ex02 (+90 s)`: its clock is 90 seconds fast. */
function serverText({ server = '' }: PlacedStep['step'], { skew }: ToldMessage): string {
  const seconds = skew[server];
  return seconds === undefined ? server : `${server} (${seconds > 0 ? '+' : ''}${seconds} s)`;
}

function otherSide({ remoteHost, remoteAddress }: PlacedStep['step']): string {
  return remoteHost ?? remoteAddress ?? '';
}

function column(text: string, width: number): string {
  return shortened(text, longest.name).padEnd(width);
}

function titleOf({ messageId, networkMessageId }: ToldMessage): string {
  return shortened((messageId ?? networkMessageId ?? 'without an id').replace(/^<|>$/g, ''), 60);
}

/** The way of a message as an editor shows what calls what: each stage is called by the one that led to it. */

import { type CallHierarchyIncomingCall, type CallHierarchyItem, type CallHierarchyOutgoingCall, SymbolKind } from 'vscode-languageserver-types';
import type { MessageStage, StageKind } from '../analysis/messages/messageWay.ts';
import { shortened } from '../text/visible.ts';
import type { NamedRow } from './references.ts';

/** A message's stages, each with the row that it is shown at. */
export interface MessageWay {
  readonly key: string;
  readonly stages: readonly WayStage[];
}

export interface WayStage extends MessageStage {
  readonly row: NamedRow;
  /** What the other server said, word for word. */
  readonly said: string;
}

/** What an item is found again by. */
export interface StageAddress {
  readonly key: string;
  readonly stage: number;
}

/** The stages that a row tells of; where it tells of none, where the message came in. */
export function prepareCallHierarchy({ key, stages }: MessageWay, uri: string, line: number, isSameFile: (stepFile: string, uri: string) => boolean): CallHierarchyItem[] {
  const own = stages.findIndex(({ steps }) => steps.some((step) => step.line === line + 1 && isSameFile(step.file, uri)));
  const stage = own >= 0 ? own : stages.findIndex(({ from }) => from < 0);
  return stage < 0 ? [] : [itemOf({ key, stages }, stage)];
}

export function getIncomingCalls(way: MessageWay, { stage }: StageAddress): CallHierarchyIncomingCall[] {
  const from = way.stages[stage]?.from ?? -1;
  if (from < 0) return [];
  const item = itemOf(way, from);
  return [{ from: item, fromRanges: [item.selectionRange] }];
}

export function getOutgoingCalls(way: MessageWay, { stage }: StageAddress): CallHierarchyOutgoingCall[] {
  const own = way.stages[stage];
  if (!own) return [];
  const { selectionRange } = itemOf(way, stage);
  return way.stages.flatMap(({ from }, index) => (from === stage ? [{ to: itemOf(way, index), fromRanges: [selectionRange] }] : []));
}

function itemOf({ key, stages }: MessageWay, stage: number): CallHierarchyItem {
  const { row, steps, ...own } = stages[stage] as WayStage;
  const [first] = steps;
  const range = (start: number, end: number): CallHierarchyItem['range'] => ({ start: { line: row.line, character: start }, end: { line: row.line, character: end } });
  const time = first === undefined ? '' : Number.isNaN(first.time) ? (first.localTime ?? '') : new Date(first.time).toISOString().replace('T', ' ').slice(0, 23);
  return {
    name: shortened(nameOf({ steps, ...own }), 250),
    kind: SymbolKind.Event,
    detail: shortened([time, first?.server].filter(Boolean).join(' · '), 120),
    uri: row.uri,
    range: range(0, row.length),
    selectionRange: range(row.start, row.end),
    data: { key, stage } satisfies StageAddress,
  };
}

const verbs: Readonly<Record<StageKind, string>> = {
  submitted: 'submitted',
  received: 'received',
  categorised: 'categorised',
  sent: 'sent',
  accepted: 'accepted',
  refused: 'refused',
  deferred: 'deferred',
  delivered: 'delivered',
  expanded: 'expanded to its members',
  redirected: 'redirected',
  reported: 'reported to the sender (DSN)',
};

/** `sent by Outbound to Internet in session 08DE710EEFCF2534`, `refused by mx1.fabrikam.com: 550 5.1.1 …`. */
function nameOf({ kind, steps, said }: Omit<WayStage, 'row' | 'from'>): string {
  const first = <Name extends 'connector' | 'session' | 'server' | 'remoteHost'>(name: Name): string | undefined =>
    steps.map((step) => step[name]).find((one) => one !== undefined);
  const host = steps.map(({ remoteHost }) => remoteHost).find((one) => one !== undefined && !/^[\d.]+$|:/.test(one)) ?? first('remoteHost');
  const verb = verbs[kind];
  if (kind === 'sent') return [verb, by(first('connector')), part('in session', first('session')), part('to', host)].filter(Boolean).join(' ');
  if (kind === 'accepted' || kind === 'refused' || kind === 'deferred') return `${[verb, by(host)].filter(Boolean).join(' ')}${said === '' ? '' : `: ${said}`}`;
  if (kind === 'received') return [verb, by(first('server')), part('from', host)].filter(Boolean).join(' ');
  if (kind === 'delivered') return `${[verb, by(first('server'))].filter(Boolean).join(' ')}${said === '' ? '' : `: ${said}`}`;
  return [verb, by(first('server'))].filter(Boolean).join(' ');
}

const part = (word: string, text: string | undefined): string => (text === undefined ? '' : `${word} ${text}`);
const by = (text: string | undefined): string => part('by', text);

/** The way of a message as stages, each of which leads to the next: submitted, categorised, sent in a session, accepted or refused there. */

import { shortHost } from './messageKeys.ts';
import type { PlacedStep } from './messageViews.ts';

export type StageKind = 'submitted' | 'received' | 'categorised' | 'sent' | 'accepted' | 'refused' | 'deferred' | 'delivered' | 'expanded' | 'redirected' | 'reported';

/** One thing that happened to the message. Several logs can tell of it. */
export interface MessageStage {
  readonly kind: StageKind;
  /** The first is where it is shown: one whose time is sure, where there is one. */
  readonly steps: readonly PlacedStep['step'][];
  /** The number of the stage that led to it; -1 where the message came in. */
  readonly from: number;
}

/** So many stages are told of a message that is tried for days. */
const mostStages = 500;

export function wayOf(steps: readonly PlacedStep[]): MessageStage[] {
  const stages: Made[] = [];
  for (const { step } of steps) {
    const kind = kindOf(step);
    if (kind === undefined || stages.length >= mostStages) continue;
    if (isOutcome(kind)) {
      // Whoever answers was sent to, though the logs at hand may not show it.
      if (hopOf(stages, step) === undefined && step.connector !== undefined && kind === 'accepted') add(stages, 'sent', step);
    }
    add(stages, kind, step);
  }
  return stages.map((stage, index) => ({
    kind: stage.kind,
    steps: [...stage.steps].sort((one, other) => Number(Number.isNaN(one.time)) - Number(Number.isNaN(other.time))),
    from: originOf(stages, stage, index),
  }));
}

interface Made {
  readonly kind: StageKind;
  readonly steps: PlacedStep['step'][];
}

function kindOf({ what, detail }: PlacedStep['step']): StageKind | undefined {
  if (what === 'sending') return 'sent';
  if (what === 'sent') return detail === 'STOREDRIVER SUBMIT' ? undefined : 'accepted';
  if (what === 'failed') return 'refused';
  if (what === 'received') return / HA[A-Z]+$/.test(detail) ? undefined : /^STOREDRIVER /.test(detail) ? 'submitted' : 'received';
  if (what !== 'noted') return what;
  if (/^(?:AGENT AGENTINFO|ROUTING \w+)$/.test(detail)) return 'categorised';
  return detail.includes('DSN') ? 'reported' : undefined;
}

const isOutcome = (kind: StageKind): boolean => kind === 'accepted' || kind === 'refused' || kind === 'deferred';

/** A stage that another log has told already is not told again. */
function add(stages: Made[], kind: StageKind, step: PlacedStep['step']): void {
  const known = stages.findLast((stage) => stage.kind === kind && isSame(stage, step));
  if (known) known.steps.push(step);
  else stages.push({ kind, steps: [step] });
}

function isSame({ kind, steps }: Made, step: PlacedStep['step']): boolean {
  const [first] = steps;
  if (!first || kind === 'reported' || kind === 'delivered') return false;
  if (first.session !== undefined && step.session !== undefined) return first.session === step.session;
  const isOfServer = first.server === step.server;
  if (kind === 'refused' || kind === 'deferred') return isOfServer && first.format !== step.format && (first.connector === step.connector || step.connector === undefined);
  return isOfServer && (kind === 'categorised' || (first.connector !== undefined && first.connector === step.connector && first.format !== step.format));
}

/** The sending that an answer belongs to: in the same session, else the last one over the same connector. */
function hopOf(stages: readonly Made[], { session, connector, server }: PlacedStep['step']): number | undefined {
  const find = (isWanted: (step: PlacedStep['step']) => boolean): number => stages.findLastIndex(({ kind, steps }) => kind === 'sent' && steps.some(isWanted));
  const inSession = session === undefined ? -1 : find((step) => step.session === session);
  if (inSession >= 0) return inSession;
  const overConnector = connector === undefined ? -1 : find((step) => step.connector === connector && step.server === server);
  return overConnector < 0 ? undefined : overConnector;
}

function originOf(stages: readonly Made[], { kind, steps }: Made, index: number): number {
  const [step] = steps;
  if (!step) return -1;
  if (isOutcome(kind)) {
    const hop = hopOf(stages, step);
    if (hop !== undefined && hop !== index) return hop;
  }
  // Another server's log can be in local time, so its place in the order says less than who sent to it.
  if (kind === 'received') {
    const sender = stages.findLastIndex(
      (stage, at) =>
        at !== index && stage.kind !== 'received' && isOutcomeOrHop(stage) && stage.steps.some((one) => one.server !== step.server && shortHost(one.remoteHost) === step.server),
    );
    if (sender >= 0) return sender;
  }
  const above = stages.slice(0, index);
  const last = (isWanted: (stage: Made) => boolean): number => above.findLastIndex((stage) => carries(stage) && isWanted(stage));
  // A server goes on with what it has; only what arrives comes of what was sent.
  const own = kind === 'received' ? -1 : last((stage) => stage.steps[0]?.server === step.server && stage.kind !== 'accepted' && (stage.kind !== 'sent' || kind === 'delivered'));
  return own >= 0 ? own : last(() => true);
}

const isOutcomeOrHop = ({ kind }: Made): boolean => kind === 'sent' || kind === 'accepted';
/** What comes next comes of one of these. */
const carries = ({ kind }: Made): boolean => kind !== 'refused' && kind !== 'deferred' && kind !== 'reported' && kind !== 'delivered';

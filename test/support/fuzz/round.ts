/** One round: cases are made, the laws are tried on each, and what breaks one is made smaller. */

import type { Finding } from '../../../server/src/failures.ts';
import { type Case, makeCase } from './cases.ts';
import { engine as realEngine } from './engine.ts';
import type { Engine, Law } from './law.ts';
import { type Bounds, shrink } from './shrink.ts';

/** A case that breaks a law. */
export interface Fault {
  readonly law: Law;
  readonly tried: Case;
  /** What is wrong; its first line is the kind. */
  readonly wrong: string;
  /** The smallest text that was found to break the law in the same way. */
  readonly smallest: string;
}

export interface Figures {
  cases: number;
  characters: number;
  findings: number;
  /** How many cases broke a law, by its name and the kind of fault. */
  readonly broken: Map<string, number>;
  /** The same for what is known not to hold yet, by the law's name and the reason. */
  readonly todo: Map<string, number>;
  /** The same for laws that only tell what is worth a look. */
  readonly reported: Map<string, number>;
}

export interface Round {
  readonly cases: Iterable<Case>;
  readonly laws: readonly Law[];
  readonly engine?: Engine;
  readonly bounds?: Bounds;
  /** Told each new fault; of a kind only the first ones are. */
  readonly onFault?: (fault: Fault) => void;
  /** Asked after each case whether to go on. */
  readonly onCase?: (figures: Figures) => boolean;
}

/** So many faults of a kind are made smaller and told; the others are counted. */
const mostTold = 3;

export async function runRound({ cases, laws, engine: given = realEngine, bounds, onFault, onCase }: Round): Promise<Figures> {
  const engine = remembering(given);
  const areTextsRead = laws.some(({ makesItsTexts }) => !makesItsTexts);
  const figures: Figures = { cases: 0, characters: 0, findings: 0, broken: new Map(), todo: new Map(), reported: new Map() };
  for (const tried of cases) {
    for (const law of laws) {
      const wrong = await faultOf(law, tried, engine);
      if (wrong === undefined) continue;
      const reason = todoOf(law, wrong, tried);
      if (reason !== undefined) count(figures.todo, `${law.name}: ${reason}`);
      else if (count(law.isReport ? figures.reported : figures.broken, `${law.name}: ${kindOf(wrong)}`) <= mostTold && onFault) {
        onFault({ law, tried, wrong, smallest: await smallestOf(law, tried, wrong, engine, bounds) });
      }
    }
    figures.cases += 1;
    if (areTextsRead) {
      figures.characters += tried.text.length;
      figures.findings += engine.countOf(tried.text);
    }
    if (onCase && !onCase(figures)) break;
  }
  return figures;
}

/** The cases of a seed, from a number on; without end where no count is given. */
export function* casesOf(seed: number, count = Number.POSITIVE_INFINITY, first = 0): Generator<Case> {
  for (let number = first; number < first + count; number += 1) yield makeCase(seed, number);
}

/** Several laws ask for the findings of the same text. */
function remembering({ findings, inPieces }: Engine): Engine & { countOf(text: string): number } {
  let known: { readonly text: string; readonly found: readonly Finding[] } | undefined;
  return {
    inPieces,
    findings: (text, zone) => {
      if (zone) return findings(text, zone);
      if (known?.text !== text) known = { text, found: findings(text) };
      return known.found;
    },
    countOf(text) {
      try {
        return this.findings(text).length;
      } catch {
        // The laws tell of it.
        return 0;
      }
    },
  };
}

async function faultOf(law: Law, tried: Case, engine: Engine): Promise<string | undefined> {
  try {
    return await law.run(tried, engine);
  } catch (error) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `threw ${stack}`;
  }
}

async function smallestOf(law: Law, tried: Case, wrong: string, engine: Engine, bounds: Bounds | undefined): Promise<string> {
  if (law.isReport) return tried.text;
  if (law.makesItsTexts) return '';
  const breaksAlike = async (text: string): Promise<boolean> => {
    const smaller = { ...tried, text };
    const found = await faultOf(law, smaller, engine);
    return found !== undefined && kindOf(found) === kindOf(wrong) && todoOf(law, found, smaller) === undefined;
  };
  return shrink(tried.text, breaksAlike, bounds);
}

function kindOf(wrong: string): string {
  // Numbers are of the case and not of the kind.
  return (wrong.split('\n', 1)[0] as string).replace(/\d+/g, '0');
}

function todoOf({ todo = [] }: Law, wrong: string, tried: Case): string | undefined {
  return todo.find(({ covers }) => covers(wrong, tried.text))?.why;
}

function count(counts: Map<string, number>, name: string): number {
  const counted = (counts.get(name) ?? 0) + 1;
  counts.set(name, counted);
  return counted;
}

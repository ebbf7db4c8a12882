/** What a law is: something that holds for every text. */

import type { Finding } from '../../../server/src/failures.ts';
import type { PiecesReading, readInPieces } from '../pieces.ts';
import type { Case } from './cases.ts';

export interface Law {
  /** One word, as --law takes it. */
  readonly name: string;
  /** What holds. */
  readonly states: string;
  /** Where it does not hold yet, and why; what they cover is told apart and breaks nothing. */
  readonly todo?: readonly Todo[];
  /** It only tells what is worth a look: it depends on the machine, or on taste. */
  readonly isReport?: true;
  /** It reads nothing of the case's text: the case gives it a chance of its own, and what it makes of that it makes small itself. */
  readonly makesItsTexts?: true;
  /**
   * @returns undefined where the law holds or says nothing of the case; else what is wrong. Its first line is the kind of fault, without words of
   * the text, so that those of one kind can be counted. What it throws is a fault as well.
   */
  run(tried: Case, engine: Engine): string | undefined | Promise<string | undefined>;
}

export interface Todo {
  /** One sentence. */
  readonly why: string;
  covers(wrong: string, text: string): boolean;
}

/** The readers that laws are about. A test of the laws puts a broken one in the place of one. */
export interface Engine {
  findings(text: string, zone?: Parameters<typeof readInPieces>[3]): readonly Finding[];
  inPieces(...words: Parameters<typeof readInPieces>): PiecesReading;
}

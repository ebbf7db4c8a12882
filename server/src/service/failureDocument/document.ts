/** A failure document of the user's own that is open in an editor: what is wrong with it, and what each place of its front matter is. */

import { findFrontMatter, longestFailureDocument, parseFailure, readFrontMatter, usedTwice } from '../../knowledge/compile.ts';
import type { FrontMatter, FrontMatterSpan } from '../../knowledge/frontMatter.ts';
import type { KnowledgeBase } from '../../knowledge/knowledgeBase.ts';
import type { Problem } from '../../knowledge/parseFailure.ts';
import { type CountedText, createPositions, type Encoding, type Positions } from '../positions.ts';

export interface FailureDocument extends Positions {
  readonly text: string;
  /** Where the front matter stands, and what is in it, if the document begins with one. */
  readonly front: { readonly at: FrontMatterSpan; readonly read: FrontMatter } | undefined;
  readonly problems: readonly Problem[];
  /** What the codes and events of a document can be. */
  readonly knowledge: KnowledgeBase;
}

/** What a document is read with. */
export interface FailureReading {
  readonly knowledge: KnowledgeBase;
  readonly encoding: Encoding;
  /** Whether another document of the folder has an id already. */
  isTaken(id: string): boolean;
}

/**
 * Reads one version of a document.
 * @param path The file's path, with forward slashes.
 */
export function createFailureDocument(document: CountedText, path: string, { knowledge, encoding, isTaken }: FailureReading): FailureDocument {
  const text = document.getText();
  const at = text.length > longestFailureDocument ? undefined : findFrontMatter(text);
  const parsed = parseFailure(text, path, knowledge.registries);
  const problems = 'problems' in parsed ? parsed.problems : isTaken(parsed.failure.id) ? [usedTwice(parsed)] : [];
  return { ...createPositions(document, encoding), text, front: at && { at, read: readFrontMatter(text, at) }, problems, knowledge };
}

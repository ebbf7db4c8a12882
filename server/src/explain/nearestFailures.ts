/** The documents that are nearest to some words, for a question that no document answers exactly. */

import type { Failure } from '../failures.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';

/**
 * The failures and guides that share most with a text: rare words count more than frequent ones, and those of its id more than those of its
 * title, and these more than those of its phrases. The same text gives the same documents in the same order.
 * @returns at most five; none where no word that says anything is known.
 */
export function nearestFailures(text: string, knowledge: KnowledgeBase): Failure[] {
  const asked = [...wordsOf(text)].slice(0, mostWords);
  const documents = knowledge.failures.map((failure) => ({ failure, words: [failure.id, failure.title, phrasesOf(failure)].map(wordsOf), score: 0, shared: 0, isNamed: false }));
  for (const word of asked) {
    const holders = documents.flatMap((document) => {
      const place = document.words.findIndex((words) => holds(words, word));
      return place >= 0 ? [{ document, weight: document.words.length - place }] : [];
    });
    for (const { document, weight } of holders) {
      document.score += weight * Math.log((1 + documents.length) / holders.length);
      document.shared += 1;
      document.isNamed ||= weight > 1;
    }
  }
  return (
    documents
      // A word of a phrase is as good as any other one, unless hardly anything else was asked.
      .filter(({ isNamed, shared }) => isNamed || (shared > 0 && 2 * shared >= text.trim().split(/\s+/).length))
      .sort((one, other) => other.score - one.score || (one.failure.id < other.failure.id ? -1 : 1))
      .slice(0, mostListed)
      .map(({ failure }) => failure)
  );
}

const mostListed = 5;
const mostWords = 40;

/** The phrases and codes that a document knows its failure by. */
function phrasesOf({ match }: Failure): string {
  return match.flatMap(({ text = [], near = [], enhanced, reply }) => [...text, ...near.flat(), enhanced ?? '', reply ?? '']).join(' ');
}

/** Words in lower case, and codes; `SubjectMismatch` is two words and one. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [written] of text.slice(0, longestText).matchAll(/\d+(?:\.\d+)+|[\p{L}\p{N}]+/gu)) {
    for (const word of [written, ...written.split(/(?<=[a-z])(?=[A-Z])/)]) if (saysSomething(word.toLowerCase())) words.add(word.toLowerCase());
  }
  return words;
}

const longestText = 20_000;

function saysSomething(word: string): boolean {
  return word.length >= 3 && !emptyWords.has(word);
}

const emptyWords = new Set(
  'about all and any are because been but can cannot could did does event failed failure for from had has have how into its mail message not only our such than that the their then there these they this was were what when where which who why will with you your'.split(
    ' ',
  ),
);

/** Whether a word is among others, in another form too: `greylist` and `greylisted`, 5.7 and 5.7.1. */
function holds(words: ReadonlySet<string>, word: string): boolean {
  if (words.has(word)) return true;
  if (/^\d+\.\d+$/.test(word)) return [...words].some((other) => other.startsWith(`${word}.`));
  return word.length >= 6 && !/^\d/.test(word) && [...words].some((other) => other.length >= 6 && (other.startsWith(word) || word.startsWith(other)));
}

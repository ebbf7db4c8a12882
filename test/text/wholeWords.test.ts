/** Words are found as wholes, and not inside longer ones. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWholeWord } from '../../server/src/text/wholeWords.ts';

for (const [text, word, at] of [
  ['to bob@fabrikam.com.', 'bob@fabrikam.com', 3],
  ['to <Bob@Fabrikam.com>', 'bob@fabrikam.com', 4],
  ['to jim-bob@fabrikam.com', 'bob@fabrikam.com', -1],
  ['to bob@fabrikam.com.au', 'bob@fabrikam.com', -1],
  ['bob@fabrikam.com.au, bob@fabrikam.com', 'bob@fabrikam.com', 21],
  ['id 70970845495101', '7097084549510', -1],
  ['08DE;250 [a]', '[a]', 9],
  ['nothing', '', -1],
  ['İ bob', 'bob', -1],
] as const)
  test(`${JSON.stringify(word)} in ${JSON.stringify(text)}`, () => assert.equal(findWholeWord(text, word), at));

/** The configurations that docs/editors.md shows, as they stand there. */

import assert from 'node:assert/strict';
import { readProjectFile } from './project.ts';

/** The first fence of a language. */
export function documentedBlock(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readProjectFile('docs/editors.md'))?.[1];
  assert.ok(block !== undefined, `docs/editors.md has no block of ${language}`);
  return block;
}

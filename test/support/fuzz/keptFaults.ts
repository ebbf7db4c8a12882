/** What broke a law, in files: as found, as small as it was made, and how to try it once more. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './round.ts';

/**
 * Writes a fault into a folder, which is made where it is missing.
 * @returns What to tell of it: the kind, the case, the files, and the command that repeats it.
 */
export function keepFault({ law, tried, wrong, smallest }: Fault, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const name = join(folder, `${law.name}-${tried.seed}-${tried.number}`);
  const command = `npm run fuzz -- --seed ${tried.seed} --case ${tried.number} --law ${law.name}`;
  const told = [`${law.name}: ${wrong}`, `The law: ${law.states}`, `Again:   ${command}`];
  if (!law.makesItsTexts) {
    writeFileSync(`${name}.txt`, encode(tried.text));
    writeFileSync(`${name}.small.txt`, encode(smallest));
    // The law's chance belongs to the case; the text is another one, and stays what it is when the logs of the project change.
    told.push(`Smaller: ${command} --text ${name}.small.txt`, `${tried.text.length} characters, ${smallest.length} of them needed: ${name}.small.txt`);
  }
  writeFileSync(`${name}.told.txt`, `${told.join('\n')}\n`);
  return told.join('\n');
}

/** Reads a text that was kept. */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le', 2) : bytes.toString('utf8');
}

/** UTF-8; UTF-16 with its mark for what no UTF-8 can hold, such as half a surrogate pair. */
function encode(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8') === text ? bytes : Buffer.from(`\uFEFF${text}`, 'utf16le');
}

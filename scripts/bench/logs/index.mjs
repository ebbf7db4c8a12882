/** Logs of four kinds with much traffic and few failures: made for each run, so that whoever measures has the same ones. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { createChance } from './chance.mjs';
import { event, eventsHeader } from './events.mjs';
import { postfixMessage } from './postfix.mjs';
import { sendHeader, sendSession } from './send.mjs';
import { trackedMessage, trackingHeader } from './tracking.mjs';

export { sendHeader };

/** What each kind is called, what its files are called, how they begin, and what gives the next session, message or event. */
export const kinds = [
  { title: 'a send log', fileName: (part) => `SEND20260115${part}-1.LOG`, header: `\uFEFF${sendHeader}`, next: sendSession },
  { title: 'message tracking', fileName: (part) => `MSGTRK20260115${part}-1.LOG`, header: `\uFEFF${trackingHeader}`, next: trackedMessage },
  { title: 'exported events', fileName: (part) => `events-${part}.txt`, header: `\uFEFF${eventsHeader}`, next: event },
  { title: 'a Postfix log', fileName: (part) => `mail-${part}.log`, header: '', next: postfixMessage },
];

/** A send log of so many characters, as an editor has it. */
export function sendLog(size) {
  const chance = createChance(1);
  const parts = [sendHeader];
  for (let length = 0; length < size; length += parts.at(-1).length) parts.push(sendSession(chance));
  return parts.join('');
}

/** Writes a log of so many bytes; whatever its size, no more than a megabyte of it is in memory. */
export function writeLog(path, { header, next }, size, seed) {
  const chance = createChance(seed);
  const file = openSync(path, 'w');
  try {
    for (let written = writeSync(file, header); written < size; ) {
      let text = '';
      while (text.length < 1_000_000 && written + text.length < size) text += next(chance);
      written += writeSync(file, text);
    }
  } finally {
    closeSync(file);
  }
}

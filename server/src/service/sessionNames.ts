/** What a session is called in a list: the other side and what came of it, since nobody knows a session by its id. */

import type { DocumentBlock } from '../analysis/document/documentBlocks.ts';
import { shownCodes } from '../explain/describe.ts';
import type { Finding } from '../failures.ts';
import { greetingHost } from '../smtp/address.ts';
import { shortened } from '../text/visible.ts';
import type { LogDocument } from './logDocument.ts';

/** "mail.fabrikam.com - 550 5.1.1"; of a session without a failure the other side alone. */
export function nameOfSession(document: LogDocument, block: DocumentBlock, found: readonly Finding[]): string {
  const host = found.find(({ record }) => record.captures.remoteHost !== undefined)?.record.captures.remoteHost ?? greetedHost(document, block);
  const other = host ?? block.remote ?? '';
  const result = found.map((finding) => shownCodes(finding) || (finding.failure?.short ?? finding.title)).find((codes) => codes !== '');
  return shortened([other === '' ? block.name : other, ...(result === undefined ? [] : [result])].join(' - '), 100);
}

/** "08:02:11, Internet mail, 08DE5408C3A10B22": when it began, the connector, and the id that the log knows it by. */
export function detailOfSession(document: LogDocument, { name, detail, first }: DocumentBlock): string {
  const time = /\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)/.exec(document.slice(first.start, first.start + 40))?.[1] ?? '';
  return [time, detail, name.replace(/^Session /, '')].filter((part) => part !== '').join(', ');
}

/** So much of a log is looked through for the name that the other side gives itself: it says so in its first rows. */
const longestGreeting = 2_000;

function greetedHost(document: LogDocument, { name, first, end }: DocumentBlock): string | undefined {
  const id = name.replace(/^Session /, '');
  for (const line of document.slice(first.start, Math.min(end, first.start + longestGreeting)).split('\n')) {
    const said = line.includes(id) ? line.indexOf(',<,') : -1;
    const host = said < 0 ? undefined : greetingHost(line.slice(said + 3).replace(/^"/, ''));
    if (host !== undefined) return host;
  }
  return undefined;
}

/** Errors of nodemailer without a reply: what went wrong stands in the first line, and the command as a property below the frames of the trace. */

import { textAbove } from '../../text/lineEnds.ts';
import type { AnchoredReply } from './anchors.ts';

export const nodeErrorLiterals = ["command: 'CONN'", "command: 'API'", '"command":"CONN"', '"command": "CONN"', 'command: "CONN"', 'command: "API"'];

/** What the error says whose command stands at an offset. */
export function errorAbove(text: string, offset: number): AnchoredReply | undefined {
  const written = textAbove(text, offset, longestTrace);
  const own = written.slice(Math.max(written.lastIndexOf("command: '"), written.lastIndexOf('command: "'), written.lastIndexOf('"command":')) + 1);
  const line = own.slice(own.lastIndexOf('\n') + 1);
  if (!line.includes('rror: ') && properties.test(line)) return propertiesAbove(text, offset, line);
  const found = [...own.matchAll(said)].at(-1);
  const words = found?.[1] ?? found?.[2] ?? found?.[3];
  if (!found || words === undefined || hasReply.test(words) || isToldElsewhere.test(words)) return undefined;
  const start = offsetOf(text, offset, words);
  return start === undefined ? undefined : { start, anchor: start, end: start + words.length, captures: {}, isWords: true, command: 'connection', repeats: 'error' };
}

/** Somebody has copied the properties alone: `errno: -4077 code: "ESOCKET" syscall: "read" command: "CONN"`. */
function propertiesAbove(text: string, offset: number, above: string): AnchoredReply | undefined {
  const found = properties.exec(above);
  const command = /^command: "[A-Z]{2,8}"/.exec(text.slice(offset, offset + longestCommand))?.[0];
  if (!found || command === undefined) return undefined;
  const start = offset - found[0].length;
  return { start, anchor: start, end: offset + command.length, captures: {}, isWords: true, command: 'connection', repeats: 'error' };
}

const longestCommand = 24;
const properties = /(?:errno: -?\d{1,5},? )?code: ["']E(?:SOCKET|CONNECTION|TIMEDOUT|DNS|TLS)["'],? (?:[a-z]{2,12}: [^\n]{1,40}? )?$/;

const longestTrace = 2_400;
/** The line that an error begins with, or its message as a property. */
const said =
  /(?:^|\n)[^\n]{0,200}?\b[A-Za-z]{0,30}Error(?: \[[A-Z_]{1,40}\])?: ([^\n{]{3,300}?)(?= ?\{? ?(?:\n|$)|\\n)|\bmessage: ['"`]([^'"`\n]{3,300})['"`]|"message": ?"((?:[^"\\\n]|\\.){3,300})"/g;
const hasReply = /\b[45][0-57]\d[ -][A-Z\d<]/;
/** What names host and port is known by that. */
const isToldElsewhere = /^(?:connect E[A-Z]{5,14} \S{1,253}:(?:25|465|587|2525)\b|getaddrinfo E[A-Z_]{5,12} (?:smtp|mail|email|mx))/;

function offsetOf(text: string, below: number, words: string): number | undefined {
  const at = text.lastIndexOf(words, below);
  return at < 0 ? undefined : at;
}

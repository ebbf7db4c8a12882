/**
 * The only builder of PowerShell. A runbook is constant text; log text is chosen by remote servers, so it enters
 * a script only from here: as typed, quoted assignments above the runbook, and as one-line comments. Both are made so
 * that they stay dead text even where somebody leaves a quotation, a comment or a name in braces open above them.
 */

import { type Failure, type RunbookStage, type Stage, stages } from '../failures.ts';
import type { RunbookPart } from '../protocol/editor.ts';
import { type CaptureName, type Captures, captureNames } from '../values.ts';
import { fits } from './captureShapes.ts';
import { wrapComments } from './wrappedComments.ts';

export { fits } from './captureShapes.ts';

/**
 * Writes a runbook as a script of its own, as the command line prints it.
 * @param captures Named values from the log; missing and unfit ones become empty assignments with a comment.
 * @param part How much of the runbook: a part, or the stages themselves.
 * @returns ASCII with LF line endings and a final one, provided that the failure's stages are ASCII.
 */
export function runbookScript(failure: Failure, captures: Captures, part: RunbookPart | readonly Stage[]): string {
  const chosen = stagesOf(part).map((stage) => failure.runbook[stage]);
  const values = assignments(chosen.map((stage) => stage.script).join('\n'), valuesFor(failure, captures));
  const header = [
    `# ${comment(failure.title)}`,
    `# Runbook of Mailflow Lens for the failure "${comment(failure.id)}".`,
    `# Run it step by step in ${shellOf(failure)}. Nothing in it runs by itself.`,
    '# Lines that change something are commented out: read them first, then remove the # of one to run.',
  ];
  return `${[wrapComments(header.join('\n')), values, ...chosen.map(stageScript)].filter((piece) => piece !== '').join('\n\n')}\n`;
}

/** A guide that nobody has begun from a failure has no log that its values could stand in. */
export function valuesFor({ kind }: Failure, captures: Captures): Captures | undefined {
  return kind === 'guide' && Object.keys(captures).length === 0 ? undefined : captures;
}

/** The shell that a runbook is for. Where both are meant, the script says above a block that it is Exchange Online's. */
export function shellOf({ products }: Failure): string {
  const cloud = 'Exchange Online PowerShell (Connect-ExchangeOnline)';
  const isCloud = (product: string): boolean => product === 'Exchange Online';
  if (products.every(isCloud)) return cloud;
  return products.some(isCloud) ? `the Exchange Management Shell, and what is about Exchange Online in ${cloud}` : 'the Exchange Management Shell';
}

/** The stages of a part in the order in which they are run. */
export function stagesOf(part: RunbookPart | readonly Stage[]): readonly Stage[] {
  if (part === 'evidence') return ['evidence'];
  return part === 'full' ? stages : part;
}

/** One stage: its heading as a comment, then its constant text. No final line ending. */
export function stageScript(stage: RunbookStage): string {
  return stage.script === '' ? stageHeading(stage) : `${stageHeading(stage)}\n${wrapComments(stage.script)}`;
}

/** The comment line that begins a stage: "# Evidence (read-only)". */
export function stageHeading(stage: RunbookStage): string {
  return `# ${comment(stage.heading)}`;
}

/**
 * Writes an assignment for each capture variable that a script uses, in the order of the capture names.
 * What is missing or does not fit its shape is left for the administrator to fill. Where no server is named,
 * the script falls back to the computer it runs on. The recipient's domain is taken from the recipient if need be.
 * A script that saves old values puts `$Saved` into the names of its files: so a second run leaves those of the first one.
 * @param captures Named values from the log; undefined where there is none.
 * @param script Constant PowerShell, commented-out lines included: they are meant to be uncommented.
 * @param assigned Names that stand assigned already and are left out.
 * @returns Lines joined by LF, without a final one; empty where nothing is to be assigned.
 */
export function assignments(script: string, captures: Captures | undefined, assigned: ReadonlySet<CaptureName | typeof savedTime> = new Set()): string {
  const names = captureNames.filter((name) => !assigned.has(name) && usesVariable(script, name));
  const lines = names.flatMap((name) => assignment(name, captures ? fittingValue(name, captures) : undefined, captures ? 'not found in the log' : 'to be filled in'));
  const time = usesVariable(script, savedTime) && !assigned.has(savedTime) ? savedLines : [];
  return [...(lines.length === 0 ? lines : [captures ? `# Values from the log. ${guard}` : `# Values. ${guard}`, ...lines]), ...time].join('\n');
}

/** The variable with the time in the names of files with old values. */
export const savedTime = 'saved';
const savedLines = ['# Part of the names of files with old values. To roll back later, write the one of the file here.', "$Saved = Get-Date -Format 'yyyyMMdd-HHmmss'"];

/** "sendConnector" → "$SendConnector". PowerShell does not tell upper from lower case in a variable's name. */
export function variableName(name: CaptureName | typeof savedTime): string {
  return `$${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The value of a capture if the log names one that fits its shape. */
export function fittingValue(name: CaptureName, captures: Captures): string | undefined {
  const value = captures[name];
  if (typeof value === 'string' && fits(name, value)) return value;
  if (name !== 'recipientDomain') return undefined;
  const recipient = fittingValue('recipient', captures);
  const domain = recipient?.slice(recipient.lastIndexOf('@') + 1);
  return domain !== undefined && fits(name, domain) ? domain : undefined;
}

/**
 * Writes a string as a PowerShell expression of pure ASCII: single-quoted literals, and a [char] for every character
 * that is not printable ASCII, because Windows PowerShell 5.1 reads a script without a byte order mark in the system's
 * code page, and because it ends a single-quoted string at any of ' ‘ ’ ‚ ‛ (about_Quoting_Rules). So is written, too,
 * what could begin a command, an expansion or a redirection, or end a block comment or a name in braces: a literal
 * holds nothing that does, even where its quotes are not what they seem.
 * A character beyond U+FFFF becomes two of them. The first operand is always a string: [char] + string is an addition of numbers.
 */
export function quote(value: string): string {
  const operands: string[] = [];
  for (const [run, literal] of value.matchAll(operand)) {
    operands.push(literal ? `'${literal.replaceAll("'", "''")}'` : `[char]0x${hexadecimal(run)}`);
  }
  if (!operands[0]?.startsWith("'")) operands.unshift("''");
  return operands.join(' + ');
}

/** A stretch that may stand in a literal, as a group, or one character that may not. A > at the end, as that of a message id, redirects to nothing. */
const operand = /((?:[ !%'*-:<=?-Z[\\\]^_a-z~]|>$)+)|[\s\S]/g;

/**
 * A comment that goes above the values. A single-quoted string that is open there would take the quote that begins a value
 * for its own end, and the value for code. The last character here ends it before, and a line end follows.
 */
const guard = "The quote at the end closes one that is left open above: '";

/**
 * Reduces text of ours, or of the user's own documents, to what may stand behind a # on one line: printable ASCII, other
 * characters as \uXXXX, white space as single blanks, the marks of a block comment broken up. Two different texts within
 * the limit stay different but for those.
 * @param limit The greatest length of the result; a longer one is cut and says so.
 */
export function comment(text: string, limit = 200): string {
  return onOneLine(text, limit, /[^ -~]/g);
}

/**
 * The same for log text. It has no character, either, that ends a string or a name in braces, or that begins an expansion:
 * a line of it is dead text whatever is open above it.
 */
export function logComment(text: string, limit = 200): string {
  return onOneLine(text, limit, /[^ -~]|["$'`}]/g);
}

function onOneLine(text: string, limit: number, escaped: RegExp): string {
  const source = text.slice(0, limit * 4);
  const shown = source
    .replace(/[\t-\r ]+/g, ' ')
    .trim()
    .replace(/\\(?=u[\dA-F]{4})/g, '\\u005C')
    .replace(escaped, (character) => `\\u${hexadecimal(character)}`)
    .replace(/<(?=#)/g, '< ')
    .replace(/#(?=>)/g, '# ');
  if (source.length === text.length && shown.length <= limit) return shown;
  const notice = ' ... (cut)';
  return `${shown.slice(0, limit - notice.length).replace(/\\(u[\dA-F]{0,3})?$/, '')}${notice}`;
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

function usesVariable(script: string, name: CaptureName | typeof savedTime): boolean {
  const word = variableName(name).slice(1);
  return new RegExp(`\\$(?:${word}\\b|\\{${word}\\})`, 'i').test(script);
}

const longestValue = 1_024;

function assignment(name: CaptureName, value: string | undefined, missing: string): string[] {
  if (value === undefined) {
    const line = `${variableName(name)} = ''  # ${missing}: ${descriptions[name]}`;
    return name === 'server' ? [line, 'if (-not $Server) { $Server = $env:COMPUTERNAME }'] : [line];
  }
  if (value.length <= longestValue) return [`${variableName(name)} = ${quote(value)}`];
  // Half a surrogate pair would be another character, so a pair that is cut goes as a whole.
  const kept = value.slice(0, longestValue).replace(/[\uD800-\uDBFF]$/, '');
  return [`${variableName(name)} = ${quote(kept)}  # cut to 1,024 characters`];
}

const descriptions: Readonly<Record<CaptureName, string>> = {
  sendConnector: "the send connector's name",
  receiveConnector: "the receive connector's name",
  messageId: 'the message id, angle brackets included',
  recipient: "the recipient's address",
  recipientDomain: "the recipient's domain",
  sender: "the sender's address",
  remoteHost: "the remote server's name",
  remoteAddress: "the remote server's IP address",
  server: "the Exchange server's name",
  sessionId: "the session's id",
  queue: "the queue's identity",
  certificateThumbprint: "the certificate's thumbprint",
  certificateSubject: "the certificate's subject",
};

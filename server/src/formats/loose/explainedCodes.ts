/** Codes that a manual, a heading or a question explains: "a 550 5.7.1 error means that …". Nobody was refused there. */

import { textAbove, textBelow } from '../../text/lineEnds.ts';
import { lineEnd } from '../../text/lines.ts';
import { isGeneral } from './generalSentences.ts';
import { isAskedAround } from './helpAsked.ts';

/**
 * Whether both codes stand at an offset without the words of a server, in a sentence that says what they mean, when they come or what to do then,
 * and that tells nothing of its writer or of a time; or a reply in a sentence that speaks of all such replies.
 * @param end Where the reply ends.
 */
export function isExplained(text: string, start: number, end: number): boolean {
  const line = text.slice(start, lineEnd(text, start, Math.min(text.length, start + longestSentence)));
  const codes = codesAlone.exec(line)?.[0];
  const above = textAbove(text, start, longestSentence);
  const lead = above.slice(above.lastIndexOf('\n') + 1);
  const before = lead.slice(lead.search(/(?<=^|[.!?] )(?:(?![.!?] ).)*$/));
  const behindCodes = line.slice(codes?.length ?? anyCodes.exec(line)?.[0].length ?? 0);
  const behindReply = codes === undefined ? line.slice(end - start) : behindCodes;
  if (isGeneral({ before, behind: behindReply, behindCodes, isFirst: !/[\p{L}\p{N}]/u.test(lead), isOfAsker: isAskedAround(text, start) })) return true;
  if (isInGuide(text, start, line) || isInCatalogue(text, start, lead)) return true;
  if (codes === undefined) return false;
  if (isTable(text, start, lead, line) || isList(text, start, lead, line)) return true;
  const behind = line.slice(codes.length);
  const sentence = `${before}${codes}${/^.*?[.!?](?= |$)/.exec(behind)?.[0] ?? behind}`;
  if (labelled.test(before) || reports.test(sentence)) return false;
  if (asks.test(before) && sentence.endsWith('?')) return true;
  return leads.test(before) || (!/[[\]{}"=<>]/.test(before) && says.test(behind));
}

const longestSentence = 400;

/** Whether a manual has the reply in a list of those that it helps with: a label leads to its advice below each. */
function isInGuide(text: string, start: number, line: string): boolean {
  const below = textBelow(text, start, longestGuide);
  if (!advised.test(below.slice(line.length))) return false;
  const around = `${textAbove(text, start, longestGuide)}${below}`;
  return (around.match(adviceBelowReply)?.length ?? 0) > 1;
}

const longestGuide = 600;
const labels = '(?:Fix|Solution|Resolution|Causes?|Meaning|Explanation|Description|L\u00F6sung|Ursache|Bedeutung|Causa|Soluci\u00F3n)';
const advised = new RegExp(`^(?:[ \\t]*\\r?\\n){1,3}[ \\t>*-]{0,8}${labels}\\*{0,2}: ?\\S`);
const adviceBelowReply = new RegExp(`[45]\\.\\d{1,3}\\.\\d{1,3}[^\\n]*(?:\\r?\\n[ \\t]*){1,3}[>*-]{0,8}${labels}\\*{0,2}: ?\\S`, 'g');

/** Whether a page has at least three replies of different codes as paragraphs, with the words of a manual below each: no address, no time and nobody who speaks of himself. */
function isInCatalogue(text: string, start: number, lead: string): boolean {
  if (/[\p{L}\p{N}]/u.test(lead) || !entry.test(text.slice(start, start + longestEntry)) || isAskedAround(text, start)) return false;
  const above = textAbove(text, start, longestCatalogue);
  const around = `${above}${textBelow(text, start, longestCatalogue)}`;
  const entries = [...around.matchAll(paragraphs)];
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last || new Set(entries.map(([, code]) => code)).size < 3) return false;
  const isEntry = entries.some(({ index, 0: said }) => index <= above.length && index + said.length > above.length);
  return isEntry && !ofSomebody.test(around.slice(Math.max(0, first.index - longestIntroduction), last.index + last[0].length));
}

const longestCatalogue = 2_000;
const longestIntroduction = 200;
const longestEntry = 400;
/** A reply that a line has to itself, and the beginning of the line below that explains it. */
const explained = '([45]\\d\\d[ -]#?[45]\\.\\d{1,3}\\.\\d{1,3}) [^\\n]{3,160}\\n(?:[^\\S\\n]*\\n)?[ \\t>*\\u2022-]{0,6}(?=\\p{L})[^\\n]{30}';
const entry = new RegExp(`^${explained}`, 'u');
/** The same as a paragraph. */
const paragraphs = new RegExp(`(?:^|\\n)[^\\p{L}\\p{N}\\n]{0,20}\\n[ \\t>*\\u2022-]{0,8}[\`"]?${explained}[^\\n]*`, 'gu');
const ofSomebody =
  /@|\d\d:\d\d|\d{4}-\d\d|(?:^|[^\p{L}])(?:I|I'm|[Mm]y|[Ww]e|[Oo]urs?|us|[Ii]ch|[Ww]ir|[Uu]nsere?\p{L}?|[Jj]e|[Nn]ous|[Nn]otre|[Yy]o|[Nn]uestr[oa]s?|[Ii]o|[Nn]oi|[Nn]ostr[oai]|[Ii]k|[Ww]ij|[Oo]nze|[Nn]asz\p{L}{0,3}|[Ss]ince|[Yy]esterday|[Tt]oday)(?![\p{L}\p{N}])/u;

const anyCodes = /^[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3})?/;

/** Behind the codes stands no sentence of a server: a sign, a small letter or nothing. */
const codesAlone = /^[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}(?![\d.]\d)(?=["'`*\u201D)\]]{0,3}(?:\s*$|[.,;:?!|]|\s+(?:\p{Ll}|errors?\b|NDRs?\b|[-\u2013|(])))/u;

/** An entry of a log, a label, and Exchange Online's own explanation. */
const labelled = /^\W{0,3}\d{4}-\d\d-\d\d|[:=>][ \t]?["'`]?$/;

/** What tells of somebody, of a message or of a time. */
const reports =
  /(?:^|[^\p{L}])(?:I|I'm|me|my|we|our|us|he|she|they|ich|wir|mir|uns|meine?|unsere?\w?|je|j'ai|nous|mon|ma|mes|notre|nos|yo|me|mi|mis|nos|nuestr[oa]s?|since|yesterday|today|tonight|now|again|seit|gestern|heute|jetzt|wieder|depuis|hier|aujourd'hui|desde|ayer|hoy|failed|bounced|got|getting|keeps?|received|rejected (?:him|her|them)|bekommen?|erhalten|comes?|kam|kommt)(?![\p{L}])|@[a-z0-9-]+\.|\d\d:\d\d/iu;

/** What leads to codes that are spoken of. */
const leads = new RegExp(
  `(?:${[
    '\\b(?:fix|resolve|solve|troubleshoot|understand|diagnose|avoid|prevent|interpret)(?:ing)?\\b(?:[^.]|\\.\\d){0,40}',
    '\\b(?:if|when|whenever) (?:you|a|an|the|someone|users?|messages?|mails?)\\b(?:[^.]|\\.\\d){0,80}',
    '\\bwhat (?:is|are|does|do|causes?)\\b(?:[^.]|\\.\\d){0,40}',
    '\\bhow to\\b(?:[^.]|\\.\\d){0,60}',
    '\\b(?:such as|for example|e\\.g\\.|including|codes? (?:like|of))[ ,]{0,3}(?:[^.]|\\.\\d){0,30}',
    '\\b(?:you (?:receive|may|might|can|will|see|get)|codes?|causes? (?:of|for)|meaning of|about|the meaning of)\\b(?:[^.]|\\.\\d){0,40}',
    '\\b(?:beheben|behebung|bedeutung|ursachen?|lösung|was (?:ist|bedeutet)|wenn sie)\\b(?:[^.]|\\.\\d){0,60}',
    "\\b(?:corriger|résoudre|qu'est-ce que|que signifie|cause de|solución|solucionar|corregir|qué (?:es|significa)|causas?)\\b(?:[^.]|\\.\\d){0,60}",
  ].join('|')})["'\`*\u201E\u201C(]{0,3}$`,
  'iu',
);

/** What begins a question about the codes themselves. */
const asks =
  /^[\W\d]{0,4}(?:is|are|does|do|can|could|would|might|ist|sind|kann|könnte|bedeutet|est-ce que|peut|¿?es|¿?puede)(?: (?:a|an|the|this|that|error|code|der|die|das|ein|Fehler|l'erreur|un|el|error))*\s["'`*\u201E\u201C(]{0,3}$/i;

/** What is said of codes behind them. */
const says =
  /^["'`*\u201D)\]]{0,3}:? ?(?:,? ?(?:NDRs?|errors?|bounces?|(?:error |status )?(?:codes?|messages?)|repl(?:y|ies)|responses?|Fehler|erreurs?)?,? ?(?:(?:usually|often|typically|generally|always|also|normalerweise|meist|in der Regel) )?(?:means?|indicates?|occurs?|happens?|signif\w+|refers?|stands for|(?:can|may|could|might) (?:have|be|mean|occur|happen|also|indicate)|(?:is|are) (?:a|an|the|caused|returned|used|generated|sent|often|usually|due|related|about)|bedeutet|besagt|weist|wird (?:meist|oft|ausgelöst|zurückgegeben)|tritt auf|heißt|signifie|indique|veut dire|significa|indica|quiere decir|se debe)|errors?,? (?:see|check|refer)\b|: how to|\bhow to|beheben\b|verstehen\b|\?$)/i;

/** Whether the codes begin an item of a list of codes, in which each has its meaning behind a dash of word processors or a colon. */
function isList(text: string, start: number, lead: string, line: string): boolean {
  const bullet = /^[ \t>]*(?:[-*\u2022][ \t]+)?[`*"]{0,3}$/.exec(lead);
  if (!bullet || !listed.test(line)) return false;
  const code = line.slice(0, 9);
  const above = textAbove(text, start - lead.length, longestSentence).trimEnd();
  const below = text.slice(start + line.length, start + line.length + 120);
  return [above.slice(above.lastIndexOf('\n') + 1), below.trimStart()].some(
    (row) => listed.test(row.replace(/^[ \t>]*(?:[-*\u2022][ \t]+)?[`*"]{0,3}/, '')) && !row.includes(code),
  );
}

const listed = /^[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}[`*"]{0,3}(?: [\u2013\u2014=]|:) \p{Lu}/u;

/** Whether the codes have a cell of a table to themselves, and other codes begin the row above or below. */
function isTable(text: string, start: number, lead: string, line: string): boolean {
  if (!/^[ \t>]*\|[ \t]*[`*"]{0,3}$/.test(lead) || !/^\d{3}[ -][\d.]+[`*"]{0,3}[ \t]*\|/.test(line)) return false;
  const code = line.slice(0, 9);
  const above = textAbove(text, start - lead.length, longestSentence).trimEnd();
  const below = text.slice(start + line.length, start + line.length + 60);
  return [above.slice(above.lastIndexOf('\n') + 1), below.trimStart()].some((row) => /^[ \t>]*\|[ \t]*[`*"]{0,3}[45]\d\d[ -][45]\.\d/.test(row) && !row.includes(code));
}

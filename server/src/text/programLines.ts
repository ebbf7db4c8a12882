/** Lines that begin with no time, and still are a program's own: what is wrapped of them goes on where no program begins a line. */

import { standsAt } from './occurrences.ts';

/** Whether a line begins with the name of an error, a level, a name and its value, a recipient, or a host that answered. */
export function beginsProgramLine(text: string, start: number): boolean {
  return standsAt(text, programStart, start);
}

const programStart = new RegExp(
  [
    // The name of an exception, with that of its module.
    String.raw`(?:[\w$]{1,60}(?:\.|::|\\)){0,8}[\w$]{0,60}(?:Exception|Error|Refused)\b`,
    String.raw`\[(?:NOTICE|ERROR|WARN|WARNING|INFO|CRIT|DEBUG)\] `,
    // A name and its value, as logfmt, JSON and what prints an object have them.
    '(?:t|ts|time|level|lvl|logger|msg|err|error)=',
    String.raw`(?:(?:\{ | {1,16})["']?[\w-]{1,40}["']?|"[\w-]{1,40}"): {1,2}["']`,
    // The frames of a stack trace.
    String.raw`[ \t]{0,8}(?:at [\w$.<>/]{1,200}[.(:]|from [\w./\\~@-]{1,200}:\d|File "|#\d{1,4} |[\w./\\~@-]{1,200}:\d{1,6}:in )`,
    // What bounces say of a recipient, and of a host; Exim indents it, and what was answered.
    String.raw`<[^\s<>@]{1,64}@[^\s<>]{1,255}>: `,
    String.raw` {0,8}host [\w.-]{1,255} ?\[`,
    ' {0,8}SMTP error from remote ',
    String.raw` {0,8}[45]\d\d[ :-]`,
    '(?:Last ?Error|Remote host said|Error) {0,24}: ',
    String.raw`[\d/:. APM-]{0,40}(?:Remote )?Server at [\w.-]{1,255} `,
    'Remote Server returned ',
    // The sentences that bounces begin with.
    'This message was created automatically by mail|Sorry, we were unable to deliver|The following text was generated',
  ].join('|'),
  'y',
);

/** Whether a line leaves something open that a program would have closed: a bracket, a quotation, what it announces, or a reply of which the codes alone are said. */
export function isLeftOpen(line: string): boolean {
  return (
    /[:=]$|[ (][245]\d\d(?:[ ,]| \d\.\d{1,3}\.\d{1,3})?$/.test(line) ||
    line.lastIndexOf('(') > line.lastIndexOf(')') ||
    line.lastIndexOf('[') > line.lastIndexOf(']') ||
    isOdd(line, '"') ||
    // An apostrophe stands between letters.
    isOdd(line.replace(/(?<=\p{L})'(?=\p{L})/gu, ''), "'")
  );
}

function isOdd(line: string, mark: string): boolean {
  return line.split(mark).length % 2 === 0;
}

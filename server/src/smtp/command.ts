/** What of a session a server answered, as commands and those who report about them name it. */

import { blank } from '../text/characters.ts';
import type { CommandName } from '../values.ts';

const verbs: Readonly<Record<string, CommandName>> = {
  EHLO: 'EHLO',
  HELO: 'EHLO',
  LHLO: 'EHLO',
  STARTTLS: 'STARTTLS',
  AUTH: 'AUTH',
  MAIL: 'MAIL',
  RCPT: 'RCPT',
  DATA: 'DATA',
  BDAT: 'message',
};

/** The command that a client's line is, `RCPT TO:<…>` as `RCPT`; undefined for another one, such as QUIT or the words of a sign-in. */
export function commandOf(line: string): CommandName | undefined {
  // Nearly all commands are four capital letters.
  const quick = verbs[line.slice(0, 4)];
  if (quick !== undefined && (line.length === 4 || line.charCodeAt(4) === blank)) return quick;
  if ((line.charCodeAt(0) | lowerCase) === letterX) return /^X-EXPS(?![A-Z])/i.test(line) ? 'X-EXPS' : undefined;
  return verbs[/^[A-Z]{4,8}(?![A-Z])/i.exec(line)?.[0].toUpperCase() ?? ''];
}

const lowerCase = 0x20;
const letterX = 0x78;

/** Whether a command is a sign-in: of a client, or of one Exchange server to another. */
export const isSignIn = (command: string | undefined): boolean => command === 'AUTH' || command === 'X-EXPS';

/** What a step has of its command. */
export function commanded(command: CommandName | undefined): { readonly command?: CommandName } {
  return command ? { command } : {};
}

/** Postfix, Exim, the DragonFly agent and SMTP servers of Windows programs name the command, qmail describes it. */
const named =
  /(?:\(in reply to |error from remote [^\n]{0,120}? after (?:pipelined )?|did not like our |error following )(end of data|final DATA|initial connection|[A-Z]{4,8}(?![a-z]))/i;

const described: readonly (readonly [RegExp, CommandName])[] = [
  [/ refused to talk to me: |but greeting failed|initial server greeting/i, 'connection'],
  [/but my name was rejected/i, 'EHLO'],
  [/but sender was rejected/i, 'MAIL'],
  [/does not like recipient/i, 'RCPT'],
  [/failed on DATA command/i, 'DATA'],
  [/failed after I sent the message/i, 'message'],
];

/** Words that all of these reports have: most texts have none, and are done with at once. */
const anyReport = /in reply to |error (?:from remote|following) |did not like our |refused to talk|greeting|was rejected|does not like|failed (?:on|after) /i;

/** What was answered, as a report about the answer says it: `(in reply to MAIL FROM command)`, `SMTP error from remote mail server after end of data`. */
export function reportedCommand(report: string): CommandName | undefined {
  if (!anyReport.test(report)) return undefined;
  const words = named.exec(report)?.[1];
  if (!words) return described.find(([pattern]) => pattern.test(report))?.[1];
  if (/^(?:end|final)/i.test(words)) return 'message';
  return /^initial/i.test(words) ? 'connection' : commandOf(words);
}

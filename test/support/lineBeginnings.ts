/** What people and programs put before each line of a log that they show. */

/** Those that are read in the same way as others: it is enough to try them on some logs. */
export const alike: ReadonlySet<string> = new Set([
  'quoted by >>',
  'in a list with stars',
  'in a list with dashes',
  'by less -N',
  'by syslog, with the whole date',
  'by a platform',
  'in a chat, with the day',
]);

/** Numbered from one. */
type Lead = (line: number) => string;

const leads: Readonly<Record<string, Lead>> = {
  'quoted by >': () => '> ',
  'quoted by >>': () => '>> ',
  'quoted by > >': () => '> > ',
  'behind a bar': () => '| ',
  'behind initials': () => 'AB> ',
  'indented by two': () => '  ',
  'indented by four': () => '    ',
  'indented by a tab': () => '\t',
  'quoted and indented': () => '>     ',
  'in a list': () => '- ',
  'in a list with stars': () => '* ',
  'in a list with dashes': () => '\u2013 ',
  'in a list with numbers': (line) => `${line}. `,
  'by grep -n': (line) => `${line}:`,
  'by findstr /n, some lines left out': (line) => `${3 * line + 7}:`,
  'by grep with the name of the file': () => 'mail.log:',
  'by grep with its path and the number': (line) => `/var/log/exim4/mainlog.1:${line}:`,
  'by cat -n': (line) => `${String(line).padStart(6)}\t`,
  'by less -N': (line) => `${String(line).padStart(7)} `,
  'by an editor with line numbers': (line) => `${String(line).padStart(4)} | `,
  'by docker compose logs': () => 'mail-1  | ',
  'by the journal': (line) => `Jan 12 14:02:${second(line)} web01 php[4711]: `,
  'by syslog, with the whole date': (line) => `2026-01-12T14:02:${second(line)}.123456+00:00 web01 node[4711]: `,
  'by Kubernetes': (line) => `2026-01-12T14:02:${second(line)}.123456789Z stderr F `,
  'by a platform': (line) => `2026-01-12T14:02:${second(line)}.123456+00:00 app[web.1]: `,
  'by docker logs with the times': (line) => `2026-01-12T14:02:${second(line)}.12345678Z `,
  'behind the time in brackets': (line) => `[2026-01-12 14:02:${second(line)}] `,
  'in a chat, with the hour': () => '[14:02] anna: ',
  'in a chat, with the day': (line) => `[01/12/2026 2:0${line % 10} PM] Anna Smith: `,
  'in a chat as a telephone exports it': (line) => `01/12/2026, 14:0${line % 10} - ${line % 3 === 0 ? 'Bob (IT)' : 'Anna'}: `,
};

const second = (line: number): string => String(line % 60).padStart(2, '0');

/** A text with something before each of its lines, by what that is. */
export const beginnings: Readonly<Record<string, (text: string) => string>> = Object.fromEntries(
  Object.entries(leads).map(([name, lead]) => [name, (text: string) => withLeads(text, lead)]),
);

function withLeads(text: string, lead: Lead): string {
  let line = 0;
  // What stands behind the last line end is no line.
  return text.replace(/^(?!$(?![\s\S]))/gm, () => lead(++line));
}

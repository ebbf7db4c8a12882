/** What people and programs put before each line of a log that they show. */

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
  'in a list with numbers': (line) => `${line}. `,
  'by grep -n': (line) => `${line}:`,
  'by findstr /n, some lines left out': (line) => `${3 * line + 7}:`,
  'by grep with the name of the file': () => 'mail.log:',
  'by grep with its path and the number': (line) => `/var/log/exim4/mainlog.1:${line}:`,
  'by cat -n': (line) => `${String(line).padStart(6)}\t`,
  'by less -N': (line) => `${String(line).padStart(7)} `,
  'by an editor with line numbers': (line) => `${String(line).padStart(4)} | `,
  'by docker compose logs': () => 'mail-1  | ',
  'in a chat, with the hour': () => '[14:02] anna: ',
  'in a chat, with the day': (line) => `[01/12/2026 2:0${line % 10} PM] Anna Smith: `,
  'in a chat as a telephone exports it': (line) => `01/12/2026, 14:0${line % 10} - ${line % 3 === 0 ? 'Bob (IT)' : 'Anna'}: `,
};

/** A text with something before each of its lines, by what that is. */
export const beginnings: Readonly<Record<string, (text: string) => string>> = Object.fromEntries(
  Object.entries(leads).map(([name, lead]) => [name, (text: string) => withLeads(text, lead)]),
);

function withLeads(text: string, lead: Lead): string {
  let line = 0;
  // What stands behind the last line end is no line.
  return text.replace(/^(?!$(?![\s\S]))/gm, () => lead(++line));
}

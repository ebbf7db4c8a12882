/** Scripts as a user leaves them: some are whole, some end inside a quotation or a comment. */

import type { Random } from './random.ts';

const pieces = [
  'Get-Date\n',
  "Write-Host 'done'\n",
  '$x = "a $($y.Name) b"\n',
  '# a comment\n',
  "# don't\n",
  '<# a\nblock #>\n',
  '$a = 1 ; $b = 2\r\n',
  'if ($x) {\n',
  '}\n',
  '`\n',
  "$x = 'O\u2019\u2019Brien'\n",
  '\n',
];

const openings = ["Write-Host 'todo\n", 'Write-Host "todo\n', '<# todo\n', '$x = "a $(\n', '\u201Ctodo\n', '\u2018todo'];

/** A script of random pieces, every other one with something at its end that is not closed. */
export function openScript(random: Random): string {
  const whole = Array.from({ length: random.below(5) }, () => random.pick(pieces)).join('');
  return random.oneIn(2) ? whole + random.pick(openings) : whole;
}

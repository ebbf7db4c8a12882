/** Which findings are shown of a log that has more than an editor shows: they are grouped, and the rarest groups are left out. */

/** "1,201 failures were found, more than an editor shows …": which are shown instead, and which are left out. */
export function describeGroups(findings: number, groups: number, shown: number, lines: number, ignored = 0): string {
  const left = groups - shown;
  const rest = left > 0 ? ` The ${counted(left)} rarest are left out; the command line lists them all.` : '';
  const kinds = `${counted(shown)} kind${shown === 1 ? '' : 's'}, by failure and destination`;
  return `${counted(findings)} failures were found, more than an editor lists. Listed are ${counted(lines)} lines: the first and the last of ${kinds}, and the newest ones.${rest}${ignored > 0 ? ` ${counted(ignored)} more are ignored by your settings.` : ''}`;
}

export function counted(number: number): string {
  return number.toLocaleString('en-US');
}

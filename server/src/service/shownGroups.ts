/** Which findings are shown of a log that has more than an editor shows: they are grouped, and the rarest groups are left out. */

/** "1,201 failures were found, more than an editor shows. They are grouped …": what is shown instead, and what is left out. */
export function describeGroups(findings: number, groups: number, shown: number): string {
  const left = groups - shown;
  const rest = left > 0 ? ` The ${counted(left)} rarest groups are left out; the command line lists them all.` : '';
  return `${counted(findings)} failures were found, more than an editor shows. They are grouped by failure and destination: ${counted(shown)} groups.${rest}`;
}

export function counted(number: number): string {
  return number.toLocaleString('en-US');
}

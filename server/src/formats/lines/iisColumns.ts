/** Which column a cell of IIS's SMTP log is, where somebody has copied rows without the line that names them. */

/** The columns by their number in a row. */
export type CellNumbers = ReadonlyMap<string, number>;

/** Those that a `#Fields:` line names. */
export function columnsOfHeader(line: string): CellNumbers {
  const names = line.slice('#Fields: '.length).trim().split(' ').slice(0, 64);
  return new Map(names.map((name, index) => [name.toLowerCase(), index]));
}

/**
 * The columns that the cells of a row can only be. IIS writes those that are switched on in one order always (learn.microsoft.com, "W3C Extended
 * Logging Field Definitions"), and has signs of its own in some: the site, the words about connections to other hosts, and a verb of SMTP.
 * Undefined where the row says neither.
 */
export function columnsOfRow(cells: readonly string[]): CellNumbers | undefined {
  const columns = new Map<string, number>();
  if (/^\d{4}-\d\d-\d\d$/.test(cells[0] ?? '')) columns.set('date', 0);
  const time = columns.size;
  if (/^\d\d:\d\d:\d\d$/.test(cells[time] ?? '')) columns.set('time', time);
  const address = columns.size;
  if (/^[\da-f]{0,4}[.:][\da-f.:]{2,44}$/i.test(cells[address] ?? '')) columns.set('c-ip', address);
  const outbound = cells.findIndex((cell) => /^OutboundConnection(?:Response|Command)$/i.test(cell));
  if (outbound >= 0) columns.set('cs-username', outbound);
  const site = cells.findIndex((cell) => /^SMTPSVC\d{1,4}$/i.test(cell));
  const verb = cells.findIndex((cell, index) => index > Math.max(site, outbound, address) && verbs.has(cell.toUpperCase()));
  if (site >= 0 && site + 1 < (verb < 0 ? cells.length : verb)) columns.set('s-computername', site + 1);
  if (verb >= 0) columns.set('cs-method', verb);
  const from = verb >= 0 ? verb : outbound;
  if ((outbound < 0 && site < 0) || from < 0) return undefined;
  // Behind a verb stands the target, which is empty, and then what it was given.
  const isSaid = (cell: string): boolean => (verb < 0 ? /^[2-5]\d\d(?:[+-]\S|$)/.test(cell) : cell !== '-');
  const said = cells.findIndex((cell, index) => index > from && isSaid(cell));
  if (said < 0) return verb < 0 ? undefined : columns;
  columns.set('cs-uri-query', said);
  if (outbound < 0 && /^[2-5]\d\d$/.test(cells[said + 1] ?? '')) columns.set('sc-status', said + 1);
  return columns;
}

/** The verbs that a row is about. */
export const verbs: ReadonlySet<string> = new Set(['HELO', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'BDAT', 'AUTH', 'STARTTLS', 'RSET', 'VRFY', 'EXPN', 'ETRN', 'TURN', 'QUIT', 'XEXCH50']);

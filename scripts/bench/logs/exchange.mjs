/** What Exchange's own logs have in common. */

/** The lines that name the columns. */
export function header(type, columns) {
  return `#Software: Microsoft Exchange Server\r\n#Version: 15.02.1748.010\r\n#Log-type: ${type}\r\n#Date: 2026-01-15T08:00:00.000Z\r\n#Fields: ${columns}\r\n`;
}

/** A value as a cell of a row. */
export function cell(text) {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

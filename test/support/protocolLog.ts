/** Protocol logs of Exchange, written from what each side says. */

export const sendHeader = [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.0.0.0',
  '#Log-type: SMTP Send Protocol Log',
  '#Date: 2026-01-15T08:00:00.000Z',
  '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
  '',
].join('\r\n');

export const receiveHeader = sendHeader.replace('SMTP Send', 'SMTP Receive');

/** The event of a row and what is said: `> EHLO mail.contoso.com`, `* attempting to connect`, `+`, `-`; a number before it is the seconds that pass. */
export type Saying = string;

export interface SessionText {
  readonly id?: string;
  /** The number of its first row. */
  readonly from?: number;
  /** Seconds since the log's first minute. */
  readonly at?: number;
  readonly connector?: string;
  readonly remote?: string;
}

/** The rows of one session, a tenth of a second apart. */
export function rowsOf(sayings: readonly Saying[], { id = '08DE540000000A01', from = 0, at = 0, connector = 'Internet', remote = '203.0.113.25:25' }: SessionText = {}): string[] {
  let time = Date.parse('2026-01-15T08:00:00.000Z') + at * 1_000;
  return sayings.map((saying, index) => {
    const [, pause = '', event = '', said = ''] = /^(?:(\d+) )?([-+<>*]) ?(.*)$/.exec(saying) ?? [];
    time += 100 + Number(pause) * 1_000;
    const quoted = /[",]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
    const cells = event === '*' || event === '-' ? `,${quoted}` : `${quoted},`;
    return `${new Date(time).toISOString()},${connector},${id},${from + index},192.0.2.10:40001,${remote},${event},${cells}\r\n`;
  });
}

/** What comes before and after a message of a send log. */
export const opening: readonly Saying[] = [
  '* attempting to connect',
  '+',
  '< 220 mx.fabrikam.com ESMTP',
  '> EHLO mail.contoso.com',
  '< 250  mx.fabrikam.com Hello SIZE PIPELINING',
];
export const closing: readonly Saying[] = ['> QUIT', '< 221 2.0.0 Bye', '- Local'];

export const sendLog = (sayings: readonly Saying[], options?: SessionText): string => sendHeader + rowsOf(sayings, options).join('');

/** Events as Event Viewer saves them with tabs: one in twenty is a failed delivery, the others are as long, and some of them of the same source. */

import { refusals } from './replies.mjs';

export const eventsHeader = 'Level\tDate and Time\tSource\tEvent ID\tTask Category\r\n';

const times = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'medium' });

/** One event with its description of several lines. */
export function event(chance) {
  const time = times.format(chance.later(60_000)).replace(', ', ' ');
  const row = (level, source, id, task, lines) => `${level}\t${time}\t${source}\t${id}\t${task}\t"${lines.join('\r\n')}\r\n"\r\n`;
  if (chance.oneIn(20))
    return row('Error', 'MSExchangeTransport', 2004, 'SmtpSend', [
      `Send connector Outbound to Internet: the connection to ${chance.remote()}:25 was disconnected. `,
      'Event ID: 2004',
      `Remote server mx.fabrikam.com returned: ${chance.of(refusals)}`,
      `The last endpoint attempted was ${chance.remote()}:25`,
    ]);
  const level = chance.of(['Information', 'Information', 'Warning']);
  const source = chance.of(['MSExchangeTransport', 'MSExchange ADAccess', 'MSExchangeIS', 'ESE', 'MSExchange Mailbox Replication', 'Service Control Manager']);
  return row(level, source, chance.of([105, 326, 1016, 1035, 2080, 7036]), chance.of(['General', 'Topology', 'None']), [
    `Process ${chance.of(['EdgeTransport.exe', 'svchost.exe', 'store.worker.exe'])} (PID=${chance.below(30_000)}) looked for directory servers and knows of each what it can do: `,
    ' name | roles | enabled | reachable | synchronized | global catalog | primary | access right | critical data | Netlogon | version of Windows ',
    'In this site:',
    `dc0${chance.below(9)}.contoso.com\tCDG 1 7 7 1 0 1 1 7 1`,
    ` Version 10.0.17763, build 15.2.1748.10, which answered ${chance.remote()} within 0.${chance.below(999)} ms`,
  ]);
}

/** Which server has written a log, where its path or its connector says so. */

/** The folders that Exchange keeps below its own for each of its services. */
const services: ReadonlySet<string> = new Set(['frontend', 'hub', 'mailbox', 'edge', 'messagetracking', 'protocollog', 'connectivity']);

/** What stands above them where the logs were not collected but lie on the server: it names a drive and the product. */
const installed: ReadonlySet<string> = new Set(['logs', 'transportroles', 'logging', 'exchange', 'exchange server', 'microsoft', '..', '.', '']);

/** The folder in which somebody has collected the logs of one server: `ex01/Hub/ProtocolLog/SmtpSend/SEND2026030206-1.LOG` is of `ex01`. */
export function serverOfPath(path: string): string | undefined {
  const folders = path.split(/[\\/]/).slice(0, -1);
  const first = folders.findIndex((folder) => services.has(folder.toLowerCase()));
  const above = folders[first - 1];
  return above === undefined || installed.has(above.toLowerCase()) || !/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/.test(above) ? undefined : above;
}

/** A receive connector is called by its server and its own name: `EX01\Default Frontend EX01`. */
export function serverOfConnector(connector: string | undefined): string | undefined {
  return connector === undefined ? undefined : /^([A-Za-z0-9-]{1,63})\\/.exec(connector)?.[1];
}

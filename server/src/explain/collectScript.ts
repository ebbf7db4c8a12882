/** The PowerShell that copies logs which are missing into a folder, and does nothing else. */

import type { MissingLog } from '../analysis/messages/missingLogs.ts';
import { fits } from './captureShapes.ts';
import { quote } from './powershell.ts';

/** So many logs are collected at once. */
const mostCollected = 200;

/** Where Exchange says that a log lies: the service that has the setting, the setting, and what the names of the files begin with. */
interface LogHome {
  readonly service: 'Transport' | 'FrontEnd' | 'Mailbox';
  readonly setting: 'MessageTrackingLogPath' | 'SendProtocolLogPath' | 'ReceiveProtocolLogPath' | 'ConnectivityLogPath';
  readonly prefix: string;
  /** Where the copies go: our reading knows the service by its folders, as Exchange names them. */
  readonly folder: string;
  /** The part of the path that only this log has. */
  readonly part: string;
}

/**
 * A script for Windows PowerShell 5.1, in ASCII, that copies the files of these logs; undefined where none of them can be named.
 * All that varies in it stands in one table of quoted values.
 */
export function collectScript(missing: readonly MissingLog[]): string | undefined {
  const rows = missing.flatMap((log) => rowOf(log) ?? []);
  const wanted = [...new Set(rows)].slice(0, mostCollected);
  if (wanted.length === 0) return undefined;
  const left = new Set(rows).size - wanted.length;
  return `${heading}${left > 0 ? `# ${left} more logs are missing; collect these first and look again.\n` : ''}$Wanted = @(\n${wanted.join('\n')}\n)\n${copying}`;
}

function rowOf({ server, log, from }: MissingLog): string | undefined {
  const home = homeOf(log);
  const hour = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):/.exec(from)?.slice(1).join('');
  if (!home || hour === undefined || !fits('server', server)) return undefined;
  const { service, setting, prefix, folder, part } = home;
  const values = { Server: server, Service: service, Setting: setting, Filter: `${prefix}${hour}-*.LOG`, Part: part, Folder: folder };
  return `    [pscustomobject]@{ ${Object.entries(values)
    .map(([name, value]) => `${name} = ${quote(value)}`)
    .join('; ')} }`;
}

/** The names of logs that the report has: `SMTP send log (Mailbox, Submission)`. */
function homeOf(log: string): LogHome | undefined {
  const found = /^([A-Za-z ]+?)(?: \((Hub|FrontEnd|Mailbox|Edge|mailbox submission|mailbox delivery|approval)(?:, (Submission|Delivery))?\))?$/.exec(log);
  const [, kind = '', place = 'Hub', below] = found ?? [];
  if (kind === 'Message tracking log') {
    const suffix = { 'mailbox submission': 'MS', 'mailbox delivery': 'MD', approval: 'MA' }[place] ?? '';
    return { service: 'Transport', setting: 'MessageTrackingLogPath', prefix: `MSGTRK${suffix}`, folder: 'MessageTracking', part: '*' };
  }
  const service = place === 'FrontEnd' || place === 'Mailbox' ? place : 'Transport';
  const part = below === undefined ? '*' : `*\\${below}*`;
  const folders = below === undefined ? '' : `\\${below}`;
  if (kind === 'Connectivity log') return { service, setting: 'ConnectivityLogPath', prefix: 'CONNECTLOG', folder: `${place}\\Connectivity${folders}`, part };
  if (kind === 'SMTP send log') return { service, setting: 'SendProtocolLogPath', prefix: 'SEND', folder: `${place}\\ProtocolLog\\SmtpSend${folders}`, part };
  if (kind === 'SMTP receive log') return { service, setting: 'ReceiveProtocolLogPath', prefix: 'RECV', folder: `${place}\\ProtocolLog\\SmtpReceive${folders}`, part };
  return undefined;
}

const heading = `# Copies the logs that are missing here into the folder mailflow-logs below the current one. It changes nothing on the servers.
# Run it in the Exchange Management Shell. It reads the servers' disks over the network, as an administrator can.
# The names of the files have their hour in UTC. A log that is not there may never have been written: protocol logging can be off.
`;

/** Exchange says where its logs lie (Microsoft Learn, Get-TransportService, Get-FrontendTransportService, Get-MailboxTransportService). */
const copying = `$Target = Join-Path -Path (Get-Location).Path -ChildPath 'mailflow-logs'
foreach ($Log in $Wanted) {
    $Service = $null
    if ($Log.Service -eq 'FrontEnd') { $Service = Get-FrontendTransportService -Identity $Log.Server }
    elseif ($Log.Service -eq 'Mailbox') { $Service = Get-MailboxTransportService -Identity $Log.Server }
    else { $Service = Get-TransportService -Identity $Log.Server }
    $LocalPath = [string]$Service.($Log.Setting)
    if ($LocalPath -eq '') {
        Write-Warning -Message ($Log.Server + ' does not say where its ' + $Log.Filter + ' lies.')
        continue
    }
    $Source = '\\\\' + $Log.Server + '\\' + $LocalPath.Replace(':', '$')
    $Files = @(Get-ChildItem -Path $Source -Filter $Log.Filter -Recurse | Where-Object -FilterScript { $_.DirectoryName -like $Log.Part })
    if ($Files.Count -eq 0) { Write-Warning -Message ('Not found: ' + $Log.Filter + ' below ' + $Source) }
    $Folder = Join-Path -Path (Join-Path -Path $Target -ChildPath $Log.Server) -ChildPath $Log.Folder
    foreach ($File in $Files) {
        if (-not (Test-Path -LiteralPath $Folder)) { $null = New-Item -Path $Folder -ItemType Directory }
        Copy-Item -LiteralPath $File.FullName -Destination $Folder
    }
}
`;

/** What is worth a look in the sessions of open logs though nothing failed: found out beside the server, once a log has not changed for a while. */

import { Worker } from 'node:worker_threads';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { NoticeKind } from '../analysis/sessions/notices.ts';
import type { Settings, SeverityChoice } from '../protocol/settings.ts';
import type { LogDocument } from '../service/index.ts';
import type { NoticeOrder, PlacedNotice } from './noticeThread.ts';
import type { OpenDocument } from './openDocuments.ts';

/** So long, in milliseconds, a log must not have changed. */
const quiet = 1_000;

/** In MB: what lives no longer than a part of a log fits in. */
const youngest = 24;

/** How serious each kind is where the settings say nothing, by the id that they name it by. */
export const noticeSeverities: Readonly<Record<NoticeKind, Exclude<SeverityChoice, 'off'>>> = {
  masked: 'warning',
  'tls-unused': 'warning',
  silence: 'information',
  unused: 'information',
  cut: 'information',
};

const severityNumbers = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information } as const;

/** What the notices depend on. */
interface NoticeContext {
  readonly settings: Pick<Settings, 'severity' | 'gapSeconds'>;
  readonly failures: string | undefined;
}

interface Told {
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
}

export class SessionNotices {
  private readonly context: () => NoticeContext;
  private readonly changed: (uri: string) => void;
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Worker>();
  private readonly told = new Map<string, Told>();

  /** @param changed Told of each log whose notices are others now. */
  constructor(context: () => NoticeContext, changed: (uri: string) => void) {
    this.context = context;
    this.changed = changed;
  }

  /** Those of a version of a log, as far as they are known. */
  of({ uri, text }: OpenDocument): readonly Diagnostic[] {
    const told = this.told.get(uri);
    return told?.version === text.version ? told.diagnostics : [];
  }

  /** Looks through a log as soon as it rests. */
  look(document: OpenDocument): void {
    this.stop(document.uri);
    const timer = setTimeout(() => this.begin(document), quiet);
    timer.unref();
    this.waiting.set(document.uri, timer);
  }

  /** Forgets a log that is closed. */
  forget(uri: string): void {
    this.stop(uri);
    this.told.delete(uri);
  }

  private stop(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    void this.running.get(uri)?.terminate();
    this.running.delete(uri);
  }

  private begin({ uri, text, log }: OpenDocument): void {
    this.waiting.delete(uri);
    const { settings, failures } = this.context();
    const wanted = (Object.keys(noticeSeverities) as NoticeKind[]).filter((kind) => settings.severity[idOf(kind)] !== 'off');
    if (wanted.length === 0 || !hasSessions(log)) {
      if (this.told.delete(uri)) this.changed(uri);
      return;
    }
    const order: NoticeOrder = { kind: 'notices', uri, text: text.getText(), failures, gapSeconds: settings.gapSeconds, wanted };
    // Standard output belongs to the protocol.
    const worker = new Worker(__filename, { workerData: order, stdout: true, resourceLimits: { maxYoungGenerationSizeMb: youngest } });
    this.running.set(uri, worker);
    worker.once('message', (notices: readonly PlacedNotice[]) => {
      this.told.set(uri, { version: text.version, diagnostics: notices.map((notice) => toDiagnostic(notice, log, settings.severity)) });
      this.changed(uri);
    });
    // Without notices a log is as readable as before.
    worker.once('error', () => undefined);
    worker.once('exit', () => this.running.get(uri) === worker && this.running.delete(uri));
    worker.unref();
  }
}

function idOf(kind: NoticeKind): string {
  return `session-${kind}`;
}

function hasSessions({ isTooLarge, blocks }: LogDocument): boolean {
  if (isTooLarge) return false;
  for (let index = 0; index < blocks.length; index += 1) if (blocks.isSession(index)) return true;
  return false;
}

/** At the first cell of the row, its time: what is underlined as a whole would look like a failure. */
function toDiagnostic({ kind, line, text, count }: PlacedNotice, log: LogDocument, severities: Settings['severity']): Diagnostic {
  const start = log.offsetAt({ line: line - 1, character: 0 });
  const [cell = ''] = /^[^,\t\r\n]{0,40}/.exec(log.slice(start, start + 40)) ?? [];
  const chosen = severities[idOf(kind)];
  return {
    range: log.range({ start, end: start + cell.length }),
    severity: severityNumbers[chosen === undefined || chosen === 'off' ? noticeSeverities[kind] : chosen],
    source: 'mailflow-lens',
    code: idOf(kind),
    message: `${text.charAt(0).toUpperCase()}${text.slice(1)}.${count > 1 ? ` ${count.toLocaleString('en-US')} sessions in this log.` : ''}`,
  };
}

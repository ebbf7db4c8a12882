/** The sessions of the files that are read: those that are open, and those that wait until all before them can be told. */

import { detached } from '../analysis/copied.ts';
import type { LocatedStep } from '../analysis/locatedSteps.ts';
import { serverOfPath } from '../analysis/serverOfLog.ts';
import { Conversation } from '../analysis/sessions/conversations.ts';
import { noticesOf } from '../analysis/sessions/notices.ts';
import { isAnother, isGivenUp, isLate, isOver, isWaitingForNextAttempt } from '../analysis/sessions/sessionEnds.ts';
import { type JudgedSession, type SessionPlace, tellSession } from '../analysis/sessions/toldSession.ts';
import { type TranscriptRow, transcriptRow } from '../analysis/sessions/transcriptRows.ts';
import { judge, type Verdict } from '../analysis/sessions/verdicts.ts';
import type { Step } from '../values.ts';

export interface BookOptions {
  /** Silences are told that are longer than so many seconds. */
  readonly gapSeconds?: number;
  /** The id of the sessions whose words are wanted. */
  readonly transcriptOf?: string;
  /** Takes the verdict of each session as it ends, with its first line: then nothing else is told, and nothing waits for its turn. */
  readonly takeVerdict?: (verdict: Verdict, place: FirstLine) => void;
}

export interface FirstLine {
  readonly file: string;
  readonly line: number;
}

/**
 * So many sessions can be open, and so many can wait for an open one above them; a log with more of them than any server has is told
 * with the oldest as they stand, or out of order.
 */
const most = { open: 20_000, waiting: 20_000, rows: 100_000 } as const;

/** The texts of so many parts stay in memory with the sessions in them; to copy them costs more than the memory. */
const partsInMemory = 16;

/** A place holds the number of its file and the line. */
const fileFactor = 2 ** 32;

/** A session in its turn. */
interface Entry {
  /** The number of its first file. */
  readonly own: number;
  readonly key: string;
  readonly id: string;
  conversation: Conversation;
  readonly lines: { readonly file: string; readonly startLine: number; endLine: number }[];
  readonly rows: TranscriptRow[] | undefined;
  told: Told | undefined;
}

/** A session that has been judged. One that waits for long is kept as JSON, which takes a quarter of the memory and nothing of its text. */
interface Told extends Pick<JudgedSession, 'place' | 'rows'> {
  judged: Pick<JudgedSession, 'session' | 'notices'> | string;
}

/** In the place of what has been told. */
const closed = new Conversation();

/** Takes steps file by file, and gives sessions in the order of their first rows. */
export class SessionBook {
  private readonly options: BookOptions;
  /** By the form and the direction, then by the id. */
  private readonly open = new Map<string, Map<string, Entry>>();
  private openCount = 0;
  /** In the order of the first rows. */
  private queue: Entry[] = [];
  /** How many of them are judged. */
  private waiting = 0;
  /** Of the files of one log, which goes on from file to file. */
  private files: string[] = [];
  private kind: string | undefined;
  private now = Number.NaN;
  /** What has had rows, or was judged, since texts were copied last. */
  private readonly touched = new Set<Entry>();
  /** How many parts have been taken. */
  private parts = 0;
  /** Those whose attempt to connect has failed. */
  private readonly failed = new Set<Entry>();

  constructor(options: BookOptions = {}) {
    this.options = options;
  }

  beginFile(file: string): void {
    this.endFile();
    const kind = kindOf(file);
    if (kind !== this.kind) this.end();
    this.kind = kind;
    this.files.push(file);
  }

  take(steps: readonly LocatedStep[]): void {
    for (const located of steps) {
      const { step } = located;
      const id = step.ids?.session;
      if (id !== undefined && step.dialogue) this.takeStep(located, id);
    }
  }

  /** The sessions that can be told now, in order. Called when a part has been taken. */
  release(): JudgedSession[] {
    for (const entry of this.failed) if (isGivenUp(entry.conversation, this.now)) this.close(entry);
    let count = 0;
    while (this.queue[count]?.told) count += 1;
    const released = this.queue.slice(0, count);
    if (count > 0) this.queue = this.queue.slice(count);
    if (this.waiting - count > most.waiting) {
      released.push(...this.queue.filter(({ told }) => told));
      this.queue = this.queue.filter(({ told }) => !told);
    }
    this.waiting -= released.length;
    for (const entry of released) this.touched.delete(entry);
    this.parts += 1;
    if (this.parts % partsInMemory === 0) {
      for (const entry of this.touched) settle(entry);
      this.touched.clear();
    }
    return released.map(({ told }) => restored(told as Told));
  }

  /** All that is open is told as it stands. */
  end(): void {
    this.endFile();
    for (const entries of this.open.values()) for (const entry of entries.values()) this.close(entry);
    this.files = [];
    this.kind = undefined;
  }

  private takeStep({ step, line, lastLine, finding }: LocatedStep, id: string): void {
    const at = (this.files.length - 1) * fileFactor + line;
    const entry = this.entryOf(step, id);
    const { conversation, rows, lines } = entry;
    conversation.add(step, at, at + lastLine - line, finding);
    if (rows && rows.length < most.rows) rows.push(detached(transcriptRow(step, at, finding)));
    const file = this.files.at(-1) as string;
    const last = lines.at(-1);
    if (last?.file === file) last.endLine = Math.max(last.endLine, lastLine);
    else lines.push({ file, startLine: line, endLine: lastLine });
    if (!Number.isNaN(conversation.lastMilliseconds)) this.now = conversation.lastMilliseconds;
    this.touched.add(entry);
    if (!conversation.isEnded) this.failed.delete(entry);
    else if (isWaitingForNextAttempt(conversation)) this.failed.add(entry);
    else this.close(entry);
  }

  private entryOf(step: Step, id: string): Entry {
    const key = `${step.format} ${step.direction}`;
    const entries = this.open.get(key) ?? new Map<string, Entry>();
    this.open.set(key, entries);
    const known = entries.get(id);
    if (known && !isAnother(step, known.conversation)) return known;
    if (known) this.closeBefore(known, step);
    if (this.openCount >= most.open) this.closeOldest();
    const kept = detached(id);
    const { gapSeconds, transcriptOf } = this.options;
    const rows = transcriptOf !== undefined && transcriptOf.toLowerCase() === id.toLowerCase() ? [] : undefined;
    const entry: Entry = { own: this.files.length - 1, key, id: kept, conversation: new Conversation(gapSeconds), lines: [], rows, told: undefined };
    entries.set(kept, entry);
    this.openCount += 1;
    if (!this.options.takeVerdict) this.queue.push(entry);
    return entry;
  }

  private close(entry: Entry): void {
    this.open.get(entry.key)?.delete(entry.id);
    this.openCount -= 1;
    this.failed.delete(entry);
    const { conversation, own, lines, rows } = entry;
    const { files } = this;
    const file = files[own] ?? '';
    const { takeVerdict } = this.options;
    if (takeVerdict) {
      this.touched.delete(entry);
      takeVerdict(judge(conversation).verdict, { file, line: lines[0]?.startLine ?? 0 });
      return;
    }
    this.waiting += 1;
    this.touched.add(entry);
    const place = (at: number): SessionPlace => {
      const index = Math.floor(at / fileFactor);
      const line = at % fileFactor;
      return index === own ? { line } : { file: files[index] ?? file, line };
    };
    const judgement = judge(conversation);
    const session = tellSession(conversation, judgement, { file, server: serverOfPath(file), lines, place });
    entry.told = { judged: { session, notices: noticesOf(conversation, judgement) }, place, ...(rows && { rows }) };
    entry.conversation = closed;
  }

  private closeBefore(entry: Entry, step: Step): void {
    if (isLate(step, entry.conversation)) entry.conversation.isEnded = true;
    this.close(entry);
  }

  /** What was silent for longer than any side waits is over, whether the log says so or not. */
  private endFile(): void {
    for (const entries of this.open.values()) for (const entry of entries.values()) this.closeSilent(entry);
  }

  private closeSilent(entry: Entry): void {
    const { conversation } = entry;
    if (!isOver(conversation, this.now)) return;
    // What was silent since an earlier file can have its end in one that is missing.
    if (entry.lines.at(-1)?.file === this.files.at(-1)) conversation.isEnded = true;
    this.close(entry);
  }

  private closeOldest(): void {
    for (const entries of this.open.values()) {
      for (const entry of entries.values()) {
        this.closeSilent(entry);
        if (this.open.get(entry.key)?.get(entry.id) === entry) this.close(entry);
        return;
      }
    }
  }
}

/** The name of a log's file without its numbers: `SEND2026030206-1.LOG` is followed by `SEND2026030207-1.LOG` in the same folder. */
function kindOf(file: string): string {
  const name = /[^\\/]*$/.exec(file)?.[0] ?? '';
  return `${file.slice(0, file.length - name.length)}${name.replace(/\d+/g, '#')}`;
}

/** Texts of a log are windows into a part of it, which would stay in memory with them. */
function settle({ told, conversation }: Entry): void {
  if (!told) conversation.settle();
  else if (typeof told.judged !== 'string') told.judged = JSON.stringify(told.judged);
}

function restored({ judged, place, rows }: Told): JudgedSession {
  const told = typeof judged === 'string' ? (JSON.parse(judged) as Exclude<Told['judged'], string>) : judged;
  return { ...told, place, ...(rows && { rows }) };
}

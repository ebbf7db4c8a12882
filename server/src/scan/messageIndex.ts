/** The messages of files, kept while somebody asks about them: what is new in a file is read when it is asked again, and nothing else. */

import { open, stat } from 'node:fs/promises';
import { Journeys } from '../analysis/messages/journeys.ts';
import { LogHours } from '../analysis/messages/missingLogs.ts';
import type { TimeZone } from '../analysis/times/timeZone.ts';
import type { EncodingOptions } from '../files/encoding.ts';
import { type FoundFile, findFiles } from '../files/findFiles.ts';
import { openable } from '../files/path.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import type { Interruption } from './interruption.ts';
import { readStepStream } from './stepStream.ts';

export interface IndexOptions {
  readonly encoding?: EncodingOptions;
  readonly timeZone?: TimeZone;
}

/** How far a reading is. */
export interface IndexProgress {
  /** The file that is read now, and its number among those that are to be read. */
  readonly file: string;
  readonly number: number;
  readonly files: number;
  readonly bytes: number;
  readonly allBytes: number;
}

/** What is known of a file that was read, to tell whether it has only grown. */
interface ReadFile {
  readonly size: number;
  readonly changed: number;
  /** What the last bytes of it are: of a file that grows they stay where they are. undefined where its last row may be in the making. */
  readonly tail: string | undefined;
  /** The last line that something was taken from. */
  readonly lines: number;
  /** Whether its end was reached. */
  readonly isWhole: boolean;
}

interface ListedFile extends FoundFile {
  readonly size: number;
  readonly changed: number;
}

export class MessageIndex {
  journeys = new Journeys();
  hours = new LogHours();
  private files = new Map<string, ReadFile>();
  private readonly knowledge: KnowledgeBase;
  private readonly options: IndexOptions;

  constructor(knowledge: KnowledgeBase, options: IndexOptions = {}) {
    this.knowledge = knowledge;
    this.options = options;
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /**
   * Reads what has changed below the paths. Of a file that has grown only the new rows are taken. A file that is gone, or that says something
   * else now, cannot be taken out of what was joined, so all files are read anew then. Whoever interrupts it goes on there the next time.
   */
  async *update(paths: readonly string[], interruption: Interruption): AsyncGenerator<IndexProgress> {
    const listed = await list(paths, interruption);
    if (interruption.signal !== undefined) return;
    if (await this.isOutdated(listed)) this.forget();
    const wanted = listed.filter(({ file, size, changed }) => {
      const known = this.files.get(file);
      return !known?.isWhole || known.size !== size || known.changed !== changed;
    });
    const allBytes = wanted.reduce((sum, { size }) => sum + size, 0);
    let bytes = 0;
    for (const [index, file] of wanted.entries()) {
      if (interruption.signal !== undefined) return;
      const progress = { file: file.file, number: index + 1, files: wanted.length, allBytes };
      yield { ...progress, bytes };
      for await (const read of this.read(file, interruption)) yield { ...progress, bytes: bytes + Math.min(read, file.size) };
      bytes += file.size;
    }
  }

  private async isOutdated(listed: readonly ListedFile[]): Promise<boolean> {
    const sizes = new Map(listed.map((file) => [file.file, file]));
    for (const [file, known] of this.files) {
      const now = sizes.get(file);
      if (!now) return true;
      const isSame = now.size === known.size && now.changed === known.changed;
      if (!isSame && (now.size <= known.size || known.tail === undefined || (await tailOf(now, known.size)) !== known.tail)) return true;
    }
    return false;
  }

  private forget(): void {
    this.journeys = new Journeys();
    this.hours = new LogHours();
    this.files = new Map();
  }

  /** Tells how many bytes have been read. */
  private async *read(listed: ListedFile, interruption: Interruption): AsyncGenerator<number> {
    const { file, size, changed } = listed;
    const known = this.files.get(file);
    const tail = await tailOf(listed, size);
    let lines = known?.lines ?? 0;
    let bytes = 0;
    const above = lines;
    const note = (isWhole: boolean): void => void this.files.set(file, { size, changed, tail, lines, isWhole });
    for await (const news of readStepStream({ paths: [file], ...this.options, interruption }, this.knowledge)) {
      if (news.kind === 'begun') {
        this.journeys.beginFile(news.file);
        this.hours.see(news.file);
        note(false);
      } else if (news.kind === 'steps') {
        const fresh = above === 0 ? news.steps : news.steps.filter(({ line }) => line > above);
        this.journeys.take(fresh);
        for (const { line } of fresh) if (line > lines) lines = line;
        note(false);
        bytes += news.bytes;
        yield bytes;
      }
    }
    note(interruption.signal === undefined);
  }
}

async function list(paths: readonly string[], interruption: Interruption): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for await (const found of interruption.until(findFiles(paths, () => undefined))) {
    const status = await stat(openable(found.path)).catch(() => undefined);
    if (status) listed.push({ ...found, size: status.size, changed: status.mtimeMs });
  }
  return listed;
}

/** So many bytes of the end are compared. */
const tailLength = 256;

/** What stands above an offset of a file, where a line ends there. */
async function tailOf({ path }: FoundFile, end: number): Promise<string | undefined> {
  const file = await open(openable(path)).catch(() => undefined);
  if (!file) return undefined;
  try {
    const length = Math.min(end, tailLength);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, end - length);
    const bytes = buffer.subarray(0, bytesRead);
    return bytes.length === 0 || bytes.at(-1) === lineFeed ? bytes.toString('latin1') : undefined;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

const lineFeed = 10;

/** The messages of one text, such as a document that is not on the disk. */
export async function readTextMessages(file: string, text: string, knowledge: KnowledgeBase, options: IndexOptions): Promise<Pick<MessageIndex, 'journeys' | 'hours'>> {
  const [journeys, hours] = [new Journeys(), new LogHours()];
  const standardInput = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  journeys.beginFile(file);
  hours.see(file);
  for await (const news of readStepStream({ paths: ['-'], ...options, standardInput }, knowledge)) if (news.kind === 'steps') journeys.take(news.steps);
  return { journeys, hours };
}

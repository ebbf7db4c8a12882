/** What was read of files last, so that a second question about them need not read them again. It is bounded, and belongs to files as they were then. */

import type { Located } from '../analysis/located.ts';
import type { ReadableFile } from './readableFiles.ts';
import type { ReadSum } from './readSum.ts';

export interface FileReading {
  readonly findings: readonly Located[];
  readonly sum: ReadSum;
}

/** So many findings are kept in all, each some kilobyte, and of so many files at most. */
export const mostFindingsKept = 20_000;
const mostFiles = 20_000;

export class LastReadings {
  private readonly files = new Map<string, FileReading & { readonly stamp: string }>();
  private findings = 0;
  private readonly wholes = new Map<string, { readonly key: string; readonly value: unknown }>();

  ofFile({ path, stamp }: ReadableFile): FileReading | undefined {
    const known = this.files.get(path);
    return known?.stamp === stamp ? known : undefined;
  }

  /** The oldest make room. @param reading Whose findings hold no window into a text. */
  keepFile({ path, stamp }: ReadableFile, { findings, sum }: FileReading): void {
    this.forget(path);
    this.files.set(path, { stamp, findings, sum });
    this.findings += findings.length;
    for (const [oldest] of this.files) {
      if (this.findings <= mostFindingsKept && this.files.size <= mostFiles) return;
      this.forget(oldest);
    }
  }

  /** What was made last of several files: one thing of each kind, for the files as they are. */
  whole<Value>(kind: string, files: readonly ReadableFile[], question: string): Value | undefined {
    const known = this.wholes.get(kind);
    return known?.key === keyOf(files, question) ? (known.value as Value) : undefined;
  }

  keepWhole(kind: string, files: readonly ReadableFile[], question: string, value: unknown): void {
    this.wholes.set(kind, { key: keyOf(files, question), value });
  }

  private forget(path: string): void {
    this.findings -= this.files.get(path)?.findings.length ?? 0;
    this.files.delete(path);
  }
}

function keyOf(files: readonly ReadableFile[], question: string): string {
  return JSON.stringify([question, files.map(({ path, stamp }) => [path, stamp])]);
}

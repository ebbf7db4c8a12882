/** Where the text of a command goes: to standard output, or to a file in UTF-8, whatever a shell would make of it. */

import { type FileHandle, open } from 'node:fs/promises';
import { reasonOf } from '../files/faults.ts';
import { visibleLines } from '../text/visible.ts';
import { write } from './terminal.ts';

/** An output that is written piece by piece. */
export interface Output {
  /** Takes what is harmless already. False where nobody reads on. @throws An error that names the output, where it cannot be written. */
  readonly write: (text: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/**
 * @param path A file to be made anew; without it, standard output.
 * @throws An error that names the file and says why it cannot be written.
 */
export async function openOutput(path: string | undefined): Promise<Output> {
  if (path === undefined) return { write, close: () => Promise.resolve() };
  const told = async <Value>(work: Promise<Value>): Promise<Value> =>
    work.catch((error: unknown) => {
      throw new Error(`--output ${path}: ${reasonOf(error)}`);
    });
  const file: FileHandle = await told(open(path, 'w'));
  return {
    write: async (text) => {
      if (text !== '') await told(file.writeFile(text));
      return true;
    },
    close: () => told(file.close()),
  };
}

/** Writes lines that anybody may have written, such as those of a document, and makes them harmless. */
export async function printTo(path: string | undefined, text: string): Promise<void> {
  const output = await openOutput(path);
  try {
    await output.write(visibleLines(text));
  } finally {
    await output.close();
  }
}

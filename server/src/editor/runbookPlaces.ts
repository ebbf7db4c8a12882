/** Where the runbooks of clients without our commands go: the scratch file, as settings, workspace and open documents have it now. */

import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { RunbookArguments } from '../protocol.ts';
import { type Encoding, readPlacedRunbook, type ScratchFile } from '../service/index.ts';
import { visible } from '../text/visible.ts';
import type { Failure } from '../values.ts';
import type { OpenDocument } from './openDocuments.ts';
import { openScratchFile, scratchUri } from './scratchFiles.ts';

/** What is asked of the server. */
export interface RunbookEdge {
  /** The setting. */
  scratchScript(): string;
  /** The address of the workspace's folder. */
  folder(): string | undefined;
  documents(): readonly OpenDocument[];
  hasLog(uri: string): boolean;
  encoding(): Encoding;
  failure(id: string): Failure | undefined;
  warn(message: string): void;
}

/** A runbook, and the file that it goes into. */
export interface OpenedRunbook {
  readonly file: ScratchFile;
  readonly failure: Failure;
  readonly insertion: RunbookArguments;
}

export interface RunbookPlaces {
  /** Whether there is a place for the runbooks of a log. */
  has(log: string): boolean;
  /** The file for actions that carry their edits; a client asks for them wherever the cursor goes, so what cannot be read is told once, and is no place. */
  open(log: string): Promise<ScratchFile | undefined>;
  /**
   * What a code action or its command brings back. Anybody can send it, so all that counts is a known failure, and the file for a log that is open.
   * @throws ResponseError where the file cannot be read. The user is told, since many editors only log that.
   */
  openPlaced(value: unknown): Promise<OpenedRunbook | undefined>;
}

export function createRunbookPlaces(edge: RunbookEdge): RunbookPlaces {
  let toldLast = '';
  const uriFor = (log: string): string | undefined => scratchUri(edge.scratchScript(), edge.folder(), log);
  const open = async (log: string): Promise<ScratchFile | undefined> => {
    const uri = uriFor(log);
    return uri === undefined ? undefined : openScratchFile(uri, edge.documents(), edge.encoding());
  };
  return {
    has: (log) => uriFor(log) !== undefined,
    open: (log) =>
      open(log).catch(({ message }: Error) => {
        if (message !== toldLast) edge.warn(message);
        toldLast = message;
        return undefined;
      }),
    async openPlaced(value) {
      const { insertion, document } = readPlacedRunbook(value) ?? {};
      const failure = insertion && edge.failure(insertion.failure);
      if (!failure || document === undefined || !edge.hasLog(document)) return undefined;
      const file = await open(document).catch(({ message }: Error) => {
        edge.warn(message);
        throw new ResponseError(LSPErrorCodes.RequestFailed, visible(message));
      });
      return file && { file, failure, insertion };
    },
  };
}

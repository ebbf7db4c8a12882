/** The quick fixes of an editor, and for one without our commands the scratch file that they extend. */

import { type CodeAction, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Failure } from '../failures.ts';
import { type RunbookArguments, showRunbookCommand } from '../protocol/editor.ts';
import { editScratchFile, getCodeActions, getNoticeActions, locateRunbook, readPlacedRunbook, type ScratchFile } from '../service/index.ts';
import { visible } from '../text/visible.ts';
import { openScratchFile, scratchUri } from './scratchFiles.ts';
import type { EditorSession } from './session.ts';

export function offerQuickFixes(connection: Connection, session: EditorSession): void {
  const { messages } = session;
  let toldLast = '';
  /** A client whose actions carry their edits asks for them wherever the cursor goes: the others are given, and the fault is told once. */
  const tellOnce = ({ message }: Error): undefined => {
    if (message !== toldLast) messages.warn(message);
    toldLast = message;
  };
  /** The request fails, and the user is told, since many editors only log that. */
  const refuse = (reason: string): never => {
    messages.warn(reason);
    throw new ResponseError(LSPErrorCodes.RequestFailed, visible(reason));
  };
  const scratchUriFor = (log: string): string | undefined => scratchUri(session.settings.scratchScript, session.folders[0], log);
  /**
   * The scratch file for clients without our commands: in the workspace, or beside the log where there is none.
   * @throws Error with a sentence for the user where what stands there cannot be read.
   */
  const openScratch = async (log: string): Promise<ScratchFile | undefined> => {
    const uri = scratchUriFor(log);
    return uri === undefined ? undefined : openScratchFile(uri, session.documents.all(), session.encoding);
  };
  /** What a code action or its command brings back. Anybody can send it, so all that counts is a known failure, and the scratch file for a log that is open. */
  const openPlaced = async (value: unknown): Promise<{ file: ScratchFile; failure: Failure; insertion: RunbookArguments } | undefined> => {
    const { insertion, document } = readPlacedRunbook(value) ?? {};
    const failure = insertion && session.failures.knowledge.failure(insertion.failure);
    const file = document !== undefined && session.logOf(document) ? await openScratch(document).catch(({ message }: Error) => refuse(message)) : undefined;
    return insertion && failure && file && { file, failure, insertion };
  };

  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const log = session.logOf(textDocument.uri);
    const script = log && (session.client.resolvesEdits ? scratchUriFor(log.uri) && 'later' : await openScratch(log.uri).catch(tellOnce));
    if (!log) return undefined;
    const notices = getNoticeActions(log.uri, session.noticesOf(log.uri), range, context.only, session.client);
    return [...getCodeActions(log, range, context.only, session.client, script || undefined), ...notices];
  });
  connection.onCodeActionResolve(async (action: CodeAction): Promise<CodeAction> => {
    const placed = action.edit ? undefined : await openPlaced(action.data);
    if (!placed) return action;
    const { edit, warning } = editScratchFile(placed.file, placed.failure, placed.insertion, session.client.createsFiles);
    return edit ? { ...action, edit } : refuse(warning);
  });
  connection.onExecuteCommand(async ({ command, arguments: given }) => {
    const placed = command === showRunbookCommand ? await openPlaced(given?.[0]) : undefined;
    if (!placed) throw new ResponseError(ErrorCodes.InvalidParams, 'There is no such command, or no runbook that it could show.');
    const { uri, selection, message, isWarning } = locateRunbook(placed.file, placed.failure, placed.insertion);
    if (isWarning) messages.warn(message);
    // The reader stays in the log, and the script stands beside it. The command does not wait for that: it is the client's turn then.
    void messages.showDocument({ uri, selection, takeFocus: false }).then((isShown) => isShown || isWarning || messages.inform(message));
    return null;
  });
}

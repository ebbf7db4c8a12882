/** What the connected client can do, reduced to what the answers depend on. */

export interface ClientFeatures {
  /** Commands of ours that the client can run; without them a quick fix is an edit. */
  readonly commands: ReadonlySet<string>;
  readonly readsMarkdown: boolean;
  /** Edits with versions and file creation (`documentChanges` and the resource operation `create`). */
  readonly createsFiles: boolean;
  /** The edit of a code action may come later, when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly readsCodeActions: boolean;
  readonly pullsDiagnostics: boolean;
  /** Shows diagnostics that it is sent, beside those that it pulls. */
  readonly takesDiagnostics: boolean;
  /** Completions may have places to fill in. */
  readonly readsSnippets: boolean;
  /** Sends the command of a code action back to the server, after its edit. */
  readonly runsServerCommands: boolean;
}

/** What the client and the server share of the tools for agents: what is asked, and what is answered. */

/** ToolParameters → ToolResult: the answer of a tool, over the open documents and the workspace. */
export const toolRequest = 'mailflowLens/tool';

export interface ToolParameters {
  readonly name: string;
  readonly input: unknown;
  /** So many characters the answer may have, if that matters. */
  readonly budget?: number;
  /** The addresses of the workspace's folders. */
  readonly folders: readonly string[];
  /** The addresses of the documents that the user has open: an editor knows of others, such as the other side of a comparison. */
  readonly documents: readonly string[];
}

export interface ToolResult {
  readonly text: string;
}

/** Reads the failure documents that a user has written, from a folder. */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { bundledData } from './knowledge/bundled.ts';
import type { Fault } from './knowledge/compile.ts';
import { createKnowledgeBase, type KnowledgeBase } from './knowledge/knowledgeBase.ts';

export interface UserKnowledge {
  /** Ours, with the user's failures added. */
  readonly knowledge: KnowledgeBase;
  /** How many documents were read. */
  readonly count: number;
  /** What is wrong with the others; `path` is absolute. */
  readonly faults: readonly Fault[];
}

/**
 * Reads all Markdown files below a folder as failure documents.
 * @param path The folder, absolute or relative to `workspace`.
 * @param workspace The address of the workspace's folder, if there is one.
 * @throws What the file system says where the folder cannot be read.
 */
export async function readUserKnowledge(path: string, workspace?: string): Promise<UserKnowledge> {
  const folder = resolve(workspace?.startsWith('file:') ? fileURLToPath(workspace) : '.', path);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.md')).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const files = await Promise.all(paths.sort().map(async (path) => ({ path: relative(folder, path).split(sep).join('/'), text: await readFile(path, 'utf8') })));
  // The parsers of Markdown and YAML are loaded only where somebody has documents of his own.
  const { addFailures, compileDocuments } = await import('./knowledge/compile.ts');
  const { documents, faults } = compileDocuments(files);
  const failures = documents.map(({ failure }) => failure);
  return {
    knowledge: createKnowledgeBase(addFailures(bundledData(), failures)),
    count: failures.length,
    faults: faults.map((fault) => ({ ...fault, path: join(folder, fault.path) })),
  };
}

/** Shows the faults of documents in an editor, and takes them away again when they are mended. */
export function createFaultReporter(send: (uri: string, diagnostics: Diagnostic[]) => void): (faults: readonly Fault[]) => void {
  let shown = new Set<string>();
  return (faults) => {
    const byUri = new Map<string, Diagnostic[]>();
    for (const { path, line, message } of faults) {
      const uri = pathToFileURL(path).href;
      const range = { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 1_000 } };
      byUri.set(uri, [...(byUri.get(uri) ?? []), { range, severity: DiagnosticSeverity.Error, source: 'mailflow-lens', message }]);
    }
    for (const uri of shown) if (!byUri.has(uri)) send(uri, []);
    for (const [uri, diagnostics] of byUri) send(uri, diagnostics);
    shown = new Set(byUri.keys());
  };
}

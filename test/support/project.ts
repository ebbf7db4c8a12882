/** The project's files as the tests see them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatIds } from '../../server/src/formats/index.ts';
import { createKnowledgeBase, type KnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import type { compileKnowledge } from '../../server/src/knowledge/projectKnowledge.ts';
import { compileOnce } from './compiledKnowledge.ts';

/** The project's folder. The tests run compiled, three folders below it. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** All files below a folder of the project, by name. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

export function readProjectFile(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

let compiled: ReturnType<typeof compileKnowledge> | undefined;

/** The knowledge base with its documents, compiled from the files as they are. */
export function projectKnowledge(): ReturnType<typeof compileKnowledge> {
  compiled ??= compileOnce(
    filesBelow('knowledge').map((path) => ({ path, text: readProjectFile(path) })),
    formatIds,
    readProjectFile('package-lock.json'),
  );
  return compiled;
}

let base: KnowledgeBase | undefined;

export function projectKnowledgeBase(): KnowledgeBase {
  base ??= createKnowledgeBase(projectKnowledge().data);
  return base;
}

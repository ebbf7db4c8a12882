/** The tools for agents as VS Code's manifest declares them, made from their own definitions. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './knowledge.mjs';

/** The names of tools are everybody's in VS Code: ours begin so. client/src/tools.ts takes it away again. */
const prefix = 'mailflow_';

/** @returns {Promise<object[]>} the contribution `languageModelTools` */
export async function declaredTools() {
  const folder = join(root, '.cache');
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { tools: join(root, 'server/src/tools/index.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { tools } = await import(pathToFileURL(join(folder, 'tools.mjs')).href);
  return tools.map(({ name, title, description, purpose, input }) => ({
    name: prefix + name,
    toolReferenceName: prefix + name,
    displayName: title,
    modelDescription: description,
    userDescription: purpose,
    canBeReferencedInPrompt: true,
    icon: '$(mail)',
    tags: ['mail', 'logs', 'exchange'],
    inputSchema: input.json,
  }));
}

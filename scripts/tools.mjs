/** The tools for agents as VS Code's manifest declares them, made from their own definitions. */

import { loadSource } from './source.mjs';

/** The names of tools are everybody's in VS Code: ours begin so. client/src/tools.ts takes it away again. */
const prefix = 'mailflow_';

/** @returns {Promise<object[]>} the contribution `languageModelTools` */
export async function declaredTools() {
  const { tools } = await loadSource('tools/index.ts');
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

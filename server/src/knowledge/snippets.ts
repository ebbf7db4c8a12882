/** Blocks that many runbooks share are written once, below `knowledge/snippets/`, and named in a line of a script: `# snippet: name`. */

import type { Span } from '../values.ts';
import type { Problem } from './yamlFaults.ts';

/** The text of each snippet by its name, without a final line end. */
export type Snippets = Readonly<Record<string, string>>;

const namingLine = /^# snippet:[ \t]*(\S*)[ \t]*$/gm;

/** A page with the snippets in place of the lines that name them; they stand in its PowerShell only. The line ends are plain. */
export function insertSnippets(markdown: string, snippets: Snippets): string {
  if (!markdown.includes('# snippet:')) return markdown;
  return markdown.replace(/^```powershell\n[\s\S]*?^```/gm, (fence) =>
    fence.replace(namingLine, (line, name: string) => (Object.hasOwn(snippets, name) ? (snippets[name] as string) : line)),
  );
}

/**
 * The lines of a script that name a snippet which does not exist.
 * @param script Where the script stands in the text.
 */
export function snippetFaults(text: string, script: Span, snippets: Snippets): Problem[] {
  return [...text.slice(script.start, script.end).matchAll(new RegExp(namingLine.source, 'gm'))].flatMap(({ 0: line, 1: name = '', index }) => {
    if (Object.hasOwn(snippets, name)) return [];
    const start = script.start + index;
    const known = Object.keys(snippets).sort().join(', ');
    return [
      {
        span: { start, end: start + line.trimEnd().length },
        message: `There is no snippet ${name === '' ? 'without a name' : `"${name}"`}. ${known ? `There are ${known}.` : 'There are none.'}`,
      },
    ];
  });
}

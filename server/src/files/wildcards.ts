/** Names with `*` and `?`: the shells of Windows leave them to the program. */

import { readdir, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';

/**
 * Says whether a file's name fits one of some patterns: `*` stands for any characters, `?` for one. Upper and lower case are the same, since
 * Exchange's logs end in `.LOG` and are copied as `.log`.
 */
export function matcherOf(patterns: readonly string[]): (name: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(`^${[...pattern].map(expressionOf).join('')}$`, 'isu'));
  return (name) => expressions.some((expression) => expression.test(name));
}

function expressionOf(character: string): string {
  if (character === '*') return '.*?';
  return character === '?' ? '.' : character.replace(/[\\^$.+()[\]{}|]/, '\\$&');
}

/**
 * The paths that a path with wildcards stands for, in the order of their names; the path itself where it has none, or something is called so.
 * Each part of the path can have some. None where nothing fits.
 */
export async function expandWildcards(path: string): Promise<string[]> {
  if (!/[*?]/.test(path) || (await exists(path))) return [path];
  const { root } = parse(path);
  const parts = path
    .slice(root.length)
    .split(process.platform === 'win32' ? /[\\/]+/ : /\/+/)
    .filter((part) => part !== '');
  let found = [root];
  for (const part of parts) found = (await Promise.all(found.map((folder) => entriesLike(folder, part)))).flat();
  return found;
}

/** The entries of a folder whose names fit, with the folder before them. */
async function entriesLike(folder: string, part: string): Promise<string[]> {
  const path = folder === '' ? part : join(folder, part);
  if (!/[*?]/.test(part)) return (await exists(path)) ? [path] : [];
  const names = await readdir(folder === '' ? '.' : folder).catch(() => []);
  const fits = matcherOf([part]);
  // As shells have it, a name that begins with a dot is meant only where the pattern does so too.
  const isHidden = (name: string): boolean => name.startsWith('.') && !part.startsWith('.');
  return names
    .filter((name) => fits(name) && !isHidden(name))
    .sort((one, other) => (one < other ? -1 : 1))
    .map((name) => (folder === '' ? name : join(folder, name)));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The compiled knowledge base on the disk: made once, and anew where a document or the compiler is another. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KnowledgeFile } from '../../server/src/knowledge/compile.ts';
import { compileKnowledge } from '../../server/src/knowledge/projectKnowledge.ts';

type Compiled = ReturnType<typeof compileKnowledge>;

/** Where the compiled project stands, and with it what was compiled by it. */
const out = fileURLToPath(new URL('../../', import.meta.url));

const home = join(out, 'knowledge.json');

/** What the compiler is made of, beside the packages that the lock file names. */
const compiler = ['server/src/values.js', 'server/src/failures.js', 'server/src/knowledge', 'server/src/text', 'server/src/smtp'];

/** Compiles the files of `knowledge/`, or reads what was compiled of the very same ones by the very same compiler. */
export function compileOnce(files: readonly KnowledgeFile[], formatIds: readonly string[], lockFile: string): Compiled {
  const made = fingerprint(files, `${lockFile}${formatIds}`);
  const kept = readKept();
  if (kept?.made === made) return withFailures(kept.compiled);
  const compiled = compileKnowledge(files, formatIds);
  keep({ made, compiled: { ...compiled, data: { ...compiled.data, failures: [] } } });
  return compiled;
}

interface Kept {
  /** The fingerprint of what it was made of. */
  readonly made: string;
  /** Its data are without the failures, which stand in the documents. */
  readonly compiled: Compiled;
}

/** The failures of the documents and of the data are the same objects, as the compiler makes them. */
function withFailures({ data, ...rest }: Compiled): Compiled {
  return { ...rest, data: { ...data, failures: rest.documents.map(({ failure }) => failure) } };
}

function readKept(): Kept | undefined {
  try {
    return JSON.parse(readFileSync(home, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Several processes may do this at once: each gives the name to a file that is whole. */
function keep(kept: Kept): void {
  const partial = `${home}.${process.pid}`;
  writeFileSync(partial, JSON.stringify(kept));
  renameSync(partial, home);
}

function fingerprint(files: readonly KnowledgeFile[], beside: string): string {
  const hash = createHash('sha256').update(beside);
  const sources = compiler.flatMap((path) => (path.endsWith('.js') ? [path] : scriptsBelow(path)));
  for (const { path, text } of [...files, ...sources.map((path) => ({ path, text: readFileSync(join(out, path), 'utf8') }))]) hash.update(`${path}\0${text.length}\0${text}`);
  return hash.digest('hex');
}

function scriptsBelow(folder: string): string[] {
  return readdirSync(join(out, folder))
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** The licences of what the bundles can hold: all that the product's own code imports, and what that brings along. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './install.mjs';

/** They ask for their notice in every copy and for nothing else. */
const allowed = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0']);

/** Rejects with every library whose licence is not among the allowed ones. */
export async function checkLicences() {
  const { packages } = JSON.parse(await readFile(join(projectFolder, 'package-lock.json'), 'utf8'));
  const libraries = libraryClosure(await importedLibraries(), packages);
  const faults = [...libraries]
    .filter(([, { license }]) => !allowed.has(license))
    .map(([path, { license }]) => `${path.replace(/^node_modules\//, '')} is licensed ${license ?? 'in no known way'}`);
  if (libraries.size === 0) throw new Error('No library was found that the product imports.');
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** The names of the packages that files of the product import, those of types alone left out. */
export async function importedLibraries() {
  const names = new Set();
  for (const folder of ['server/src', 'client/src']) {
    for (const entry of await readdir(join(projectFolder, folder), { recursive: true })) {
      if (!entry.endsWith('.ts')) continue;
      const text = await readFile(join(projectFolder, folder, entry), 'utf8');
      for (const [, name] of text.replace(/^import type .*$/gm, '').matchAll(/(?:from|require\(|import\() ?'((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^']*)?'/g)) {
        if (!name.startsWith('.') && name !== 'vscode') names.add(name);
      }
    }
  }
  return names;
}

/** Those and all that they depend on, by their paths in the lock file. A library can bring others in its own folder. */
function libraryClosure(names, packages) {
  const found = new Map();
  const add = (name, from) => {
    for (let folder = from; ; folder = folder.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      const library = packages[path];
      if (library) {
        if (found.has(path)) return;
        found.set(path, library);
        for (const needed of Object.keys(library.dependencies ?? {})) add(needed, path);
        return;
      }
      if (folder === '') return;
    }
  };
  for (const name of names) add(name, '');
  return found;
}

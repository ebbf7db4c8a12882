/** The notices of the libraries that the bundles hold: their licences ask for them in every copy. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licence texts of all libraries of which something stands in the bundles, one below the other, in the order of their names.
 *
 * @param {string} root what the paths of the metafiles are relative to
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {Promise<string>} rejects where a library has no such text
 */
export async function collectNotices(root, metafiles) {
  const folders = new Set(metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).flatMap(libraryFolder))));
  const notices = await Promise.all([...folders].map((folder) => readNotice(join(root, folder))));
  const heading = 'Mailflow Lens holds parts of these libraries. Their licences follow.\n';
  return [heading, ...[...new Set(notices)].sort()].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the library that a file belongs to; none for our own. A library can bring others in its own folder. */
function libraryFolder(path) {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/'));
  return folder ? [folder[0]] : [];
}

async function readNotice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file)).sort();
  if (files.length === 0) throw new Error(`${name} has no licence text in ${folder}, and cannot be part of a bundle without it.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return `${name} ${version} (${license})\n\n${texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n')}\n`;
}

/** What must be true before a tag is published: `node scripts/release/expectRelease.mjs v0.2.0`. Says all that is not, and ends with 1. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../source.mjs';

const read = (path) => readFile(join(root, path), 'utf8');
const [tag = ''] = process.argv.slice(2);
const manifest = JSON.parse(await read('package.json'));
const faults = [];

if (tag !== `v${manifest.version}`) faults.push(`The tag is ${tag}, but package.json says ${manifest.version}.`);
const heading = new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\] - (.+)$`, 'm').exec(await read('CHANGELOG.md'))?.[1];
if (!heading) faults.push(`CHANGELOG.md has no heading for ${manifest.version}.`);
else if (!/^\d{4}-\d\d-\d\d$/.test(heading)) faults.push(`CHANGELOG.md says "${heading}" where the day of ${manifest.version} belongs.`);
// A repository that the workflow does not run in is one that nobody can open.
const repository = process.env.GITHUB_REPOSITORY;
if (repository && !manifest.repository.url.includes(`/${repository}.git`)) faults.push(`package.json names ${manifest.repository.url}, but this is ${repository}.`);

for (const fault of faults) console.error(fault);
process.exit(faults.length === 0 ? 0 : 1);

/** Runs the bundled command line in a process of its own, in a temporary folder of the test file's own. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Located } from '../../server/src/analysis/located.ts';

export const program = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url));

/** The working folder of every run. It goes away after the last test of the file. */
export const folder = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
after(() => rmSync(folder, { recursive: true, force: true }));

export interface Run {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the program to its end. */
export function run(words: readonly string[], input: string | Uint8Array = '', workingFolder = folder, environment: Readonly<Record<string, string>> = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: workingFolder,
    input,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, output: stdout, errors: stderr };
}

/** The findings of `scan` with these options and paths. */
export function scan(...words: string[]): Located[] {
  return readLines(run(['scan', '--format', 'ndjson', ...words]).output);
}

/** The findings of an output in the form ndjson. */
export function readLines(output: string): Located[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Located);
}

/** Writes a file below the working folder. Returns its path, so that it can stand among the words of a run. */
export function save(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
  return path;
}

/** The first five lines of a send protocol log. */
export const head = `#Software: Microsoft Exchange Server
#Version: 15.02.1748.010
#Log-type: SMTP Send Protocol Log
#Date: 2026-01-15T00:00:00.000Z
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
`.replaceAll('\n', '\r\n');

/** A row of a send protocol log: what the other server answered, in a session of its own. */
export function row(response: string, session = 1, connector = 'Internet', time = '2026-01-15T09:00:00.000Z'): string {
  return `${time},${connector},08DE${String(session).padStart(12, '0')},7,192.0.2.10:40001,198.51.100.25:25,<,"${response.replaceAll('"', '""')}",\r\n`;
}

export const untrusted = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
export const unknown = '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found';
/** A log with the two failures, on its lines 6 and 7. */
export const oneOfEach = head + row(untrusted, 1) + row(unknown, 2);

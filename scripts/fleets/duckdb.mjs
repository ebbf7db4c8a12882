/** Tries how findings go into DuckDB and Parquet, as docs/fleets.md has it: `node scripts/fleets/duckdb.mjs`. The npm package is fetched once into .cache. */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { blocksOf, compare, copyLogs, inFolder, installOnDemand, runProgram, withPaths } from './set.mjs';

const load = createRequire(join(installOnDemand('duckdb', { '@duckdb/node-api': '1.5.6-r.1' }, '70 MB'), 'package.json'));
await inFolder(async (folder) => {
  const logs = join(folder, 'logs');
  copyLogs(logs);
  const written = runProgram(['scan', logs, '--format', 'ndjson']);
  writeFileSync(join(folder, 'findings.ndjson'), written);
  const findings = written
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const counts = new Map();
  for (const { failure, captures } of findings) {
    const key = JSON.stringify([failure, captures.recipientDomain ?? null]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const { DuckDBInstance } = load('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const [page] = blocksOf('DuckDB and Parquet', 'sql');
  const statements = withPaths(page, { "'findings.ndjson'": `'${join(folder, 'findings.ndjson')}'`, "'findings.parquet'": `'${join(folder, 'findings.parquet')}'` }).split(
    /;\s*$/m,
  );
  const results = [];
  for (const statement of statements.filter((text) => text.trim() !== '')) results.push(await connection.runAndReadAll(statement));
  const rows = results
    .at(-1)
    .getRows()
    .map(([failure, domain, count]) => `${Number(count)} ${JSON.stringify([failure, domain])}`);
  compare('failures and domains in the Parquet file, as the scan says', rows.sort(), [...counts].map(([key, count]) => `${count} ${key}`).sort());
});

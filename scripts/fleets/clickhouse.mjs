/**
 * Tries ClickHouse's set-ups of docs/fleets.md, word for word, in the engine itself: `node scripts/fleets/clickhouse.mjs`. The engine is the
 * npm package chdb, 540 MB, fetched once into .cache.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { answersTo, blocksOf, compare, copyLogs, destinationOf, inFolder, installOnDemand, runProgram, withPaths, writeProgram } from './set.mjs';

/** Logs whose lines stand alone: there the pipe knows what a scan knows. */
const loneLines = ['postfix.log', 'sendmail.log'];

const engine = createRequire(join(installOnDemand('clickhouse', { chdb: '3.4.0' }, '540 MB'), 'package.json'));
await inFolder((folder) => {
  const logs = join(folder, 'logs');
  const rows = copyLogs(logs).flatMap((file) => answersTo(join(logs, file)).map(({ line, answer }) => ({ file, line, answer })));
  const session = openSession(folder);
  console.log(`ClickHouse ${session.query('SELECT version()', 'TSVRaw').trim()}, ${rows.length} lines`);
  session.query('CREATE TABLE mail_lines (file String, number UInt64, line String) ENGINE = MergeTree ORDER BY (file, number)');
  insert(session, folder, rows);
  const [grouped] = blocksOf('ClickHouse', 'sql');
  const [, byFile] = blocksOf('ClickHouse', 'sql');
  const found = rows.filter(({ answer }) => answer.category !== undefined);
  compare(
    'failures and destinations by executable(), as the pipe says',
    queried(session, grouped),
    countBy(found, ({ answer }) => [answer.failure ?? '', destinationOf(answer.captures)]).sort(byCount),
  );
  compare('failures of each file by the function, as the pipe says', queried(session, byFile), countBy(found, ({ file, answer }) => [file, answer.failure ?? '']).sort(byKey));
  const places = session.query(
    "SELECT file, number FROM (SELECT file, number, mailflowLens(line) AS answer FROM mail_lines) WHERE JSONHas(answer, 'category') ORDER BY file, number",
    'JSONCompactEachRow',
  );
  const ownPlaces = rows.map(({ file, answer }, number) => [file, number, answer]).filter(([, , answer]) => answer.category !== undefined);
  compare(
    'each answer stands beside its own line',
    lines(places).map(([file, number]) => [file, Number(number)]),
    ownPlaces.map(([file, number]) => [file, number]),
  );
  compareWithScan(session, logs, grouped);
  session.close();
});

function openSession(folder) {
  const scripts = join(folder, 'user_scripts');
  mkdirSync(scripts);
  const [script] = blocksOf('ClickHouse', 'sh');
  const program = join(folder, 'mailflow-lens');
  writeProgram(program);
  writeFileSync(join(scripts, 'mailflow-lens-pipe'), withPaths(script, { 'exec mailflow-lens': `exec ${program}` }), { mode: 0o755 });
  writeFileSync(join(folder, 'mailflow_function.xml'), blocksOf('ClickHouse', 'xml')[0]);
  const configuration = `<clickhouse><user_defined_executable_functions_config>${folder}/*_function.xml</user_defined_executable_functions_config></clickhouse>`;
  writeFileSync(join(folder, 'config.xml'), configuration);
  const { Session } = engine('chdb');
  return new Session(undefined, { connectionArgs: [`--config-file=${join(folder, 'config.xml')}`, `--user_scripts_path=${scripts}`] });
}

function insert(session, folder, rows) {
  const path = join(folder, 'rows.ndjson');
  writeFileSync(path, rows.map(({ file, line }, number) => `${JSON.stringify({ file, number, line })}\n`).join(''));
  session.query(`INSERT INTO mail_lines SELECT * FROM file('${path}', 'JSONEachRow', 'file String, number UInt64, line String')`);
}

/** In a log whose lines stand alone, the page's query tells what a scan of the file tells. */
function compareWithScan(session, logs, grouped) {
  for (const file of loneLines) {
    const findings = lines(runProgram(['scan', join(logs, file), '--format', 'ndjson']));
    const expected = countBy(findings, ({ failure, captures }) => [failure ?? '', destinationOf(captures)]).sort(byCount);
    compare(`${file}, as a scan says`, queried(session, withPaths(grouped, { 'FROM mail_lines': `FROM mail_lines WHERE file = '${file}'` })), expected);
  }
}

function queried(session, query) {
  return lines(session.query(query, 'JSONCompactEachRow')).map(([one, other, count]) => [one, other, Number(count)]);
}

function lines(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function countBy(rows, keyOf) {
  const counts = new Map();
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => [...JSON.parse(key), count]);
}

function byKey(one, other) {
  return compareBytes(one[0], other[0]) || compareBytes(one[1], other[1]);
}

function byCount(one, other) {
  return other[2] - one[2] || byKey(one, other);
}

/** ClickHouse orders texts by their bytes. */
function compareBytes(one, other) {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The tool `summarize_failures`: how often each failure stands in the logs, since when, and for whom. Asked first. */

import { createTally } from '../analysis/tally.ts';
import { DestinationCounts } from './destinationCounts.ts';
import { questionSchema } from './question.ts';
import { findingsOf } from './reading.ts';
import { addSums, nothingRead, readSumSchema } from './readSum.ts';
import { defineTool, Room } from './tool.ts';
import { count, list, noted, nullable, shape, string } from './toolSchema.ts';

const mostFailures = 50;
const mostFiles = 200;

export const summarizeFailures = defineTool({
  name: 'summarize_failures',
  title: 'Summarize mail failures',
  purpose: 'Counts the mail failures in the logs by kind and destination.',
  description: 'Counts the mail failures in the logs by kind and destination, and tells the names of the files. Ask this first.',
  input: questionSchema,
  output: shape({
    read: readSumSchema,
    findings: count(),
    failures: list(
      shape({
        id: string(),
        failure: nullable(string()),
        title: string(),
        severity: string(),
        count: count(),
        firstSeen: nullable(string()),
        lastSeen: nullable(string()),
        otherDestinations: noted(count(), 'Findings for destinations that are not listed'),
        fromLog: shape({ destinations: list(shape({ destination: string(), count: count() })) }),
      }),
    ),
    otherFailures: noted(count(), 'Kinds of failures that are not listed, the rarest'),
    fromLog: shape({ files: list(shape({ file: string(), findings: count() })), otherFiles: count() }),
  }),
  answer: async ({ files, ...question }, context, call) => {
    const { knowledge, words } = context;
    const chosen = await context.files.list(files);
    let read = nothingRead;
    const tally = createTally();
    const destinations = new DestinationCounts();
    const ofFiles = new Map<string, number>();
    const add = (sum: typeof read): void => {
      read = addSums(read, sum);
    };
    for await (const { file, located } of findingsOf(chosen, question, context, call, add)) {
      tally.finding(located, located.failure === null ? undefined : knowledge.failure(located.failure), true);
      destinations.add(located);
      ofFiles.set(file.name, (ofFiles.get(file.name) ?? 0) + 1);
    }
    const { findings, failures } = tally.totals();
    const room = new Room(call);
    const told = failures.slice(0, mostFailures).map(({ id, failure, title, severity, count: found, firstSeen, lastSeen }) => {
      const { listed, others } = destinations.of(id);
      return {
        id,
        failure: failure?.id ?? null,
        title,
        severity,
        count: found,
        firstSeen: firstSeen ?? null,
        lastSeen: lastSeen ?? null,
        otherDestinations: others,
        fromLog: { destinations: listed.map((entry) => ({ destination: words.destination(entry.destination), count: entry.count })) },
      };
    });
    const fitting = room.fitting(told);
    const named = room.fitting(chosen.slice(0, mostFiles).map(({ name }) => ({ file: name, findings: ofFiles.get(name) ?? 0 })));
    return {
      told: {
        read,
        findings,
        failures: fitting,
        otherFailures: failures.length - fitting.length,
        fromLog: { files: named, otherFiles: chosen.length - named.length },
      },
    };
  },
});

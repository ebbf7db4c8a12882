/** The tool `summarize_failures`: how often each failure stands in the logs, since when, and for whom. Asked first. */

import { z } from 'zod';
import { createTally } from '../analysis/tally.ts';
import { ReadCount } from '../scan/news.ts';
import { printableJson } from '../text/visible.ts';
import type { AddTool } from './context.ts';
import { DestinationCounts } from './destinationCounts.ts';
import { logTextNotice, toldResult } from './logWords.ts';
import { questionSchema } from './question.ts';
import { findingsOf } from './reading.ts';

const summary = z.object({
  read: z.object({ files: z.number(), bytes: z.number(), notText: z.number(), unreadable: z.number() }),
  findings: z.number(),
  failures: z.array(
    z.object({
      id: z.string(),
      failure: z.string().nullable(),
      title: z.string(),
      severity: z.string(),
      count: z.number(),
      firstSeen: z.string().nullable(),
      lastSeen: z.string().nullable(),
      otherDestinations: z.number().describe('Findings for destinations that are not listed'),
      fromLog: z.object({ destinations: z.array(z.object({ destination: z.string(), count: z.number() })) }),
    }),
  ),
  otherFailures: z.number().describe('Kinds of failures that are not listed, the rarest'),
  fromLog: z.object({ files: z.array(z.object({ file: z.string(), findings: z.number() })), otherFiles: z.number() }),
});

const mostFailures = 50;
const mostFiles = 200;

export const addSummarizeFailures: AddTool = (server, context) => {
  server.registerTool(
    'summarize_failures',
    {
      title: 'Summarize mail failures',
      description: `Counts the mail failures in the logs by kind and destination, and tells the names of the files. Ask this first. ${logTextNotice}`,
      inputSchema: questionSchema,
      outputSchema: summary,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ files, ...question }, { mcpReq: { signal } }) => {
      const { knowledge, words } = context;
      const chosen = await context.files.list(files);
      const read = new ReadCount();
      const tally = createTally();
      const destinations = new DestinationCounts();
      const ofFiles = new Map<string, number>();
      for await (const { file, located } of findingsOf(chosen, question, context, signal, read)) {
        tally.finding(located, located.failure === null ? undefined : knowledge.failure(located.failure), true);
        destinations.add(located);
        ofFiles.set(file.name, (ofFiles.get(file.name) ?? 0) + 1);
      }
      const { findings, failures } = tally.totals();
      const told: z.infer<typeof summary> = {
        read: { files: read.files, bytes: read.bytes, notText: read.leftOut, unreadable: read.unreadable.length },
        findings,
        failures: failures.slice(0, mostFailures).map(({ id, failure, title, severity, count, firstSeen, lastSeen }) => {
          const { listed, others } = destinations.of(id);
          return {
            id,
            failure: failure?.id ?? null,
            title,
            severity,
            count,
            firstSeen: firstSeen ?? null,
            lastSeen: lastSeen ?? null,
            otherDestinations: others,
            fromLog: { destinations: listed.map((entry) => ({ destination: words.destination(entry.destination), count: entry.count })) },
          };
        }),
        otherFailures: Math.max(0, failures.length - mostFailures),
        fromLog: {
          files: chosen.slice(0, mostFiles).map(({ name }) => ({ file: name, findings: ofFiles.get(name) ?? 0 })),
          otherFiles: Math.max(0, chosen.length - mostFiles),
        },
      };
      return toldResult(told, printableJson(told));
    },
  );
};

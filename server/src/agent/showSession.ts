/** The tool `show_session`: what both sides of one SMTP session said, row by row, and what it came to. */

import { z } from 'zod';
import type { JudgedSession } from '../analysis/sessions/toldSession.ts';
import { readSessionStream } from '../scan/sessionStream.ts';
import { printableJson } from '../text/visible.ts';
import type { AddTool, AgentContext } from './context.ts';
import { logTextNotice, toldResult } from './logWords.ts';
import { readPageCursor, writePageCursor } from './pageCursor.ts';
import { filesSchema, readingEncoding } from './question.ts';
import { interruptionBy } from './reading.ts';

const session = z.object({
  verdict: z.string(),
  direction: z.enum(['send', 'receive']),
  tls: z.string(),
  authentication: z.string().nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  startLine: z.number(),
  endLine: z.number(),
  others: z.number().describe('Further sessions of the same id, which are not told'),
  rows: z.number(),
  fromLog: z.object({
    file: z.string(),
    sessionId: z.string(),
    connector: z.string().nullable(),
    remoteHost: z.string().nullable(),
    remoteEndpoint: z.string().nullable(),
    rows: z.array(
      z.object({
        line: z.number(),
        time: z.string().nullable(),
        speaker: z.enum(['own', 'other', 'none']).describe('own: the server whose log it is'),
        said: z.string(),
        title: z.string().nullable().describe('What the knowledge base says of it'),
      }),
    ),
  }),
  nextCursor: z.string().nullable(),
});

export const addShowSession: AddTool = (server, context) => {
  server.registerTool(
    'show_session',
    {
      title: 'Show one SMTP session',
      description: `Tells one SMTP session of a protocol log row by row. The id is the sessionId of a finding. ${logTextNotice}`,
      inputSchema: z.object({ session: z.string().min(1).max(64), files: filesSchema, limit: z.int().min(1).max(200).default(60), cursor: z.string().max(4_000).optional() }),
      outputSchema: session,
      annotations: { readOnlyHint: true, openWorldHint: false, idempotentHint: true },
    },
    async ({ session: id, files, limit, cursor }, { mcpReq: { signal } }) => {
      const question = { id, files };
      const from = cursor === undefined ? 0 : readPageCursor(cursor, question).told;
      const found = await readSession(id, files, context, signal);
      if (!found) throw new Error('There is no session of this id in the files.');
      const told = tellSessionPage(found, { from, limit }, context, (next) => writePageCursor({ file: '', told: next }, question));
      return toldResult(told, printableJson(told));
    },
  );
};

interface FoundSession {
  readonly judged: JudgedSession;
  readonly file: string;
  readonly others: number;
}

async function readSession(id: string, names: readonly string[] | undefined, context: AgentContext, signal: AbortSignal): Promise<FoundSession | undefined> {
  const files = await context.files.list(names);
  if (files.length === 0) return undefined;
  const order = {
    paths: files.map(({ path }) => path),
    encoding: readingEncoding,
    interruption: interruptionBy(signal),
    transcriptOf: id,
    ...(context.timeZone && { timeZone: context.timeZone }),
  };
  let first: JudgedSession | undefined;
  let others = -1;
  for await (const news of readSessionStream(order, context.knowledge)) {
    signal.throwIfAborted();
    if (news.kind !== 'sessions') continue;
    first ??= news.sessions[0];
    others += news.sessions.length;
  }
  return first && { judged: first, others, file: files.find(({ path }) => path === first?.session.file)?.name ?? '' };
}

function tellSessionPage(
  { judged, file, others }: FoundSession,
  { from, limit }: { readonly from: number; readonly limit: number },
  { words }: AgentContext,
  cursorAt: (next: number) => string,
): z.infer<typeof session> {
  const { session: told, rows = [], place } = judged;
  const remoteHost = told.remoteHost === null ? null : words.destination(told.remoteHost);
  return {
    verdict: told.verdict,
    direction: told.direction,
    tls: told.tls,
    authentication: told.authentication,
    start: told.start,
    end: told.end,
    startLine: told.startLine,
    endLine: told.endLine,
    others,
    rows: rows.length,
    fromLog: {
      file,
      sessionId: words.text(told.sessionId),
      connector: words.textOrNull(told.connector),
      remoteHost,
      remoteEndpoint: words.textOrNull(told.remoteEndpoint),
      rows: rows.slice(from, from + limit).map(({ at, time, speaker, said, title }) => ({
        line: place(at).line,
        time: words.textOrNull(time),
        speaker,
        said: words.text(said),
        title: title ?? null,
      })),
    },
    nextCursor: from + limit < rows.length ? cursorAt(from + limit) : null,
  };
}

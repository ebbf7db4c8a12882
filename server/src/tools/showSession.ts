/** The tool `show_session`: what both sides of one SMTP session said, row by row, and what it came to. */

import type { JudgedSession } from '../analysis/sessions/toldSession.ts';
import { readSessionStream } from '../scan/sessionStream.ts';
import { readPageCursor, writePageCursor } from './pageCursor.ts';
import { cursorSchema, filesSchema } from './question.ts';
import type { ReadableFile } from './readableFiles.ts';
import { orderOf, ReadingProgress } from './reading.ts';
import { defineTool, Room, type ToolCall, type ToolContext } from './tool.ts';
import { count, type Described, list, noted, nullable, oneOf, preset, shape, string } from './toolSchema.ts';

const row = shape({
  line: count(),
  time: nullable(string()),
  speaker: noted(oneOf(['own', 'other', 'none']), 'own: the server whose log it is'),
  said: string(),
  title: noted(nullable(string()), 'What the knowledge base says of it'),
});

const session = shape({
  verdict: string(),
  direction: oneOf(['send', 'receive']),
  tls: string(),
  authentication: nullable(string()),
  start: nullable(string()),
  end: nullable(string()),
  startLine: count(),
  endLine: count(),
  others: noted(count(), 'Further sessions of the same id, which are not told'),
  rows: count(),
  fromLog: shape({
    file: string(),
    sessionId: string(),
    connector: nullable(string()),
    remoteHost: nullable(string()),
    remoteEndpoint: nullable(string()),
    rows: list(row),
  }),
  nextCursor: nullable(string()),
});

export const showSession = defineTool({
  name: 'show_session',
  title: 'Show one SMTP session',
  purpose: 'Shows what both sides of one SMTP session said.',
  description: 'Tells one SMTP session of a protocol log row by row. The id is the sessionId of a finding or of a step of a message.',
  input: shape({ session: string({ shortest: 1, longest: 64 }), files: filesSchema, limit: preset(count(1, 200), 60), cursor: cursorSchema }),
  output: session,
  answer: async ({ session: id, files, limit, cursor }, context, call) => {
    const question = { id, files };
    const from = cursor === undefined ? 0 : readPageCursor(cursor, question).told;
    const found = await readSession(id, await context.files.list(files), context, call);
    if (!found) throw new Error('There is no session of this id in the files.');
    return { told: tellSessionPage(found, { from, limit, cursorAt: (next) => writePageCursor({ file: '', told: next }, question) }, context, call) };
  },
});

interface FoundSession {
  readonly judged: JudgedSession;
  readonly file: string;
  readonly others: number;
}

async function readSession(id: string, files: readonly ReadableFile[], context: ToolContext, call: ToolCall): Promise<FoundSession | undefined> {
  const known = context.memory.whole<FoundSession>('session', files, id);
  if (known || files.length === 0) return known;
  const progress = new ReadingProgress(files, call);
  const sizes = new Map(files.map((file) => [file.path, file]));
  let current: ReadableFile | undefined;
  let first: JudgedSession | undefined;
  let others = -1;
  for await (const news of readSessionStream({ ...orderOf(files, context, call.signal), transcriptOf: id }, context.knowledge)) {
    call.signal.throwIfAborted();
    if (news.kind === 'begun') {
      if (current) progress.finish(current);
      current = sizes.get(news.file);
    }
    if (news.kind !== 'sessions') continue;
    progress.read(news.bytes);
    first ??= news.sessions[0];
    others += news.sessions.length;
  }
  if (!first) return undefined;
  const found = { judged: first, others, file: sizes.get(first.session.file)?.name ?? '' };
  context.memory.keepWhole('session', files, id, found);
  return found;
}

interface Page {
  readonly from: number;
  readonly limit: number;
  readonly cursorAt: (next: number) => string;
}

function tellSessionPage({ judged, file, others }: FoundSession, { from, limit, cursorAt }: Page, { words }: ToolContext, call: ToolCall): Described<typeof session> {
  const { session: told, rows = [], place } = judged;
  // Its host is learnt before the rows are told, in which it stands.
  const remoteHost = told.remoteHost === null ? null : words.destination(told.remoteHost);
  const page = new Room(call).fitting(
    rows.slice(from, from + limit).map(
      ({ at, time, speaker, said, title }): Described<typeof row> => ({
        line: place(at).line,
        time: words.textOrNull(time),
        speaker,
        said: words.text(said),
        title: title ?? null,
      }),
    ),
  );
  const next = from + page.length;
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
      rows: page,
    },
    nextCursor: next < rows.length ? cursorAt(next) : null,
  };
}

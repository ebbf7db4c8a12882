/** The tool `show_overview`: since when something fails, when it last went well, what changed in between, what became of the messages, and which logs are missing. */

import { recipientStatuses } from '../analysis/messages/messageFate.ts';
import type { Onset, ToldPlace } from '../analysis/overview/onsets.ts';
import { type ToldReport, tellReport } from '../analysis/overview/toldReport.ts';
import type { LogWords } from './logWords.ts';
import { missingShape, skewShape, tellMissing } from './messageShape.ts';
import { filesSchema } from './question.ts';
import { readOverview } from './reading.ts';
import { readSumSchema } from './readSum.ts';
import { defineTool, Room } from './tool.ts';
import { count, type Described, list, noted, nullable, preset, shape, string } from './toolSchema.ts';

const place = shape({
  time: noted(nullable(string()), 'In UTC; null where the log does not say the zone'),
  line: count(),
  fromLog: shape({ file: string(), localTime: nullable(string()) }),
});
const cause = shape({ time: nullable(string()), line: count(), fromLog: shape({ file: string(), localTime: nullable(string()), what: string() }) });
const counts = shape(Object.fromEntries(recipientStatuses.map((status) => [status, count()])));

const onset = shape({
  failure: nullable(string()),
  code: string(),
  title: string(),
  severity: string(),
  count: count(),
  recovered: noted(count(), 'Recipients that got their message later'),
  messages: noted(count(), 'Messages that failed, wait or waited because of it'),
  first: place,
  last: place,
  lastSuccess: noted(nullable(place), 'To the same target, before the first failure'),
  before: noted(list(cause), 'What the logs show between the two, likeliest cause first; being before it does not make it the cause'),
  fromLog: shape({ target: string(), recipients: noted(list(string()), 'Some of them') }),
});

const mostMissing = 50;

export const showOverview = defineTool({
  name: 'show_overview',
  title: 'Show the overview of the logs',
  purpose: 'Says since when mail fails, what changed before, and which logs are missing.',
  description:
    'Says since when each failure is there and for which target, when it last went well before, which events stand in between, what became of all messages, and which logs are missing. For "since when", "what changed" and "what is missing".',
  input: shape({ files: filesSchema, limit: preset(count(1, 50), 10) }),
  output: shape({
    read: readSumSchema,
    from: noted(nullable(string()), 'The first time in the logs, in UTC'),
    to: nullable(string()),
    messages: counts,
    recipients: counts,
    probes: noted(count(), 'Messages that servers send themselves to see whether they can'),
    onsets: noted(list(onset), 'The most frequent first'),
    otherOnsets: count(),
    otherMissing: count(),
    fromLog: shape({ skew: noted(list(skewShape), 'Servers whose clocks surely differ'), missing: list(missingShape) }),
  }),
  answer: async ({ files: names, limit }, context, call) => {
    const { words, files: readable } = context;
    const files = await readable.list(names);
    const { overview, sum } = await readOverview(files, context, call);
    const report = tellReport(overview);
    const fileNames = new Map(files.map(({ path, name }) => [path, name]));
    const room = new Room(call);
    // The names of the servers are learnt first: they stand in what is said.
    const skew = Object.entries(report.skew).map(([server, seconds]) => ({ server: words.destination(server), seconds }));
    const missing = room.fitting(tellMissing(report.missing.slice(0, mostMissing), words));
    const onsets = room.fitting(report.onsets.slice(0, limit).map((one) => tellOnset(one, words, (path) => fileNames.get(path) ?? '')));
    return {
      told: {
        read: sum,
        ...countsOf(report),
        onsets,
        otherOnsets: report.onsets.length - onsets.length,
        otherMissing: report.missing.length - missing.length,
        fromLog: { skew, missing },
      },
    };
  },
});

function countsOf({ from, to, messages, recipients, probes }: ToldReport): Pick<ToldReport, 'from' | 'to' | 'messages' | 'recipients' | 'probes'> {
  return { from, to, messages, recipients, probes };
}

function tellOnset(told: Onset, words: LogWords, fileName: (path: string) => string): Described<typeof onset> {
  const { failure, code, title, severity, target, count: found, recovered, messages, recipients, first, last, lastSuccess, before } = told;
  const tellPlace = ({ time, localTime, file, line }: ToldPlace): Described<typeof place> => ({
    time,
    line,
    fromLog: { file: fileName(file), localTime: words.textOrNull(localTime) },
  });
  return {
    failure,
    code,
    title,
    severity,
    count: found,
    recovered,
    messages,
    first: tellPlace(first),
    last: tellPlace(last),
    lastSuccess: lastSuccess && tellPlace(lastSuccess),
    before: before.map(({ what, ...at }) => {
      const { time, line, fromLog } = tellPlace(at);
      return { time, line, fromLog: { ...fromLog, what: words.text(what) } };
    }),
    fromLog: { target: words.destination(target), recipients: recipients.map((address) => words.captures({ recipient: address }).recipient ?? '') },
  };
}

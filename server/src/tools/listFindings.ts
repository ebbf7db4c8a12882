/** The tool `list_findings`: the findings one by one, page by page. */

import { findingShape, tellFinding } from './findingShape.ts';
import { readPageCursor, writePageCursor } from './pageCursor.ts';
import { cursorSchema, questionSchema } from './question.ts';
import { findingsOf } from './reading.ts';
import { defineTool, Room } from './tool.ts';
import { count, type Described, list, nullable, preset, shape, string } from './toolSchema.ts';

export const listFindings = defineTool({
  name: 'list_findings',
  title: 'List mail failures',
  purpose: 'Lists the mail failures in the logs one by one.',
  description: 'Lists the findings in the logs in the order of files and lines, a page at a time: hand nextCursor back with the same question.',
  input: shape({ ...questionSchema.members, limit: preset(count(1, 100), 20), cursor: cursorSchema }),
  output: shape({ findings: list(findingShape), nextCursor: nullable(string()) }),
  answer: async ({ limit, cursor, ...question }, context, call) => {
    const { files: names, ...asked } = question;
    const files = await context.files.list(names);
    const from = cursor === undefined ? undefined : readPageCursor(cursor, question);
    const start = from ? files.findIndex(({ name }) => name === from.file) : 0;
    if (start < 0) throw new Error('The file that the cursor stands in is there no more: ask again without it.');
    const room = new Room(call);
    const findings: Described<typeof findingShape>[] = [];
    let nextCursor: string | null = null;
    for await (const found of findingsOf(files.slice(start), asked, context, call)) {
      if (from && found.file.name === from.file && found.number < from.told) continue;
      const told = findings.length < limit ? tellFinding(found, context) : undefined;
      if (!told || !room.takes(told)) {
        nextCursor = writePageCursor({ file: found.file.name, told: found.number }, question);
        break;
      }
      findings.push(told);
    }
    return { told: { findings, nextCursor } };
  },
});

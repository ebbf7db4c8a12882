/** The tool `list_findings`: the findings one by one, page by page. */

import { z } from 'zod';
import { printableJson } from '../text/visible.ts';
import type { AddTool } from './context.ts';
import { findingShape, tellFinding } from './findingShape.ts';
import { logTextNotice, toldResult } from './logWords.ts';
import { readPageCursor, writePageCursor } from './pageCursor.ts';
import { questionSchema } from './question.ts';
import { findingsOf } from './reading.ts';

const page = z.object({ findings: z.array(findingShape), nextCursor: z.string().nullable() });

export const addListFindings: AddTool = (server, context) => {
  server.registerTool(
    'list_findings',
    {
      title: 'List mail failures',
      description: `Lists the findings in the logs in the order of files and lines, a page at a time: hand nextCursor back with the same question. ${logTextNotice}`,
      inputSchema: questionSchema.extend({ limit: z.int().min(1).max(100).default(20), cursor: z.string().max(4_000).optional() }),
      outputSchema: page,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ limit, cursor, ...question }, { mcpReq: { signal } }) => {
      const { files: names, ...asked } = question;
      const files = await context.files.list(names);
      const from = cursor === undefined ? undefined : readPageCursor(cursor, question);
      const start = from ? files.findIndex(({ name }) => name === from.file) : 0;
      if (start < 0) throw new Error('The file that the cursor stands in is there no more: ask again without it.');
      const findings: z.infer<typeof findingShape>[] = [];
      let nextCursor: string | null = null;
      for await (const found of findingsOf(files.slice(start), asked, context, signal)) {
        if (from && found.file.name === from.file && found.number < from.told) continue;
        if (findings.length === limit) {
          nextCursor = writePageCursor({ file: found.file.name, told: found.number }, question);
          break;
        }
        findings.push(tellFinding(found, context));
      }
      const told = { findings, nextCursor };
      return toldResult(told, printableJson(told));
    },
  );
};

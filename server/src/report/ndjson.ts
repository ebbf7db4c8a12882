/** The output for programs that read line by line: one object a line. */

import type { Report } from './index.ts';
import { LocatedWriter } from './locatedJson.ts';

export function createNdjsonReport(): Report {
  const writer = new LocatedWriter();
  return {
    finding: (located) => `${writer.write(located)}\n`,
    end: () => '',
  };
}

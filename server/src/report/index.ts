/** The outputs of a scan, by the name that --format takes. The first is the default. */

import type { Located } from '../analysis/located.ts';
import type { Totals } from '../analysis/tally.ts';
import type { Failure } from '../failures.ts';
import { createJsonReport } from './json.ts';
import { createMarkdownReport } from './markdown.ts';
import { createNdjsonReport } from './ndjson.ts';
import { createSarifReport } from './sarif.ts';
import { createTextReport } from './text.ts';

/**
 * One output while it is written. Each function returns the text to put out next, which may be empty,
 * so that nothing has to be kept but what the form itself needs.
 */
export interface Report {
  readonly begin?: () => string;
  /** Findings come in the order of the files, then of the text. The failure is absent where only the registry knows the code. */
  readonly finding: (located: Located, failure: Failure | undefined) => string;
  /** Also after an interruption: what was put out before is made whole. */
  readonly end: (totals: Totals) => string;
}

export interface ReportOptions {
  /** The version of this program. */
  readonly version: string;
  /** The project's public address. */
  readonly repository: string;
  /** Whether the text output may use colour. */
  readonly hasColor: boolean;
  /** The URI of a file by its name as shown. */
  readonly uri: (file: string) => string;
}

export const reports = {
  text: createTextReport,
  json: createJsonReport,
  ndjson: createNdjsonReport,
  sarif: createSarifReport,
  markdown: createMarkdownReport,
} as const satisfies Record<string, (options: ReportOptions) => Report>;
export type ReportFormat = keyof typeof reports;

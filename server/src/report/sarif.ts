/** The output for code scanning and SARIF viewers (SARIF 2.1.0, OASIS Standard incorporating Errata 01). */

import type { Invocation, ReportingDescriptor, Result, Run } from 'sarif';
import { findingKey } from '../analysis/findingKey.ts';
import type { Located } from '../analysis/located.ts';
import type { Totals } from '../analysis/tally.ts';
import type { Failure } from '../failures.ts';
import { printableJson, visible } from '../text/visible.ts';
import type { Severity } from '../values.ts';
import type { Report, ReportOptions } from './index.ts';

/** Writes the results first and the failures that occur after them: members of a JSON object have no order, and only the end knows them all. */
export function createSarifReport(options: Pick<ReportOptions, 'version' | 'repository' | 'uri'>): Report {
  const descriptors = new Map<string, { readonly index: number; readonly descriptor: ReportingDescriptor }>();
  let separator = '\n';
  return {
    begin: () => `{ "$schema": ${JSON.stringify(schema)}, "version": "2.1.0", "runs": [{ "results": [`,
    finding: (located, failure) => {
      const { id } = findingKey(located);
      const known = descriptors.get(id) ?? { index: descriptors.size, descriptor: descriptor(id, located, failure) };
      descriptors.set(id, known);
      const text = `${separator}${printableJson(result(id, known.index, located, options.uri(located.file)))}`;
      separator = ',\n';
      return text;
    },
    end: (totals) => {
      // The rest of the run is written as an object of its own, whose opening brace is left out.
      const rest = printableJson(
        run(
          options,
          [...descriptors.values()].map((known) => known.descriptor),
          totals,
        ),
      ).slice(1);
      return `${separator === '\n' ? '' : '\n'}], ${rest}] }\n`;
    },
  };
}

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const levels = { error: 'error', warning: 'warning', information: 'note' } as const satisfies Record<Severity, Result.level>;

function result(id: string, index: number, located: Located, uri: string): Result {
  const { startLine, startColumn, endLine, endColumn } = located;
  const { category, permanence, replyCode, enhancedCode, response, event, time, localTime, captures } = located;
  return {
    ruleId: id,
    ruleIndex: index,
    level: levels[located.severity],
    message: { text: plainMessage(response === null ? located.title : `${located.title}: ${response}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn, endLine, endColumn } } }],
    properties: { category, permanence, replyCode, enhancedCode, response, event, time, ...(localTime === undefined ? {} : { localTime }), captures },
  };
}

/**
 * Text of a result's message: brackets would make a link, and braces a placeholder, of what a remote server wrote
 * (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
function plainMessage(text: string): string {
  return visible(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
}

/** The knowledge base's own words stay as they are: doubled braces would break the PowerShell in them. */
function descriptor(id: string, located: Located, failure: Failure | undefined): ReportingDescriptor {
  const helpUri = failure?.references[0]?.url;
  return {
    id,
    shortDescription: { text: visible(located.title) },
    ...(failure ? { fullDescription: { text: failure.meaning }, help: { text: `${failure.meaning}\n\n${failure.cause}`, markdown: failure.markdown } } : {}),
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: levels[located.severity] },
    properties: { category: located.category },
  };
}

function run(options: Pick<ReportOptions, 'version' | 'repository' | 'uri'>, descriptors: readonly ReportingDescriptor[], totals: Totals): Omit<Run, 'results'> {
  const { version, repository, uri } = options;
  const { findings, shown, files, bytes, leftOut } = totals;
  return {
    tool: { driver: { name: 'Mailflow Lens', version, semanticVersion: version, informationUri: repository, rules: [...descriptors] } },
    invocations: [invocation(totals, uri)],
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    properties: { findings, shown, files, bytes, leftOut },
  };
}

/** A run that has not read everything is no successful one: its results are incomplete (SARIF 2.1.0, 3.20.14 and 3.20.21). */
function invocation({ unreadable, interruption }: Totals, uri: ReportOptions['uri']): Invocation {
  return {
    executionSuccessful: unreadable.length === 0 && interruption === undefined,
    ...(interruption !== undefined && { exitSignalName: interruption }),
    toolExecutionNotifications: unreadable.map(({ file, reason, isPartial }) => ({
      level: isPartial ? 'warning' : 'error',
      message: { text: plainMessage(isPartial ? `Read only in part: ${reason}` : `Could not be read: ${reason}`) },
      locations: [{ physicalLocation: { artifactLocation: { uri: uri(file) } } }],
    })),
  };
}

/** Writes findings as JSON, for the outputs that other programs read. */

import type { Located } from '../analysis/located.ts';
import { printableContent } from '../text/visible.ts';
import type { CaptureName, Captures } from '../values.ts';

/** What a finding says beside its place and its time: few things in a log, said over and over. */
type Said = Pick<Located, 'format' | 'failure' | 'category' | 'title' | 'severity' | 'permanence' | 'replyCode' | 'enhancedCode'>;

/**
 * Writes findings as printableJson writes them, put together by hand in a third of the time: a scan writes nothing else so often.
 * Names of our own vocabulary need no escaping; a test holds the two together.
 */
export class LocatedWriter {
  /** What was last written of the findings with a title, and about what. */
  private readonly known = new Map<string, { readonly said: Said; readonly json: string }>();
  private file = '';
  private fileJson = '""';

  write(located: Located): string {
    const { startLine, startColumn, endLine, endColumn, event, localTime } = located;
    if (located.file !== this.file) {
      this.file = located.file;
      this.fileJson = quoted(located.file);
    }
    const source = event === null ? 'null' : `{"source":${quoted(event.source)},"id":${event.id}}`;
    const local = localTime === undefined ? '' : `"localTime":${quoted(localTime)},`;
    return `{"file":${this.fileJson},"startLine":${startLine},"startColumn":${startColumn},"endLine":${endLine},"endColumn":${endColumn},${this.said(located)},"response":${quoted(located.response)},"event":${source},"time":${quoted(located.time)},${local}"captures":{${members(located.captures)}}}`;
  }

  private said(located: Located): string {
    const known = this.known.get(located.title);
    if (known && isSame(known.said, located)) return known.json;
    const { format, failure, category, title, severity, permanence, replyCode, enhancedCode } = located;
    const json = `"format":"${format}","failure":${quoted(failure)},"category":"${category}","title":${quoted(title)},"severity":"${severity}","permanence":${quoted(permanence)},"replyCode":${replyCode},"enhancedCode":${quoted(enhancedCode)}`;
    this.known.set(title, { said: { format, failure, category, title, severity, permanence, replyCode, enhancedCode }, json });
    return json;
  }
}

/** Whether two findings with the same title say the same. */
function isSame(one: Said, other: Said): boolean {
  return (
    one.enhancedCode === other.enhancedCode &&
    one.replyCode === other.replyCode &&
    one.failure === other.failure &&
    one.permanence === other.permanence &&
    one.severity === other.severity &&
    one.category === other.category &&
    one.format === other.format
  );
}

function quoted(text: string | null): string {
  return text === null ? 'null' : `"${printableContent(text)}"`;
}

function members(captures: Captures): string {
  let written = '';
  for (const name in captures) {
    const value = captures[name as CaptureName];
    if (value !== undefined) written += `${written === '' ? '"' : ',"'}${name}":"${printableContent(value)}"`;
  }
  return written;
}

/** Tells the fields of a delivery report (RFC 3464) that somebody has pasted into any text. */

import { offsetAbove, offsetBelow } from '../../text/lineEnds.ts';
import type { Span } from '../../values.ts';

/** So far above and below a status another field is looked for. */
const reach = 300;

/** In the same report, with the reply itself. */
const diagnosticBelow = /^[^\n]{0,40}(?:\n[ \t>]*[A-Z][A-Za-z-]{2,40}: [^\n]{1,200}){0,4}\n[ \t>]*Diagnostic-Code: ?[A-Za-z-]{2,20} ?; ?[45]\d\d[ -]/;

/** How far the search for fields has come is kept, since it is asked for places that lie close together. */
export class ReportFields {
  private readonly text: string;
  /** Between these offsets no field but a status begins. */
  private emptyFrom = 0;
  private emptyTo = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Whether the code at an offset is the field `Status: 5.1.1` of a report (RFC 3464, 2.3.4): another field stands beside it. */
  isStatus(at: number, stretch: Span): boolean {
    const { text } = this;
    if (!text.startsWith('Status:', at - 8) && !text.startsWith('Status:', at - 7)) return false;
    if (!/(?:^|\n)[ \t>]*Status: ?$/.test(text.slice(Math.max(stretch.start, at - 80), at))) return false;
    // The diagnostic says the same and more.
    if (diagnosticBelow.test(text.slice(at, offsetBelow(text, at, reach, stretch.end)))) return false;
    return this.isFieldBetween(offsetAbove(text, at, reach, stretch.start), offsetBelow(text, at, reach, stretch.end));
  }

  private isFieldBetween(start: number, end: number): boolean {
    const from = this.emptyFrom <= start && start < this.emptyTo ? this.emptyTo : start;
    const unknown = this.text.slice(from, end);
    if (/^[ \t>]*(?:Action|[A-Z][a-z]+-(?:Recipient|MTA|Code)): ?\S/im.test(unknown)) return true;
    this.emptyFrom = start;
    // The last line may go on below.
    this.emptyTo = from + unknown.lastIndexOf('\n') + 1;
    return false;
  }
}

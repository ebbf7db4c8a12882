/** A row of an SMTP protocol log: the columns that every protocol log has, found by their places and not by their names. */

import { comma, digit0, isDigit } from '../../text/characters.ts';
import type { Span } from '../../values.ts';
import { type Columns, type GuessColumns, RowCursor } from './fieldsRow.ts';

/** The numbers of the columns; -1 for one that the log does not have. */
interface Layout {
  readonly columns: Columns | GuessColumns | undefined;
  readonly time: number;
  readonly connector: number;
  readonly session: number;
  readonly sequence: number;
  readonly local: number;
  readonly remote: number;
  readonly event: number;
  readonly data: number;
  readonly context: number;
}

/** A row that is moved from place to place: rows of a session are read by the thousand, most of them only up to the first letter of their data. */
export class ProtocolRow extends RowCursor {
  private layout: Layout = { columns: undefined, time: -1, connector: -1, session: -1, sequence: -1, local: -1, remote: -1, event: -1, data: -1, context: -1 };

  override moveTo(start: number, columns: Columns | GuessColumns, end?: number): void {
    super.moveTo(start, columns, end);
    if (columns === this.layout.columns) return;
    this.layout = {
      columns,
      time: this.place('date-time'),
      connector: this.place('connector-id'),
      session: this.place('session-id'),
      sequence: this.place('sequence-number'),
      local: this.place('local-endpoint'),
      remote: this.place('remote-endpoint'),
      event: this.place('event'),
      data: this.place('data'),
      context: this.place('context'),
    };
  }

  /** The event's character code; NaN where the row has none. */
  get event(): number {
    return this.text.charCodeAt(this.startAt(this.layout.event));
  }

  get time(): string {
    return this.valueAt(this.layout.time);
  }

  get connector(): string {
    return this.valueAt(this.layout.connector);
  }

  get sessionId(): string {
    return this.valueAt(this.layout.session);
  }

  get localEndpoint(): string {
    return this.valueAt(this.layout.local);
  }

  get remoteEndpoint(): string {
    return this.valueAt(this.layout.remote);
  }

  get data(): string {
    return this.valueAt(this.layout.data);
  }

  get context(): string {
    return this.valueAt(this.layout.context);
  }

  get dataCell(): Span {
    return this.cellAt(this.layout.data);
  }

  get contextCell(): Span {
    return this.cellAt(this.layout.context);
  }

  /** Where the text of the data begins; -1 where the row has none. */
  get dataStart(): number {
    return this.startAt(this.layout.data);
  }

  get contextStart(): number {
    return this.startAt(this.layout.context);
  }

  /** Whether the session begins with this row. */
  get isFirst(): boolean {
    const start = this.startAt(this.layout.sequence);
    const behind = this.text.charCodeAt(start + 1);
    return this.text.charCodeAt(start) === digit0 && !isDigit(behind);
  }

  /** Whether the row is of a session whose id stands between its commas as it is. Ids that follow each other differ in their last digits. */
  isOf(id: string): boolean {
    const { text } = this;
    const start = this.startAt(this.layout.session);
    const end = start + id.length;
    return text.charCodeAt(end - 1) === id.charCodeAt(id.length - 1) && text.charCodeAt(end) === comma && text.charCodeAt(start - 1) === comma && text.startsWith(id, start);
  }

  /** The session's id where it stands between its commas as it is. */
  get writtenId(): string | undefined {
    const { start, end } = this.cellAt(this.layout.session);
    return this.text.charCodeAt(start - 1) === comma && this.text.charCodeAt(end) === comma ? this.text.slice(start, end) : undefined;
  }
}

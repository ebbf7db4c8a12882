/** What tells the protocol log of a sending server from that of a receiving one. */

import type { Captures, FormatId, SessionDirection } from '../../values.ts';

/** The two directions of a protocol log: who sends commands, who answers them, and what the connector is called. */
export interface Direction {
  readonly format: FormatId;
  readonly side: SessionDirection;
  /** The event column of a command: `>` where this server sends, `<` where it receives. */
  readonly command: '>' | '<';
  /** The event column of a reply: only a reply can be a failure. */
  readonly reply: '<' | '>';
  connectorCaptures(connector: string): Captures;
}

/** What the rows with `*` of a session say about its message and its certificates, for the failure that follows. */

import { RecentValue } from '../../text/recent.ts';
import { reachAbove } from '../../text/seam.ts';
import type { ProtocolRow } from './protocolRow.ts';

const lowerCase = 0x20;
const letterC = 0x63;
const letterR = 0x72;
const letterS = 0x73;

/** As far as it stands within reach. */
export interface RecalledContext {
  readonly messageId: string | undefined;
  readonly certificateThumbprint: string | undefined;
  readonly certificateSubject: string | undefined;
}

export class ProtocolContext {
  private readonly text: string;
  private readonly messageId = new RecentValue<string>(reachAbove);
  private readonly certificateThumbprint = new RecentValue<string>(reachAbove);
  private readonly certificateSubject = new RecentValue<string>(reachAbove);
  /** Whether the next certificate rows describe the certificate of this server. */
  private readonly isOwnCertificate = new RecentValue<boolean>(reachAbove);

  constructor(text: string) {
    this.text = text;
  }

  recall(at: number): RecalledContext {
    return { messageId: this.messageId.recall(at), certificateThumbprint: this.certificateThumbprint.recall(at), certificateSubject: this.certificateSubject.recall(at) };
  }

  read(row: ProtocolRow): void {
    const context = row.context;
    const messageId = context.includes('InternetMessageId <') ? /InternetMessageId (<[^<>\s]{1,998}>)/.exec(context)?.[1] : undefined;
    if (messageId) this.messageId.remember(row.from, messageId);
    switch (this.text.charCodeAt(row.contextStart) | lowerCase) {
      case letterS:
        if (/^Sending certificate/i.test(context)) this.isOwnCertificate.remember(row.from, true);
        return;
      case letterR:
        if (/^(?:Received|Remote) certificate/i.test(context)) this.isOwnCertificate.remember(row.from, false);
        return;
      case letterC:
        if (!this.isOwnCertificate.recall(row.from)) return;
        if (/^Certificate subject/i.test(context)) this.certificateSubject.remember(row.from, row.data);
        else if (/^Certificate thumbprint/i.test(context)) this.certificateThumbprint.remember(row.from, row.data);
    }
  }
}

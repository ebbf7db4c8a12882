/** What a log can say where a runbook asks: the values as they should be, and anything else. */

import fc from 'fast-check';
import { type CaptureName, type Captures, captureNames } from '../../server/src/values.ts';
import { hostileText } from './hostileText.ts';

export const fitting: Record<CaptureName, string> = {
  sendConnector: 'Outbound to Office 365',
  receiveConnector: 'EX01\\Default Frontend EX01',
  messageId: '<a1b2c3@ex01.contoso.com>',
  recipient: "mike.o'brien@fabrikam.com",
  recipientDomain: 'fabrikam.com',
  sender: 'ada@contoso.com',
  remoteHost: 'mail.fabrikam.com',
  remoteAddress: '203.0.113.7',
  server: 'ex01.contoso.com',
  sessionId: '08DC1CB1A2B3C4D5',
  queue: 'EX01\\12345',
  certificateThumbprint: '5113AE0233A72FCCB75B1D0198628675333D010E',
  certificateSubject: 'CN=mail.contoso.com, O=Contoso',
};

/** Captures in which any value can be hostile, missing, or just what it should be. */
export const hostileCaptures: fc.Arbitrary<Captures> = fc
  .tuple(...captureNames.map((name) => fc.option(fc.oneof(hostileText, fc.constant(fitting[name])), { nil: undefined })))
  .map((values) => Object.fromEntries(captureNames.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]]))) as Captures);

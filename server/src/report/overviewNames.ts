/** What the statuses and verdicts of the contract mean, said beside their names where there is room for a few words. */

import type { RecipientStatus } from '../analysis/messages/messageFate.ts';
import type { Verdict } from '../analysis/sessions/verdicts.ts';

export const statusMeanings: Readonly<Record<RecipientStatus, string>> = {
  failed: 'failed',
  delayed: 'delayed: it still waits',
  'in-transit': 'in-transit: no log shows its end',
  recovered: 'recovered: delivered after a delay',
  delivered: 'delivered',
  expanded: 'expanded: a group, replaced by its members',
  redirected: 'redirected: sent on to another address',
};

export const verdictMeanings: Readonly<Record<Verdict, string>> = {
  delivered: 'delivered: all messages were accepted',
  partial: 'partial: only some messages or recipients were accepted',
  refused: 'refused: with a permanent reply, 5yz',
  deferred: 'deferred: with a reply for now, 4yz',
  'tls-failed': 'tls-failed: encryption could not be set up',
  'auth-failed': 'auth-failed: the sign-in was not accepted',
  'connect-failed': 'connect-failed: no connection was made',
  dropped: 'dropped: it ended before the message was accepted',
  proxied: 'proxied: it only passed bytes on to another server',
  unused: 'unused: no message was sent in it',
  cut: 'cut: its beginning or its end is not in the logs',
};

/** Logs that write a line for each thing that happened: those that keep a session, and those of mail systems and filters whose lines stand for themselves. */

import type { LogFormat } from '../logFormat.ts';
import { amavis } from './amavis.ts';
import { ciscoEsa } from './ciscoEsa.ts';
import { domino } from './domino.ts';
import { exim } from './exim.ts';
import { haraka } from './haraka.ts';
import { hmailserver } from './hmailserver.ts';
import { iisSmtp } from './iisSmtp.ts';
import { kerio } from './kerio.ts';
import { mimecast } from './mimecast.ts';
import { opensmtpd } from './opensmtpd.ts';
import { postfix } from './postfix.ts';
import { powermta } from './powermta.ts';
import { qmail } from './qmail.ts';
import { queueListing } from './queueListing.ts';
import { sendmail } from './sendmail.ts';

export const sessionLines: readonly LogFormat[] = [iisSmtp, hmailserver];
export const systemLines: readonly LogFormat[] = [postfix, sendmail, exim, ciscoEsa, opensmtpd, qmail, amavis, mimecast, haraka, kerio, domino, powermta, queueListing];

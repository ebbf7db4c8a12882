/** Exchange's own logs. Those that name their columns say most of themselves; rows that were copied without the names say little. */

import type { LogFormat } from '../logFormat.ts';
import { agentLog } from './agentLog.ts';
import { connectivity } from './connectivity.ts';
import { messageTracking } from './messageTracking.ts';
import { smtpReceive } from './smtpReceive.ts';
import { smtpSend } from './smtpSend.ts';

export const namedColumns: readonly LogFormat[] = [smtpSend, smtpReceive, messageTracking, connectivity, agentLog];
export { copiedRows } from './copiedRows.ts';
export { exchangeSentences } from './sentences.ts';

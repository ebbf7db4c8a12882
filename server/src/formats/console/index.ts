/** What Exchange's commands print about messages and queues, in its order. */

import type { LogFormat } from '../logFormat.ts';
import { agentLogOutput } from './agentLogOutput.ts';
import { mailflowTest } from './mailflowTest.ts';
import { messageTrace } from './messageTrace.ts';
import { queue } from './queue.ts';
import { trackingOutput } from './trackingOutput.ts';

export const commandOutputs: readonly LogFormat[] = [agentLogOutput, trackingOutput, messageTrace, mailflowTest, queue];

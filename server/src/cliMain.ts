/** Where the bundle of the command line begins: with a command, or, in a thread of it, with the reading of segments. */

import { runCommandLine } from './cli.ts';
import { answerInThread } from './threads.ts';

if (!answerInThread()) void runCommandLine(process.argv);

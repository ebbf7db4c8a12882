/** Where the bundle of the command line begins: with a command, or, in a thread of it, with the reading of segments. */

import { answerInThread } from '../scan/threads.ts';
import { runCommandLine } from './commandLine.ts';

if (!answerInThread()) void runCommandLine(process.argv);

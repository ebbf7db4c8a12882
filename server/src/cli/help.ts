/** What --help says below the options: how files are found and read, and what the exit status means. */

export const programHelp = `
Text of a log is only read: nothing in it is run, and nothing leaves this computer.

Exit status: 0 all went well, 2 wrong use. That of scan also says whether something was found.`;

export const scanHelp = `
Folders are read in the order of their names, without node_modules, .git and files that are no text.
Wildcards are understood where the shell leaves them alone: scan C:\\Logs\\SEND*.LOG. Lists take commas or blanks.
A file that is neither UTF-8 nor UTF-16 is read in the ANSI code page of this computer's language,
or as Windows-1252 where it cannot be that; --encoding names another.
--since and --until compare the findings whose time in UTC is known. All others are kept, and standard error
says how many and why. With --time-zone it is known of local times too, unless the day cannot be told from
the month, or the clocks were put forward or back in that hour.
What could not be read, or only in part, is told on standard error and counted in the output; json and sarif name it.

Exit status: 0 nothing found, 1 something found, 2 wrong use, or something that was named could not be read
or only in part, or the output could not be written, whatever was found.`;

export const sessionsHelp = `
Sessions are read from the protocol logs of Exchange and from the logs of hMailServer and of IIS's SMTP service.
A session that one file of a log begins and the next one ends is told as one; where the log shows only a part of it,
its verdict is "cut". delivered: all recipients were accepted, partial: some. refused: all, for good, deferred: all, for now.
dropped: the connection ended in a transaction without an answer. proxied: it only passed bytes on. unused: no message was sent.

Exit status: 0 nothing failed in the sessions that are told, 1 something failed, 2 wrong use, no session with that id, or something
that was named could not be read or only in part, or the output could not be written.`;

export const messagesHelp = `
Messages are joined over the message tracking and protocol logs of Exchange, its events and bounces, and the logs of Postfix and Exim,
by the message id, the network message id, the ids that servers give a message, and the session. Give it the folders of all servers.
delivered: in a mailbox, or taken over by the next organisation. recovered: it waited first and was delivered later. delayed: it waits.
in-transit: the logs at hand do not show its end. expanded, redirected: others have taken the recipient's place. Subjects are never told.
The messages are told when everything has been read.

Exit status: 0 no message that is told failed or waits, 1 one does, 2 wrong use, no message with that id, or something that was named
could not be read or only in part, or the output could not be written.`;

export const reportHelp = `
For each failure and its connector or destination: when it was first and last seen, the last success before it, and the events between the two,
the likeliest cause first. A failure that stands in several logs is counted once. The logs that are not among the files are known by the
names of those that are. The html is one file without scripts and without anything from another host.

Exit status: 0 nothing failed, 1 something did, 2 wrong use, or something that was named could not be read or only in part,
or the output could not be written.`;

export const explainHelp = `
Exit status: 0 it is explained, 2 nothing is known about it.`;

export const pipeHelp = `
Each line is read as if it stood alone, and answered at once: an empty object where it says nothing, else the failure with its
category, severity, codes, response and what the line names. What needs more than a line, such as an event over
several lines, is not found; scan reads files whole. Of a line of more than a megabyte the beginning is read.

Exit status: 0 the input ended, or nobody reads the answers any more; 2 wrong use.`;

export const mcpHelp = `
An agent starts it by itself; in its settings the command is: mailflow-lens mcp FOLDER
Nothing is run, sent or written. Links that lead out of what is named are not followed. Addresses, hosts and subjects are
replaced by stand-ins, the same one for the same name, unless --reveal is given: then the agent, and whoever runs its
model, reads them. Text of a log is marked as such in every answer.

Exit status: 0 the input ended, 2 wrong use.`;

export const completionHelp = `
bash: add this to ~/.bashrc          source <(mailflow-lens completion bash)
zsh: add this to ~/.zshrc            source <(mailflow-lens completion zsh)
PowerShell: add this to $PROFILE     mailflow-lens completion powershell | Out-String | Invoke-Expression

Exit status: 0 it is written, 2 there is no such shell.`;

export const runbookHelp = `
The runbook is only written, never run. A value without the shape of what it is to be is left out, with a word on standard error.

Exit status: 0 it is written, 2 there is no such failure or variable.`;

export const failuresHelp = `
Exit status: 0 they are listed, 2 wrong use.`;

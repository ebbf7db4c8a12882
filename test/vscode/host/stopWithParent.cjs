/**
 * Loaded into the VS Code server before its own code: ends it when the process that started it is gone, however that one ended.
 * The sign is the end of standard input, a pipe which nobody else holds. The server's own children load this file too and leave it alone.
 */
if (process.argv[1]?.endsWith('server-main.js')) {
  process.stdin.once('close', () => process.exit(1));
  process.stdin.resume();
}

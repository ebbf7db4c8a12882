/** Loaded before a program that is measured: when it ends, it says on its fourth stream what it has used. */

const { writeSync } = require('node:fs');
const process = require('node:process');

process.once('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});

/**
 * Stands in for VS Code's native log writer, which a compiler would have to build.
 * Without it VS Code runs, but its log files and output channels stay empty, and a failed test leaves nothing to read.
 * VS Code import()s this file, so every name is exported by an assignment that Node recognises in CommonJS.
 */
const fs = require('node:fs');
const path = require('node:path');

const levelNames = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

function createLogger(file) {
  let threshold = 0;
  let isBare = false;
  const write = (level) => (message) => {
    if (level < threshold) return;
    const line = isBare ? message : `${new Date().toISOString()} [${levelNames[level]}] ${message}\n`;
    // VS Code deletes the log folder while it shuts down; a line that comes later has no reader.
    try {
      fs.appendFileSync(file, line);
    } catch {}
  };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, '');
  return {
    trace: write(0),
    debug: write(1),
    info: write(2),
    warn: write(3),
    error: write(4),
    critical: write(5),
    getLevel: () => threshold,
    setLevel: (level) => {
      threshold = level;
    },
    clearFormatters: () => {
      isBare = true;
    },
    setPattern() {},
    flush() {},
    drop() {},
  };
}

exports.createRotatingLogger = async (_name, file) => createLogger(file);
exports.createAsyncRotatingLogger = async (_name, file) => createLogger(file);
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};

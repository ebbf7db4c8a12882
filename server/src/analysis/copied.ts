/**
 * A copy of a string, or of what holds strings, that is kept beyond its text. A part of a log's text may be a window into the whole,
 * which then stays in memory as long as the part does.
 */
export function detached<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

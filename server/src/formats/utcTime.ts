/** Times that state their zone. */

/** Exchange's logs and event XML are in UTC and say so with a Z; a text that is no such time gives none. */
export function utcTime(written: string): { readonly time?: string } {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(written)) return {};
  const time = new Date(written);
  return Number.isNaN(time.getTime()) ? {} : { time: time.toISOString() };
}

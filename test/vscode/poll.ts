/** The only way in which the tests inside VS Code wait: for a condition, never for a span of time. */

/** Resolves with the first truthy value of `read`, asked again until `limit` milliseconds have passed; then rejects, naming `what` was awaited. */
export async function until<T>(what: string, read: () => T | PromiseLike<T>, limit = 15_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${limit} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

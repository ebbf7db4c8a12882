/** Bytes that come in chunks, looked at ahead: what is decided from them does not depend on where the chunks end. */

/** The chunks need not stay valid when the next one is asked for. */
export class BytesAhead {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private bytes: Buffer = noBytes;
  private isEnd = false;
  /** What has ended the chunks early. All bytes that came before it can be taken. */
  fault: { readonly error: unknown } | undefined;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.iterator = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes: so many, or as many as there are. They stay where they are, and are valid until more are asked for. */
  async peek(length = usualLength): Promise<Buffer> {
    while (this.bytes.length < length && !this.isEnd) await this.fill();
    return this.bytes.subarray(0, length);
  }

  /** Goes on behind bytes that were peeked at. */
  skip(length: number): void {
    this.bytes = this.bytes.subarray(length);
  }

  /** Goes on behind all bytes of a value. */
  async skipAll(value: number): Promise<void> {
    for (let next = await this.peek(); next.length > 0; next = await this.peek()) {
      let end = 0;
      while (end < next.length && next[end] === value) end += 1;
      this.skip(end);
      if (end < next.length) return;
    }
  }

  /** Goes on behind the next byte of a value; to the end where there is none. */
  async skipThrough(value: number): Promise<void> {
    for (let next = await this.peek(); next.length > 0; next = await this.peek()) {
      const at = next.indexOf(value);
      this.skip(at < 0 ? next.length : at + 1);
      if (at >= 0) return;
    }
  }

  /**
   * All that follows, in chunks. Each is valid until the next one is asked for.
   * @throws The fault, behind all bytes that came before it.
   */
  async *chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (; ; await this.fill()) {
        const { bytes } = this;
        this.bytes = noBytes;
        if (bytes.length > 0) yield bytes;
        if (this.isEnd) break;
      }
    } finally {
      await this.close();
    }
    if (this.fault) throw this.fault.error;
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }

  private async fill(): Promise<void> {
    // Asking for the next chunk gives the memory of this one away.
    if (this.bytes.length > 0) this.bytes = Buffer.from(this.bytes);
    try {
      const { done, value } = await this.iterator.next();
      if (done) this.isEnd = true;
      else this.bytes = this.bytes.length === 0 ? bufferOf(value) : Buffer.concat([this.bytes, value]);
    } catch (error) {
      this.isEnd = true;
      this.fault = { error };
    }
  }
}

const usualLength = 4096;
const noBytes = Buffer.alloc(0);

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

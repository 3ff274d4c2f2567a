/**
 * Follows what a WebSocket server sends, from its HTTP answer on, just far enough to know whether a frame has ended: only
 * there may another one be put in.
 * @see RFC 6455, section 5.2
 */
export class FrameBoundary {
  #isUpgraded = false;
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of the frame's payload that are still to come. */
  #missing = 0;

  get isBetweenFrames(): boolean {
    return this.#isUpgraded && this.#missing === 0 && this.#head.length === 0;
  }

  push(chunk: Buffer): void {
    let rest: Buffer = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    this.#head = Buffer.alloc(0);
    if (!this.#isUpgraded) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) {
        this.#head = rest;
        return;
      }
      this.#isUpgraded = true;
      rest = rest.subarray(end + 4);
    }
    while (rest.length > 0) rest = this.#take(rest);
  }

  /** @returns what follows of it */
  #take(rest: Buffer): Buffer {
    if (this.#missing > 0) {
      const taken = Math.min(this.#missing, rest.length);
      this.#missing -= taken;
      return rest.subarray(taken);
    }
    const size = frameSize(rest);
    if (size === null) {
      this.#head = rest;
      return Buffer.alloc(0);
    }
    this.#missing = size;
    return this.#take(rest);
  }
}

/** Bytes of the frame that begins here, header included; null when its header is not complete. */
function frameSize(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1) & 0x7f;
  const mask = bytes.readUInt8(1) & 0x80 ? 4 : 0;
  if (short < 126) return 2 + mask + short;
  if (short === 126) return bytes.length < 4 ? null : 4 + mask + bytes.readUInt16BE(2);
  return bytes.length < 10 ? null : 10 + mask + Number(bytes.readBigUInt64BE(2));
}

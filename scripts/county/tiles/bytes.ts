/** A growing byte buffer with the few encodings that protocol buffers and PMTiles need. */
export class Bytes {
  private buffer: Uint8Array;
  length = 0;
  constructor(capacity = 1024) {
    this.buffer = new Uint8Array(capacity);
  }

  private room(n: number): void {
    if (this.length + n <= this.buffer.length) return;
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + n));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
  }

  /** @param value - a non-negative integer below 2^53 */
  varint(value: number): void {
    this.room(10);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.length++] = rest;
  }

  /** A field's key: its number and wire type. */
  tag(field: number, wire: 0 | 1 | 2): void {
    this.varint(field * 8 + wire);
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A length-delimited field. */
  field(field: number, bytes: Uint8Array): void {
    this.tag(field, 2);
    this.varint(bytes.length);
    this.raw(bytes);
  }

  text(field: number, value: string): void {
    this.field(field, Buffer.from(value, "utf8"));
  }

  double(field: number, value: number): void {
    this.tag(field, 1);
    const eight = Buffer.alloc(8);
    eight.writeDoubleLE(value);
    this.raw(eight);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/**
 * Reads a request's body and stops at a limit, also when its length was not declared or was declared wrongly.
 * @param maxBytes - as sent, before any decompression
 * @returns null for a body that is larger; what follows of it is not read
 */
export async function readLimited(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return null;
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, size);
}

import "server-only";
import { AwsClient } from "aws4fetch";
import type { ArchiveStore } from "./archive-store";

export type S3Settings = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const TIMEOUT_MS = 60_000;

/** Any S3-compatible storage, addressed by path (`endpoint/bucket/key`). */
export function s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Settings): ArchiveStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 2 });
  const base = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}`;
  const urlOf = (key: string) => `${base}/${key.split("/").map(encodeURIComponent).join("/")}`;
  const refused = (verb: string, status: number) => new Error(`archive storage refused ${verb} with ${status}`);
  return {
    put: async (key, body) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await client.fetch(urlOf(key), { method: "PUT", body: new Uint8Array(body), signal });
      await response.arrayBuffer();
      if (!response.ok) throw refused("PUT", response.status);
    },
    get: async (key, range) => {
      const headers: Record<string, string> = range
        ? { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` }
        : {};
      const response = await client.fetch(urlOf(key), { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      const body = Buffer.from(await response.arrayBuffer());
      if (response.status === 404) return null;
      if (!response.ok) throw refused("GET", response.status);
      // A server that ignores Range sends everything.
      return range && response.status === 200 ? body.subarray(range.offset, range.offset + range.length) : body;
    },
  };
}

import "server-only";
import path from "node:path";
import { env } from "@/server/env";
import { singleton } from "@/server/singleton";
import { fileStore } from "./file-store";
import { s3Store } from "./s3-store";

/** Where history is kept beyond the hot days. Keys are paths with slashes. */
export type ArchiveStore = {
  /** Durable when it resolves; an object is there as a whole or not at all. @throws when it could not be kept */
  put: (key: string, body: Buffer) => Promise<void>;
  /** @param range - first byte and number of bytes; the whole object without it @returns null when there is none */
  get: (key: string, range?: { offset: number; length: number }) => Promise<Buffer | null>;
};

/** S3-compatible storage when `ARCHIVE_S3_ENDPOINT` is set, else `RUNBOARD_DATA/archive`. */
export const archiveStore = (): ArchiveStore =>
  singleton("archive-store", () => {
    const settings = env();
    const { ARCHIVE_S3_ENDPOINT: endpoint, ARCHIVE_S3_BUCKET: bucket, ARCHIVE_S3_REGION: region } = settings;
    if (!endpoint) return fileStore(path.resolve(settings.RUNBOARD_DATA, "archive"));
    const { ARCHIVE_S3_ACCESS_KEY_ID: accessKeyId, ARCHIVE_S3_SECRET_ACCESS_KEY: secretAccessKey } = settings;
    if (!bucket || !accessKeyId || !secretAccessKey) {
      throw new Error("ARCHIVE_S3_BUCKET, ARCHIVE_S3_ACCESS_KEY_ID and ARCHIVE_S3_SECRET_ACCESS_KEY are needed");
    }
    return s3Store({ endpoint, bucket, region, accessKeyId, secretAccessKey });
  });

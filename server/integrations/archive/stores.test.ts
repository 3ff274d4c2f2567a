import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ArchiveStore } from "./archive-store";
import { fileStore } from "./file-store";
import { s3Store } from "./s3-store";

let folder: string;
let server: Server;
const stores: Record<string, ArchiveStore> = {};
const objects = new Map<string, Buffer>();
const seen: string[] = [];

/** As much of S3 as an archive needs. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "store-"));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const key = request.url ?? "";
      seen.push(request.headers.authorization ?? "");
      if (key.includes("refused")) return response.writeHead(403).end("<Error/>");
      if (request.method === "PUT") {
        objects.set(key, Buffer.concat(chunks));
        return response.end();
      }
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
      const found = objects.get(key);
      if (!found) return response.writeHead(404).end("<Error/>");
      if (from && to) return response.writeHead(206).end(found.subarray(Number(from), Number(to) + 1));
      return response.end(found);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  stores.s3 = s3Store({ endpoint, bucket: "runboard", region: "eu-1", accessKeyId: "id", secretAccessKey: "key" });
  stores.files = fileStore(folder);
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe.each(["files", "s3"])("%s", (name) => {
  const store = () => stores[name] as ArchiveStore;

  test("gives back what was put, whole and in part, the last one winning", async () => {
    await store().put("positions/2026-03-03/a.0.gz", Buffer.from("first"));
    await store().put("positions/2026-03-03/a.0.gz", Buffer.from("hello world"));
    expect((await store().get("positions/2026-03-03/a.0.gz"))?.toString()).toBe("hello world");
    expect((await store().get("positions/2026-03-03/a.0.gz", { offset: 6, length: 5 }))?.toString()).toBe("world");
  });

  test("has nothing under a key that was never put", async () =>
    expect(await store().get("positions/none")).toBeNull());
});

test("S3 requests are signed, and a refusal is an error without the answer's text", async () => {
  expect(seen.every((authorization) => authorization.startsWith("AWS4-HMAC-SHA256 Credential=id/"))).toBe(true);
  await expect(stores.s3?.put("refused", Buffer.from("x"))).rejects.toThrow("refused PUT with 403");
});

test("files stay inside their folder and leave no drafts", async () => {
  await expect(stores.files?.put("../x", Buffer.from("x"))).rejects.toThrow("outside");
  expect(await readdir(path.join(folder, "positions/2026-03-03"))).toEqual(["a.0.gz"]);
});

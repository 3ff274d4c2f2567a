import { createDecipheriv } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** @typedef {{ file: string, title: string }} OpenedSheet */

const SET = /^\d{8}T\d{6}Z$/;

/**
 * Opens the newest set of run sheets of each agency into a folder that only its owner can read.
 * @param {{ dir: string, out: string, keys: string, agency?: string | undefined }} options `keys`: as in PHI_KEYS
 * @returns {OpenedSheet[]}
 * @throws Error when there is none, a key is missing, or a sheet was changed or moved
 */
export function openRunSheets({ dir, out, keys, agency }) {
  const agencies = fs.existsSync(dir)
    ? fs.readdirSync(dir).filter((name) => agency === undefined || name === agency)
    : [];
  const sets = agencies.flatMap((name) => newestSet(dir, name));
  if (sets.length === 0) throw new Error(`no run sheets in ${dir}`);
  fs.mkdirSync(out, { recursive: true, mode: 0o700 });
  return sets.flatMap((set) =>
    fs.readdirSync(path.join(dir, set)).map((name) => {
      const html = openSheet(keys, `${set}/${name}`, fs.readFileSync(path.join(dir, set, name), "utf8"));
      const title = unescape(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? name);
      const file = path.join(out, `${title.replaceAll(/[^\w]+/g, "-")}-${name.slice(0, 8)}.html`);
      fs.writeFileSync(file, html, { mode: 0o600 });
      return { file, title };
    }),
  );
}

/** @param {string} dir @param {string} agency */
function newestSet(dir, agency) {
  const sets = fs.readdirSync(path.join(dir, agency)).filter((name) => SET.test(name));
  const newest = sets.sort().at(-1);
  return newest === undefined ? [] : [path.posix.join(agency, newest)];
}

/** @param {string} text */
const unescape = (text) =>
  text.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&#39;", "'");

/**
 * The same seal as the product's patient data (server/security/patient-data.ts), opened with nothing but node.
 * @param {string} keys
 * @param {string} place of the sheet below the folder: bound into it
 * @param {string} sealed
 */
function openSheet(keys, place, sealed) {
  const [version, keyId = "", ...parts] = sealed.split(".");
  const [nonce, tag, body] = parts.map((part) => Buffer.from(part, "base64url"));
  const encoded = keys
    .split(",")
    .map((one) => one.trim().split(":"))
    .find(([id]) => id === keyId)?.[1];
  if (version !== "v1" || !encoded || !nonce || !tag || !body)
    throw new Error(`no key to open ${place} (key ${keyId})`);
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(encoded, "base64"), nonce);
  decipher.setAAD(Buffer.from(`runsheets.html.${place}`));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  } catch {
    // OpenSSL says only that it could not authenticate.
    throw new Error(`${place} was changed or moved, or its key is another one`);
  }
}

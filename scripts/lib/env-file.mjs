import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./pg-home.mjs";

/** Reads `.env` of the checkout, if there is one; what is set already stays. */
export function loadEnvFile() {
  const file = path.join(ROOT, ".env");
  if (!fs.existsSync(file)) return;
  for (const [, name = "", value = ""] of fs.readFileSync(file, "utf8").matchAll(/^([A-Za-z_]\w*)=(.*)$/gm)) {
    const plain = value.trim().replace(/^(["'])(.*)\1$/, "$2");
    if (plain !== "") process.env[name] ??= plain;
  }
}

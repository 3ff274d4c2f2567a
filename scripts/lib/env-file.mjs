import fs from "node:fs";

/** Reads `.env` of the working folder, if there is one; what is set already stays. */
export function loadEnvFile() {
  if (!fs.existsSync(".env")) return;
  for (const [, name = "", value = ""] of fs.readFileSync(".env", "utf8").matchAll(/^([A-Za-z_]\w*)=(.*)$/gm)) {
    const plain = value.trim().replace(/^(["'])(.*)\1$/, "$2");
    if (plain !== "") process.env[name] ??= plain;
  }
}

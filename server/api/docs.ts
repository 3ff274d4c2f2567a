import "server-only";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Runboard API</title>
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/start.js"></script>
  </body>
</html>
`;
const START = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });\n`;
const TYPES: Record<string, string> = { css: "text/css", js: "text/javascript", html: "text/html" };
const FILES = ["swagger-ui.css", "swagger-ui-bundle.js"];
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One file of the browsable docs, all from this server. Null when there is no such file. */
export async function docsFile(name: string): Promise<Response | null> {
  const body = name === "" ? PAGE : name === "start.js" ? START : await swaggerFile(name);
  if (body === null) return null;
  const type = TYPES[name.split(".").at(-1) ?? ""] ?? "text/html";
  return new Response(body, {
    headers: {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Security-Policy": CSP,
      "X-Content-Type-Options": "nosniff",
    },
  });
}

async function swaggerFile(name: string): Promise<string | null> {
  if (!FILES.includes(name)) return null;
  // Resolved at run time: the bundler must not try to pack a browser bundle into the server.
  const folder = dirname(createRequire(join(process.cwd(), "package.json")).resolve("swagger-ui-dist/package.json"));
  return readFile(join(folder, name), "utf8");
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureTool } from "@/scripts/lib/debian-tool.mjs";
import { answers, freePort, waitUntil } from "@/scripts/lib/ports.mjs";

/** What stands in front of web processes in a usual installation. */
const config = (dir: string, port: number, upstreams: number[]) => `
daemon off; master_process off; worker_processes 1; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 2048; }
http {
  access_log off;
  client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy; fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi; scgi_temp_path ${dir}/scgi;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  upstream runboard {
    ${upstreams.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join("\n    ")}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 8m;
    location / {
      proxy_pass http://runboard;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
  }
}`;

/** @throws Error when nginx can be had neither installed nor from a package mirror */
export async function startNginx(parent: string, upstreams: number[]) {
  const { file, env } = await ensureTool("nginx");
  const dir = path.join(parent, "nginx");
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  writeFileSync(path.join(dir, "nginx.conf"), config(dir, port, upstreams));
  const args = ["-p", dir, "-c", path.join(dir, "nginx.conf"), "-e", path.join(dir, "error.log")];
  const child: ChildProcess = spawn(file, args, { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(() => answers(`${url}/api/health`), { timeoutMs: 20_000, what: "nginx did not answer" });
  const stop = async () => {
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  };
  return { url, stop };
}

import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The REST contract tolerates a trailing slash without a redirect; the router there strips it itself.
  skipTrailingSlashRedirect: true,
  // `npm run verify` type-checks with the native compiler, which has no API that `next build` could call.
  // Next writes its folders into the tsconfig it is given, so a build brings one of its own.
  typescript: { ignoreBuildErrors: true, tsconfigPath: process.env.NEXT_TSCONFIG ?? "tsconfig.json" },
  serverExternalPackages: ["postgres", "pg-boss", "@node-rs/argon2", "pino", "prom-client", "pusher"],
  // A build lies in a folder of its own: one that serves is never overwritten.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  devIndicators: false,
};

export default config;

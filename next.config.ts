import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // The REST contract tolerates a trailing slash without a redirect; the router there strips it itself.
  skipTrailingSlashRedirect: true,
  // `npm run verify` type-checks with the native compiler, which has no API that `next build` could call.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres", "pg-boss", "@node-rs/argon2", "pino", "prom-client", "pusher"],
  // Two copies of the console run side by side on different ports; each build keeps to its own folder.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  devIndicators: false,
};

export default config;

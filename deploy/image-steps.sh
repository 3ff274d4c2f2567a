#!/usr/bin/env bash
# What the image is made of, step by step. The Dockerfile runs these steps, and `npm run image:check` runs the same ones
# in a clean Debian where there is no container engine.
#   install         the packages of package-lock.json            (needs package.json, package-lock.json, .npmrc)
#   build           the production build                         (needs the sources)
#   assemble <dir>  what runs, and nothing else, into a folder
set -euo pipefail
cd "$(dirname "$0")/.."
export NEXT_TELEMETRY_DISABLED=1

install_packages() {
  npm ci --include=dev --no-audit --no-fund
}

build() {
  NODE_ENV=production npm run build
}

assemble() {
  local out=$1
  mkdir -p "$out"
  npm prune --omit=dev --no-audit --no-fund
  cp -a package.json next.config.ts .build public drizzle node_modules "$out"/
  rm -rf "$out"/.build/next/cache
}

case "${1:-}" in
  install) install_packages ;;
  build) build ;;
  assemble) assemble "${2:?where to}" ;;
  *)
    echo "usage: $0 install | build | assemble <dir>" >&2
    exit 2
    ;;
esac

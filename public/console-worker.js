// Keeps one page and its files, so that a console can be opened while the server is away. Never keeps an answer of the
// API, nor any page with data in it: what the page shows lies encrypted in the browser's storage.
const CACHE = "runboard-away-1";
const AWAY = "/away";
const REFRESH_EVERY_MS = 3_600_000;
let refreshedAt = 0;

/** The page, and the files that it names; what an older version needed goes. */
async function refresh() {
  const page = await fetch(AWAY, { cache: "no-store" });
  if (!page.ok || page.redirected) return;
  const html = await page.clone().text();
  const files = [...new Set(html.match(/\/_next\/static\/[^"'\\\s<>)]+/g) ?? [])];
  const cache = await caches.open(CACHE);
  for (const file of files) {
    if (!(await cache.match(file))) await cache.add(file);
  }
  await cache.put(AWAY, page);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== AWAY && !files.includes(pathname)) await cache.delete(request);
  }
  refreshedAt = Date.now();
}

const quietly = () => refresh().catch(() => undefined); // the server is away: what is kept stays

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(quietly());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** A page of the console from the server while it answers; else the kept one. */
async function pageOrAway(event) {
  try {
    const fresh = await fetch(event.request);
    if (fresh.status < 500) {
      if (Date.now() - refreshedAt > REFRESH_EVERY_MS) event.waitUntil(quietly());
      return fresh;
    }
    return (await caches.match(AWAY)) ?? fresh;
  } catch (error) {
    const kept = await caches.match(AWAY);
    if (kept) return kept;
    throw error;
  }
}

const isConsolePage = (request, url) =>
  request.mode === "navigate" && !/^\/(drive|sign-in|link|api|metrics|tiles)(\/|$)/.test(url.pathname);

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isConsolePage(event.request, url)) event.respondWith(pageOrAway(event));
  // A file has its content in its name: the kept one is the right one.
  else if (url.pathname.startsWith("/_next/static/"))
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
});

// Keeps the phone page and its own files, so that it opens without signal. Never keeps an answer of the API.
const CACHE = "runboard-drive-1";
const isPage = (request, url) => request.mode === "navigate" && url.pathname.startsWith("/drive");
const isFile = (url) => url.pathname.startsWith("/_next/static/") || /^\/(drive\.webmanifest|icons\/)/.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("runboard-drive-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(forget());
});

/** A file has its content in its name: the kept one is the right one. */
async function fileFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}

/** The page comes from the server while it answers: a sign-out or a new version shows at once. */
async function pageFirst(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && !fresh.redirected) await cache.put("/drive", fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match("/drive");
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (isPage(event.request, url)) event.respondWith(pageFirst(event.request));
  else if (isFile(url)) event.respondWith(fileFirst(event.request));
});

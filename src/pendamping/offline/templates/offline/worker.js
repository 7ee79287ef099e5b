/* Keeps the page that works without a signal, and nothing else: no other page, no name of anybody. */
"use strict";
const MARK = "pendamping-{{ mark }}";
const KEPT = {{ kept|tojson }};

addEventListener("install", (event) => {
  const fresh = KEPT.map((address) => new Request(address, { cache: "reload" }));
  event.waitUntil(caches.open(MARK).then((cache) => cache.addAll(fresh)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("pendamping-") && name !== MARK);
  const drop = (names) => Promise.all(old(names).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const ours = address.origin === location.origin && KEPT.includes(address.pathname);
  if (!ours || event.request.method !== "GET") return;
  const kept = caches.match(address.pathname, { cacheName: MARK });
  event.respondWith(kept.then((found) => found || fetch(event.request)));
});

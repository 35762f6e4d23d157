/**
 * What the browser keeps of the inbox: a page that says there is no connection, and nothing else. Mentions, numbers and
 * drafts always come from the server, so that nobody decides on something old.
 */
const KEPT = 'earshot-offline-1';
const FILES = ['./offline.html', './offline.css', './icon.svg'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(FILES)));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  const old = (names) => names.filter((name) => name !== KEPT).map((name) => caches.delete(name));
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names)))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match('./offline.html')));
    return;
  }
  // Only what the page without a connection is made of; everything else goes its way untouched.
  const path = new URL(request.url).pathname;
  if (FILES.some((file) => path.endsWith(file.slice(1)))) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreSearch: true })));
  }
});

/** From the server, while the inbox may be closed: encrypted for this browser, in its language, without anybody's words. */
self.addEventListener('push', (event) => {
  const { title = 'Earshot', body = '', tag = 'earshot', at = './#/urgent', lang = 'en' } = messageIn(event);
  // A browser takes the permission away from who is woken and shows nothing, so that something is always shown.
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      lang,
      renotify: true,
      icon: './icon-192.png',
      data: { at },
    }),
  );
});

function messageIn(event) {
  try {
    return event.data.json() || {};
  } catch {
    return {};
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { at } = event.notification.data || {};
  event.waitUntil(open(new URL(at || './#/urgent', self.registration.scope).href));
});

/** In the window that is open already, where there is one. */
async function open(href) {
  const [window] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (!window) return self.clients.openWindow(href);
  await window.focus();
  window.postMessage({ kind: 'open', href });
}

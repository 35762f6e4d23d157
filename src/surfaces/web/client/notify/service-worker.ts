/** Where the page without a connection, and notifications, come from. Only on addresses that the browser trusts. */
export function startServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ kind?: string; href?: string }>) => {
    if (data.kind === 'open' && data.href !== undefined) location.hash = new URL(data.href).hash;
  });
  // Without it the inbox works as before.
  navigator.serviceWorker.register('./service-worker.js').catch(() => {});
}

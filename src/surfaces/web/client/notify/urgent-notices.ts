import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Devices, DeviceWish } from '../../device-api.ts';
import { api } from '../api-client.ts';
import { useLive } from '../hooks/live.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { hrefOf } from '../router.ts';
import { subscribeHere, unsubscribeHere } from './push.ts';

const KEPT_AS = 'earshot.notify';
const LOOKED_AT = 20;

/**
 * `insecure`: not at this address. `unable`: not in this browser. `denied`: the browser was told no. `on`: while the inbox is
 * open; `push`: the server tells this browser, also while it is closed.
 */
export type NoticeState = 'insecure' | 'unable' | 'denied' | 'off' | 'on' | 'push';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stateNow(): NoticeState {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window) || !('serviceWorker' in navigator)) return 'unable';
  if (Notification.permission === 'denied') return 'denied';
  const kept = Notification.permission === 'granted' ? localStorage.getItem(KEPT_AS) : null;
  return kept === 'on' || kept === 'push' ? kept : 'off';
}

/** Whether this browser tells of urgent mentions. Off until somebody asks for it. */
export const useNoticeState = (): NoticeState => useSyncExternalStore(subscribe, stateNow);

/**
 * Asks the browser, which asks the person. Only ever from a button. Where no push service can be had, the open inbox tells
 * by itself, and `failed` is what the browser or the server said to it.
 */
export async function turnOn(
  who: string,
  wish: DeviceWish,
): Promise<{ devices: Devices } | { failed: unknown } | undefined> {
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') return changed(null);
  try {
    const devices = await subscribeHere(who, wish);
    changed('push');
    return { devices };
  } catch (thrown) {
    changed('on');
    return { failed: thrown };
  }
}

/** @param id of this browser among the devices, where it is one */
export async function turnOff(id: string | undefined): Promise<void> {
  changed(null);
  await unsubscribeHere(id);
}

function changed(to: 'on' | 'push' | null): undefined {
  if (to === null) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, to);
  for (const listener of listeners) listener();
}

/**
 * Tells of each urgent mention that comes in while nobody looks at this page, once. What it is about and where it was said
 * is shown, never the author's words: a locked screen is read by others.
 */
export function useUrgentNotices(): void {
  const { tide } = useLive();
  const state = useNoticeState();
  const { t, f, lang } = useWords();
  const titleOf = useTypeTitle();
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    if (state !== 'on') return;
    let over = false;
    const look = async () => {
      const { rows } = await api.queue({ view: 'urgent', limit: LOOKED_AT });
      if (over) return;
      const fresh = rows.filter(({ mention }) => known.current !== undefined && !known.current.has(mention.id));
      known.current = new Set([...(known.current ?? []), ...rows.map(({ mention }) => mention.id)]);
      if (document.hasFocus()) return;
      for (const { mention, assessment } of fresh) {
        const what = assessment ? titleOf(assessment.problemType) : t.views.urgent;
        await show(f.pair(t.views.urgent, what), {
          body: mention.place ?? mention.platform,
          tag: mention.id,
          lang,
          data: { at: `./${hrefOf({ page: 'inbox', view: 'urgent', id: mention.id, filters: {} })}` },
        });
      }
    };
    // Numbered by the tide: each change that may have brought something is one look.
    void tide;
    look().catch(() => {});
    return () => {
      over = true;
    };
  }, [tide, state, t, f, lang, titleOf]);
}

async function show(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(title, { ...options, icon: './icon-192.png' });
}

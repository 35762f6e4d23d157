import { useEffect, useRef, useSyncExternalStore } from 'react';
import { api } from '../api-client.ts';
import { useLive } from '../hooks/live.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { hrefOf } from '../router.ts';

const KEPT_AS = 'earshot.notify';
const LOOKED_AT = 20;

/** `unable`: not in this browser, or not at this address. `denied`: the browser was told no. */
export type NoticeState = 'unable' | 'denied' | 'off' | 'on';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stateNow(): NoticeState {
  if (!('Notification' in window) || !('serviceWorker' in navigator)) return 'unable';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && localStorage.getItem(KEPT_AS) === 'on' ? 'on' : 'off';
}

/** Whether this browser tells of urgent mentions. Off until somebody asks for it. */
export const useNoticeState = (): NoticeState => useSyncExternalStore(subscribe, stateNow);

/** Asks the browser, which asks the person. Only ever from a button. */
export async function turnOn(): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer === 'granted') localStorage.setItem(KEPT_AS, 'on');
  for (const listener of listeners) listener();
}

export function turnOff(): void {
  localStorage.removeItem(KEPT_AS);
  for (const listener of listeners) listener();
}

/**
 * Tells of each urgent mention that comes in while nobody looks at this page, once. What it is about and where it was said
 * is shown, never the author's words: a locked screen is read by others.
 */
export function useUrgentNotices(): void {
  const { tide } = useLive();
  const state = useNoticeState();
  const { t, lang } = useWords();
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
        await show(`${t.views.urgent}: ${what}`, {
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
  }, [tide, state, t, lang, titleOf]);
}

async function show(title: string, options: NotificationOptions): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(title, { ...options, icon: './icon-192.png' });
}

import { Button } from '@mantine/core';
import { useWords } from '../i18n/index.tsx';
import { turnOff, turnOn, useNoticeState } from './urgent-notices.ts';

/** Whether this browser tells of urgent mentions, and the button that asks for it. */
export function NoticesCard() {
  const { t } = useWords();
  const state = useNoticeState();
  return (
    <section className="card" aria-labelledby="notify">
      <h2 id="notify">{t.notify.title}</h2>
      <p className="soft">{t.notify.hint}</p>
      {state === 'off' && (
        <Button variant="default" onClick={() => void turnOn()}>
          {t.notify.turnOn}
        </Button>
      )}
      {state === 'on' && (
        <>
          <p role="status">
            <span className="tag tag-green">{t.notify.on}</span>
          </p>
          <Button variant="default" onClick={turnOff}>
            {t.notify.turnOff}
          </Button>
        </>
      )}
      {state === 'denied' && <p role="status">{t.notify.denied}</p>}
      {state === 'unable' && <p role="status">{t.notify.unable}</p>}
      <p className="soft small">{t.notify.install}</p>
    </section>
  );
}

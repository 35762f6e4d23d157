import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceInfo, Devices, DeviceWish } from '../../device-api.ts';
import { ApiFailure, api } from '../api-client.ts';
import { say } from '../hooks/notices.ts';
import { KEYS, useKnownMe } from '../hooks/queries.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { browserIn } from '../ui/browser-in.ts';
import { DeviceForm } from './device-form.tsx';
import { firstWish, keepWish } from './push.ts';
import { turnOff, turnOn, useNoticeState } from './urgent-notices.ts';
import './notify.css';

/** Whether this browser tells of what happens, also while it is closed, and what it tells of. */
export function NoticesCard() {
  const { t, lang } = useWords();
  const { name } = useKnownMe();
  const client = useQueryClient();
  const state = useNoticeState();
  const [problem, setProblem] = useState<string>();
  const { data } = useQuery({ queryKey: KEYS.devices, queryFn: api.devices });
  const here = data?.devices.find((device) => device.here);
  const keep = (devices: Devices) => client.setQueryData(KEYS.devices, devices);

  /** Does it, and says in words why it could not. */
  const attempt = async (work: () => Promise<Devices | undefined>) => {
    setProblem(undefined);
    try {
      const devices = await work();
      if (devices) keep(devices);
    } catch (thrown) {
      setProblem(failureWords(thrown, t));
      await client.invalidateQueries({ queryKey: KEYS.devices });
    }
  };
  const start = () =>
    attempt(async () => {
      const outcome = await turnOn(name, firstWish(lang));
      // What a browser says of it is for those who made it.
      if (outcome && 'failed' in outcome)
        setProblem(outcome.failed instanceof ApiFailure ? failureWords(outcome.failed, t) : t.notify.noService);
      return outcome && 'devices' in outcome ? outcome.devices : undefined;
    });
  const stop = () =>
    attempt(async () => {
      await turnOff(here?.id);
      return api.devices();
    });
  const save = (device: DeviceInfo) => (wish: DeviceWish) =>
    attempt(async () => {
      const devices = await api.changeDevice(device.id, wish);
      keepWish(name, wish);
      say({ kind: 'done', text: t.notify.saved });
      return devices;
    });
  const test = ({ id }: DeviceInfo) =>
    attempt(async () => {
      const devices = await api.testDevice(id);
      say({ kind: 'done', text: t.notify.tested });
      return devices;
    });
  const on = state === 'on' || state === 'push';
  return (
    <section className="card" aria-labelledby="notify">
      <h2 id="notify">{t.notify.title}</h2>
      <p className="soft">{t.notify.hint}</p>
      {state === 'off' && (
        <Button variant="default" onClick={() => void start()}>
          {t.notify.turnOn}
        </Button>
      )}
      {on && (
        <p role="status">
          <span className="tag tag-green">{t.notify.on}</span>{' '}
          {state === 'push' ? t.notify.whenClosed : t.notify.whileOpen}
        </p>
      )}
      {problem && (
        <p role="alert" className="notify-problem">
          {problem}
        </p>
      )}
      {state === 'push' && here && <DeviceForm key={here.id} device={here} onSave={save(here)} />}
      {on && (
        <div className="notify-actions">
          {state === 'push' && here && (
            <Button variant="default" onClick={() => void test(here)}>
              {t.notify.test}
            </Button>
          )}
          {state === 'on' && (
            <Button variant="default" onClick={() => void start()}>
              {t.notify.again}
            </Button>
          )}
          <Button variant="default" onClick={() => void stop()}>
            {t.notify.turnOff}
          </Button>
        </div>
      )}
      {state === 'denied' && <p role="status">{t.notify.denied}</p>}
      {state === 'insecure' && <p role="status">{t.notify.insecure}</p>}
      {state === 'unable' && <p role="status">{t.notify.unable}</p>}
      <Others
        devices={data?.devices.filter((device) => !device.here) ?? []}
        onRemove={(id) => void attempt(() => api.removeDevice(id))}
      />
      <p className="soft small">{t.notify.install}</p>
    </section>
  );
}

function Others({ devices, onRemove }: { devices: DeviceInfo[]; onRemove(id: string): void }) {
  const { t, f } = useWords();
  if (devices.length === 0) return null;
  return (
    <>
      <h3 className="notify-others">{t.notify.others}</h3>
      <ul className="plain-list">
        {devices.map(({ id, agent, at }) => (
          <li key={id} className="list-row">
            <span>
              <bdi className="outside">{browserIn(agent)}</bdi>
              <br />
              <span className="soft small">{t.account.since(f.dateTime(at))}</span>
            </span>
            <Button size="xs" variant="default" onClick={() => onRemove(id)}>
              {t.notify.remove}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

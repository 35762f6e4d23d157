import { Button, Checkbox, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { DEVICE_KINDS } from '../../../../core/devices.ts';
import type { DeviceInfo, DeviceWish } from '../../device-api.ts';
import { useWords } from '../i18n/index.tsx';

const NIGHT = { from: '22:00', to: '08:00' };

/** What this device is told of, and when it stays silent. */
export function DeviceForm({ device, onSave }: { device: DeviceInfo; onSave(wish: DeviceWish): Promise<void> }) {
  const { t, lang } = useWords();
  const [kinds, setKinds] = useState(device.kinds);
  const [hours, setHours] = useState(device.quiet.quietHours);
  const [urgentAtOnce, setUrgentAtOnce] = useState(device.quiet.urgentAtOnce);
  const quiet = { timeZone: device.quiet.timeZone, urgentAtOnce, ...(hours && { quietHours: hours }) };
  const wish: DeviceWish = { kinds, lang, quiet };
  const same = JSON.stringify(sorted(wish)) === JSON.stringify(sorted(device));
  const setTime = (which: 'from' | 'to') => (event: React.ChangeEvent<HTMLInputElement>) =>
    event.currentTarget.value !== '' && setHours({ ...NIGHT, ...hours, [which]: event.currentTarget.value });
  return (
    <form
      className="device-form"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(wish);
      }}
    >
      <Checkbox.Group
        label={t.notify.of}
        value={kinds}
        error={kinds.length === 0 && t.notify.ofNothing}
        onChange={(chosen) => setKinds(DEVICE_KINDS.filter((kind) => chosen.includes(kind)))}
      >
        <div className="device-kinds">
          {DEVICE_KINDS.map((kind) => (
            <Checkbox key={kind} value={kind} label={t.notify.kinds[kind]} />
          ))}
        </div>
      </Checkbox.Group>
      <Switch
        label={t.notify.quiet}
        checked={hours !== undefined}
        onChange={(event) => setHours(event.currentTarget.checked ? NIGHT : undefined)}
      />
      {hours && (
        <>
          <div className="form-row">
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t.notify.from}
              value={hours.from}
              onChange={setTime('from')}
            />
            <TextInput
              type="time"
              required
              withAsterisk={false}
              label={t.notify.to}
              value={hours.to}
              onChange={setTime('to')}
            />
            <span className="soft small">{t.notify.clockOf(device.quiet.timeZone)}</span>
          </div>
          <Checkbox
            label={t.notify.urgentAtOnce}
            checked={urgentAtOnce}
            onChange={(event) => setUrgentAtOnce(event.currentTarget.checked)}
          />
        </>
      )}
      {!same && (
        <Button type="submit" disabled={kinds.length === 0}>
          {t.top.save}
        </Button>
      )}
    </form>
  );
}

/** In one order, so that two can be compared. */
function sorted({ kinds, quiet }: Pick<DeviceWish, 'kinds' | 'quiet'>) {
  const { timeZone, quietHours, urgentAtOnce } = quiet;
  return [
    DEVICE_KINDS.filter((kind) => kinds.includes(kind)),
    timeZone,
    quietHours?.from,
    quietHours?.to,
    urgentAtOnce,
  ];
}

import { idFrom } from '../../connectors/email/messages.ts';
import type { Store } from '../../src/core/ports.ts';
import { createCollector } from '../../src/stages/collect/index.ts';
import { seeded } from './faults-reddit.ts';
import { type FaultsReport, noneYet, RATE } from './faults-report.ts';
import { ADDRESS, MailPlatform } from './mail.ts';
import { openEmail } from './open-email.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';

const PAGE = 50;
/** Silence is the only fault that costs real time. A large mailbox takes its time, too. */
const patienceFor = (mentions: number) => 0.3 + mentions / 5_000;
const FOLDERS = ['INBOX', 'Done'];

/**
 * Lets so many mails come into two folders, some between two polls, while one IMAP command in twenty fails. Each poll is a process
 * of its own. The least requests: what a poll takes when nothing is there, measured once, and two more for each page.
 */
export async function faults(mentions: number, rate = RATE, random = seeded(17)): Promise<FaultsReport> {
  const clock = new HandClock();
  const platform = await new MailPlatform(() => clock.now()).start();
  const disk = await temporaryStore();
  const { store } = disk;
  try {
    const patience = patienceFor(mentions);
    await poll(platform, store, clock, patience);
    const quietPoll = platform.requests.length;
    platform.requests.length = 0;
    const injected = noneYet();
    Object.assign(platform, { random, faultRate: rate, onFault: (fault: keyof typeof injected) => injected[fault]++ });
    const sent: string[] = [];
    let leastRequests = 0;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 5 + Math.floor(random() * (mentions / 15)));
      for (let n = said; n < said + batch; n++) {
        const folder = FOLDERS[n % 2] ?? '';
        const id = `${n}@users.example`;
        const from = `person_${n % 97}@users.example`;
        platform.write({ id, from, text: `充值 ${n}` }, folder);
        sent.push(idFrom(id, from, { address: ADDRESS }));
      }
      said += batch;
      leastRequests += quietPoll + FOLDERS.length * 2 * Math.ceil(batch / FOLDERS.length / PAGE);
      for (let tries = 0; (await poll(platform, store, clock, patience)) !== 'ok'; tries++) {
        if (tries > 80) throw new Error('The mailbox was never read to the end.');
      }
    }
    const known = await store.known('email', sent);
    const stored = (await store.statuses()).find(({ source }) => source === 'email')?.stored ?? 0;
    const counts = { sent: sent.length, stored, missed: sent.length - known.size, doubled: stored - known.size };
    return { platform: 'email', ...counts, requests: platform.requests.length, leastRequests, injected };
  } finally {
    await platform.close();
    await disk.remove();
  }
}

async function poll(platform: MailPlatform, store: Store, clock: HandClock, patience: number): Promise<string> {
  const options = { folders: FOLDERS, patienceSeconds: patience };
  const source = openEmail(platform, { clock, options });
  const collector = createCollector({ store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
  const signal = new AbortController().signal;
  const { state, until } = await collector.collect(source, { since: 0, signal, asked: true });
  await source.close();
  clock.pass(Math.max(1_000, (until ?? 0) - clock.now()));
  return state;
}

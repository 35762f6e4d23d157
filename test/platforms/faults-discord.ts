import { createCollector } from '../../src/stages/collect/index.ts';
import { LocalDiscord } from './discord.ts';
import { RandomTrouble, type Trouble } from './discord-faults.ts';
import { type Room, TYPE } from './discord-world.ts';
import { type FaultsReport, type Kind, noneYet, RATE } from './faults-report.ts';
import { openDiscord } from './open-discord.ts';
import { HandClock, quiet, temporaryStore } from './open-forum.ts';

const PAGE = 100;
const BETWEEN_MESSAGES_MS = 300;
const BETWEEN_ROUNDS_MS = 5 * 60_000;
/** Silence is the only fault that costs real time. */
const TIMEOUT_MS = 400;

/**
 * Lets so many messages be written in channels, threads and forum posts, one or two hundred between two rounds, while one
 * request in twenty fails, and hears them through the real connector, collector and store. The least requests: who we are,
 * and for each round four for the server, one for each channel with an archive of threads, and one for each hundred messages
 * of a place.
 */
export async function faults(mentions: number, rate = RATE): Promise<FaultsReport> {
  const clock = new HandClock();
  const platform = await LocalDiscord.start();
  const disk = await temporaryStore();
  try {
    const guild = platform.world.addGuild('Acorn Wallet');
    const rooms = ['help', 'general', '中文'].map((name) => platform.world.addRoom(guild, name));
    const forum = platform.world.addRoom(guild, 'questions', TYPE.forum);
    platform.trouble = new RandomTrouble(rate, mentions);
    const injected = noneYet();
    platform.trouble.onTrouble = (trouble) => injected[kindOf(trouble)]++;
    const source = openDiscord(platform, { clock, timeoutMs: TIMEOUT_MS });
    const collector = createCollector({ store: disk.store, clock, log: quiet, ourHandles: () => [], random: () => 0 });
    const since = Date.now() - 60_000;
    /** Reads until there is nothing new, resting as long as each failure wants. */
    const readThrough = async () => {
      for (let tries = 0; tries < 200; tries++) {
        const { state, until } = await collector.collect(source, { since, signal: new AbortController().signal });
        if (state === 'ok') return;
        clock.pass(Math.max(1_000, (until ?? 0) - clock.now()));
      }
      throw new Error('Two hundred failures in a row.');
    };

    let leastRequests = 2;
    for (let said = 0; said < mentions; ) {
      const batch = Math.min(mentions - said, 100 + ((said * 7) % 150));
      leastRequests += people(platform, clock, rooms, forum, batch, said);
      said += batch;
      await readThrough();
    }
    const ids = [...platform.world.messages.values()].map(({ channel, id }) => `${channel}/${id}`);
    const known = await disk.store.known('discord', ids);
    const stored = (await disk.store.statuses())[0]?.stored ?? 0;
    const counts = { sent: ids.length, stored, missed: ids.length - known.size, doubled: stored - known.size };
    return { platform: 'discord', ...counts, requests: platform.requests.length, leastRequests, injected };
  } finally {
    await platform.close();
    await disk.remove();
  }
}

function kindOf(trouble: Trouble): Kind {
  const kinds: Partial<Record<Trouble['answer'], Kind>> = {
    429: 'seconds' in trouble ? '429 with a waiting time' : '429 without',
    500: '500',
    reset: 'reset',
    never: 'time-out',
    html: 'HTML',
    half: 'half a body',
  };
  const kind = kinds[trouble.answer];
  if (!kind) throw new Error(`${trouble.answer} is no fault of a random kind`);
  return kind;
}

/** Two in three in the channels, the others in a forum post that is archived afterwards, or in a thread that stays open. */
function people(
  { world }: LocalDiscord,
  clock: HandClock,
  rooms: Room[],
  forum: Room,
  batch: number,
  from: number,
): number {
  const post = world.addThread(forum, `充值 ${from}`, 'lena', 'It did not arrive.', clock.now());
  const thread = world.addThread(rooms[0] ?? forum, `thread ${from}`, 'kim', 'More on this', clock.now());
  const counts = new Map<Room, number>([post, thread].map((place) => [place, 1]));
  for (let n = 2; n < batch; n++) {
    const place = n % 3 === 0 ? (n % 2 === 0 ? post : thread) : (rooms[n % rooms.length] ?? post);
    clock.pass(BETWEEN_MESSAGES_MS);
    world.say(place, `person_${n % 97}`, `OKPay ${from + n}`, { at: clock.now() });
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  post.archivedAt = clock.now();
  clock.pass(BETWEEN_ROUNDS_MS);
  const survey = 4 + rooms.length + 1;
  return [...counts.values()].reduce((requests, count) => requests + Math.ceil(count / PAGE), survey);
}

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mentionId } from '../../src/core/ids.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import { LocalInteractions } from '../platforms/discord-interactions.ts';
import type { Room, Said } from '../platforms/discord-world.ts';
import type { Measurement } from './measurement.ts';
import { measured } from './times.ts';

const MEMBERS = 50;
const ROUNDS = 3;

/**
 * From a ping to its receipt, while 50 members ping at once: the whole program in a process of its own, measured on the
 * platform's side, which lets a bot say five things in five seconds in a channel, as Discord does.
 */
export async function benchDiscord(): Promise<Measurement[]> {
  const local = await LocalInteractions.start();
  const { discord } = local;
  const { world } = discord;
  discord.bucket = { count: 5, perMs: 5_000 };
  const guild = world.addGuild('Acorn');
  const staff = world.addRoom(guild, 'staff');
  const rooms = Array.from({ length: ROUNDS }, (_, n) => world.addRoom(guild, `help-${n}`));
  const dir = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
  await writeWorkspace(dir, local.url, guild, staff.id);
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../bin/earshot.cjs'), 'start'], {
    env: {
      ...process.env,
      EARSHOT_DATA: dir,
      EARSHOT_PORT: '0',
      EARSHOT_LOG: 'error',
      DISCORD_BOT_TOKEN: BOT_TOKEN,
      EARSHOT_PRIVATE_HOSTS: '127.0.0.1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await discord.gateway.reached(2);
    await local.until(() => local.commands.length > 0);
    const inPublic: number[] = [];
    const inPrivate: number[] = [];
    for (const [round, room] of rooms.entries()) {
      const names = Array.from({ length: MEMBERS }, (_, n) => `m${round}-${n}`);
      inPublic.push(...(await receipted(local, names, () => room)));
      const others = names.map((name) => `${name}-direct`);
      inPrivate.push(...(await receipted(local, others, (name) => world.directWith(world.personCalled(name).id))));
    }
    return [receiptIn('one channel', inPublic), receiptIn('50 direct messages', inPrivate)];
  } finally {
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    await local.close();
    await rm(dir, { recursive: true });
  }
}

async function writeWorkspace(dir: string, address: string, guild: string, staffChannelId: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const workspace = {
    version: 1,
    brand: { product: 'Acorn Pay' },
    sources: [{ id: 'server', connector: 'discord', options: { address } }],
    discord: { staffChannelId, staffRoleIds: ['700000000000000001'], guildIds: [guild], address },
  };
  await writeFile(join(dir, 'workspace.json'), JSON.stringify(workspace));
}

/** Milliseconds from each message to the one of the bot that holds its case number. */
async function receipted(local: LocalInteractions, names: readonly string[], roomOf: (name: string) => Room) {
  const { discord } = local;
  const { bot } = discord.world;
  const began = performance.now();
  const asked = names.map((name) => {
    const room = roomOf(name);
    const said = discord.say(room, name, room.guild ? `<@${bot.id}> 充值没到账` : '充值没到账');
    return { said, at: performance.now() - began };
  });
  const times = new Map<string, number>();
  await local.until(() => {
    const texts = discord.world.replies.map(({ content }) => content).join('\n');
    for (const { said, at } of asked) {
      if (!times.has(said.id) && texts.includes(caseOf(said))) times.set(said.id, performance.now() - began - at);
    }
    return times.size === asked.length;
  });
  return [...times.values()];
}

const caseOf = (said: Said) => `**${mentionId('discord', `${said.channel}/${said.id}`).slice(0, 8)}**`;

const receiptIn = (where: string, times: readonly number[]) =>
  measured(`Discord: ping to receipt, ${where}`, 'SQLite', times.length, times);

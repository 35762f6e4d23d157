/**
 * `npm run platforms`: X, Reddit, Discord and a mailbox on this computer, to play with. `--people` lets invented people talk there,
 * `--trouble` lets requests fail now and then, `--port 4700` takes that port for the page and the five after it.
 * Started by another process with a channel, it says there what to set up, and ends when that process does.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Life } from './life.ts';
import { LocalWorld } from './local-world.ts';
import { beUnlucky } from './misfortune.ts';
import { startPage } from './page-server.ts';

const HELP = `npm run platforms -- [--people] [--trouble] [--speed 2] [--port 4700]

  --people    invented people write all the time, in English and Chinese; scammers answer them; top-ups fail for a while
  --trouble   requests fail now and then, answers get lost, X has enough of us for a while
  --speed N   people live N times as fast
  --port N    the page at N, X at N+1, Reddit at N+2, Discord at N+3, IMAP and SMTP at N+4 and N+5;
              free ones otherwise`;

const { values } = parseArgs({
  options: {
    people: { type: 'boolean' },
    trouble: { type: 'boolean' },
    speed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    help: { type: 'boolean' },
  },
});
const port = Number(values.port);
const speed = Number(values.speed);
if (values.help || !(Number.isInteger(port) && port >= 0 && port < 65_530 && speed > 0 && speed <= 100)) {
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const world = await LocalWorld.start(port === 0 ? 0 : port + 1);
const page = await startPage(world, port);
const life = new Life(world, { speed });
if (values.people) life.start();
const stopTrouble = values.trouble ? beUnlucky(world) : () => {};

let stopping = false;
async function end(): Promise<void> {
  if (stopping) return;
  stopping = true;
  life.stop();
  stopTrouble();
  await Promise.allSettled([page.close(), world.close()]);
  const { x, reddit, discord, mail } = world.replies;
  if (!process.send)
    console.log(
      `\nStopped. Replies of ours that were here: X ${x}, Reddit ${reddit}, Discord ${discord}, by mail ${mail}.`,
    );
  process.exit(0);
}

if (process.send) {
  // Ctrl-C reaches both processes at once; whoever started this one has replies to finish first, and says when to end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', end);
  process.on('disconnect', end);
  process.send({ page: page.url, secrets: world.secrets, workspace: world.workspace() });
} else {
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  console.log(howTo(await writeWorkspace()));
}

/** A folder for Earshot's data, set up for this world. It stays when this ends: Earshot may still be writing there. */
async function writeWorkspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-local-'));
  await writeFile(join(folder, 'workspace.json'), JSON.stringify(world.workspace('*/20 * * * * *'), undefined, 2));
  return folder;
}

function howTo(folder: string): string {
  const secrets = Object.entries(world.secrets).map(([name, value]) => `  export ${name}=${value}`);
  return `X, Reddit, Discord and a mailbox on this computer. Everything here is invented, and nothing leaves it.

  Look and talk   ${page.url}/
  X               ${world.x.url}
  Reddit          ${world.reddit.url}
  Discord         ${world.interactions.url}   (REST, gateway, interactions)
  Mailbox         127.0.0.1:${world.mail.imap.port} (IMAP), 127.0.0.1:${world.mail.smtp.port} (SMTP), ${world.mail.address}

Let Earshot hear them, in another terminal. The credentials are made up and of no use elsewhere; the folder holds a
workspace.json that names these addresses, and everything that Earshot hears:

  export EARSHOT_DATA=${folder}
  export EARSHOT_PRIVATE_HOSTS=127.0.0.1
${secrets.join('\n')}
  npm start

Or let it do all of this by itself: npm start -- --with-local-platforms

Ctrl-C stops.`;
}

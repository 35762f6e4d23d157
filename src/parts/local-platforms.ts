import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, type Settings } from '../settings.ts';

/** `npm run platforms`. Not imported: the product knows these platforms by address alone, as it knows the real ones. */
const SCRIPT = join(ROOT, 'test/platforms/world/run.ts');
const READY_MS = 30_000;
const STOP_MS = 5_000;

export interface LocalPlatforms {
  /** Where a person sees what stands on the platforms. */
  page: string;
  /** The settings given, for this invented world: a data directory of its own, and no secret but the invented ones. */
  settings: Settings;
  /** Stops the platforms and removes the data directory. */
  close(): Promise<void>;
}

interface Ready {
  page: string;
  secrets: Record<string, string>;
  workspace: object;
}

/**
 * Starts X, Reddit, Discord and a mailbox on this computer, with invented people in them, in a process of their own.
 *
 * @throws Error in a sentence when they do not start
 */
export async function startLocalPlatforms(settings: Settings): Promise<LocalPlatforms> {
  if (!existsSync(SCRIPT)) {
    throw new Error(
      'The local platforms are not part of this copy of Earshot. They come with a clone of the repository.',
    );
  }
  const child = fork(SCRIPT, ['--people', '--trouble'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const ready = await readyOf(child);
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-local-'));
  await writeFile(join(dataDir, 'workspace.json'), `${JSON.stringify(ready.workspace, undefined, 2)}\n`);
  // Whoever does not want to wait for the stop leaves nothing behind either.
  const leave = () => {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  };
  process.once('exit', leave);
  return {
    page: `${ready.page}/`,
    settings: {
      ...settings,
      dataDir,
      // Never beside what is real: neither in its database nor with its keys.
      databaseUrl: undefined,
      privateHosts: [...settings.privateHosts, '127.0.0.1'],
      variables: { ...ownVariables(settings.variables), ...ready.secrets, EARSHOT_DATA: dataDir },
    },
    async close() {
      await end(child);
      await rm(dataDir, { recursive: true, force: true });
      process.off('exit', leave);
    },
  };
}

async function readyOf(child: ChildProcess): Promise<Ready> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-2_000);
  });
  const inTime = AbortSignal.timeout(READY_MS);
  const ended = once(child, 'exit', { signal: inTime }).then(() => {
    throw new Error(`The local platforms did not start. Run "npm ci" once more, or see:\n${said.trim()}`);
  });
  try {
    const [ready] = await Promise.race([once(child, 'message', { signal: inTime }), ended]);
    return ready as Ready;
  } catch (thrown) {
    child.kill('SIGKILL');
    throw inTime.aborted ? new Error('The local platforms did not start within 30 s.') : thrown;
  } finally {
    ended.catch(() => {});
  }
}

/** Its own settings, but no key of a real account. */
function ownVariables(variables: Settings['variables']): Record<string, string | undefined> {
  const { EARSHOT_DATABASE_URL: _, ...rest } = variables;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => name.startsWith('EARSHOT_')));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(late);
}

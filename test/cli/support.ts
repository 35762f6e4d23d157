import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { ROOT } from '../../src/settings.ts';

/** Each command is a process of its own, and other tests run beside them. */
vi.setConfig({ testTimeout: 60_000 });

const EARSHOT = join(ROOT, 'bin/earshot.cjs');

export interface Ran {
  code: number | null;
  out: string;
  err: string;
  /** Each line of standard output as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any[];
}

export interface Home {
  dir: string;
  data: string;
  /** Runs one command as a person would, in a process of its own. */
  run(args: string[], more?: { input?: string | Buffer; env?: Record<string, string> }): Promise<Ran>;
  /** Starts one that goes on, as the leader of a process group. */
  begin(args: string[], env?: Record<string, string>): ChildProcess;
  /** Ends what still runs, and removes the folder. */
  close(): Promise<void>;
}

/** A folder with a data directory that no other test sees. */
export async function openHome(): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-cli-'));
  const data = join(dir, 'data');
  const going = new Set<ChildProcess>();

  const begin = (args: string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [EARSHOT, ...args], {
      cwd: dir,
      detached: true,
      env: {
        PATH: process.env.PATH,
        EARSHOT_DATA: data,
        EARSHOT_NAME: 'Lin',
        EARSHOT_PORT: '0',
        NO_COLOR: '1',
        ...env,
      },
    });
    going.add(child);
    child.once('exit', () => going.delete(child));
    return child;
  };
  return {
    dir,
    data,
    begin,
    async run(args, { input = '', env } = {}) {
      const child = begin(args, env);
      const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
      child.stdin?.on('error', () => {}); // a command that is refused does not read to the end
      child.stdin?.end(input);
      const [code] = (await once(child, 'close')) as [number | null];
      const text = await out;
      return {
        code,
        out: text,
        err: await err,
        get json() {
          return text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line));
        },
      };
    },
    async close() {
      await Promise.all(
        [...going].map(async (child) => {
          const gone = once(child, 'exit');
          killAll(child);
          await gone;
        }),
      );
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Without a word, and whatever it started too: as a power cut would. */
export function killAll(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch (thrown) {
    // It has ended by itself meanwhile.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export const jsonLines = (records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

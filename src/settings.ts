import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { withSecretFiles } from './secret-files.ts';

/** What a process is told from outside. Everything a person edits while it runs stands in the workspace instead. */
export interface Settings {
  /** The running workspace and database. `EARSHOT_DATA`, default `data/live`. */
  dataDir: string;
  /** The PostgreSQL database that keeps the records; SQLite in the data directory without it. `EARSHOT_DATABASE_URL`. */
  databaseUrl: string | undefined;
  /** `EARSHOT_HOST`, default 127.0.0.1. */
  host: string;
  /** `EARSHOT_PORT`, default 4600; 0 takes any free port. */
  port: number;
  /**
   * Where health and numbers are told besides, at the same host: by a process without an inbox, and for whoever watches it
   * by another name than people use. None without it. `EARSHOT_HEALTH_PORT`.
   */
  healthPort: number | undefined;
  /** The name that decisions from the command line, and of the first person in the inbox, are recorded under. `EARSHOT_NAME`. */
  person: string;
  /** `EARSHOT_LOG`, default `info`; `silent` turns it off. */
  logLevel: string;
  /**
   * Each step of each mention is logged. Not to a person's terminal, where it would hide what they are told, unless
   * `EARSHOT_LOG` asks for it.
   */
  logSteps: boolean;
  /**
   * Hosts of private networks that sources may reach all the same, as `host` or `host:port` with commas between them.
   * `EARSHOT_PRIVATE_HOSTS`. Set by whoever runs the machine, since whoever may add a source could else read its network.
   */
  privateHosts: readonly string[];
  /**
   * Proxies that say for whom they ask (`X-Forwarded-For`), as addresses or ranges with commas between them; one on this
   * machine is believed anyhow. `EARSHOT_PROXIES`.
   */
  proxies: readonly string[];
  /**
   * Where pictures are kept that people sent along; a folder in the data directory without it. Several machines name one folder
   * that all of them share. `EARSHOT_ATTACHMENTS`.
   */
  attachmentsDir: string;
  /** What this process does, where several share the work. `EARSHOT_ROLES`, default all. */
  roles: readonly Role[];
  /** The environment, with secrets that stand in files: see `secret-files.ts`. */
  variables: Readonly<Record<string, string | undefined>>;
}

/**
 * `collect`: hears, sorts and drafts. `post`: sends what was approved. `web`: the inbox, and cards and commands in Discord.
 */
export const ROLES = ['collect', 'post', 'web'] as const;
export type Role = (typeof ROLES)[number];

/** The repository's root: templates and data that ship with the product are found from here. */
export const ROOT = resolve(import.meta.dirname, '..');

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** @throws Error in a sentence when a value cannot be used. */
export function readSettings(environment: Settings['variables'] = process.env): Settings {
  const variables = withSecretFiles(environment);
  const logLevel = variables.EARSHOT_LOG || 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new Error(`EARSHOT_LOG is "${logLevel}", but the levels are ${LOG_LEVELS.join(', ')}.`);
  }
  const dataDir = resolve(variables.EARSHOT_DATA || resolve(ROOT, 'data/live'));
  return {
    dataDir,
    attachmentsDir: resolve(variables.EARSHOT_ATTACHMENTS || resolve(dataDir, 'attachments')),
    databaseUrl: variables.EARSHOT_DATABASE_URL || undefined,
    host: variables.EARSHOT_HOST || '127.0.0.1',
    port: portFrom(variables, 'EARSHOT_PORT') ?? 4600,
    healthPort: portFrom(variables, 'EARSHOT_HEALTH_PORT'),
    person: variables.EARSHOT_NAME || accountName(),
    logLevel,
    logSteps: Boolean(variables.EARSHOT_LOG) || !process.stderr.isTTY,
    privateHosts: hostsIn(variables.EARSHOT_PRIVATE_HOSTS ?? ''),
    proxies: hostsIn(variables.EARSHOT_PROXIES ?? '').map(mustBeRange),
    roles: rolesFrom(variables.EARSHOT_ROLES),
    variables,
  };
}

function portFrom(variables: Settings['variables'], name: string): number | undefined {
  const text = variables[name];
  if (!text) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`${name} is "${text}", but a port is a whole number from 0 to 65535.`);
}

function hostsIn(list: string): string[] {
  return list
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);
}

function mustBeRange(text: string): string {
  const [address = '', bits, more] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  if (isIP(address) && fits && more === undefined) return text;
  throw new Error(`EARSHOT_PROXIES names "${text}", which is neither an address nor a range such as 10.0.0.0/8.`);
}

function rolesFrom(text: string | undefined): readonly Role[] {
  if (!text?.trim()) return ROLES;
  const named = text.split(',').map((role) => role.trim());
  const unknown = named.find((role) => !ROLES.some((one) => one === role));
  if (unknown === undefined) return ROLES.filter((role) => named.includes(role));
  throw new Error(`EARSHOT_ROLES names "${unknown}", but the roles are ${ROLES.join(', ')}, with commas between them.`);
}

function accountName(): string {
  try {
    return userInfo().username || 'me';
  } catch {
    return 'me'; // a container may run under a user id that has no name
  }
}

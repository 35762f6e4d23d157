import type { z } from '#kit';
import type { Overwrite } from './schema.ts';

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const READ_MESSAGE_HISTORY = 1n << 16n;
const SEND_MESSAGES_IN_THREADS = 1n << 38n;

/** Who we are in a server. `base` is what our roles give us there; undefined when Discord did not say. */
export interface Standing {
  guild: string;
  me: string;
  base: bigint | undefined;
  roles: readonly string[];
}

export interface Rights {
  /** The channel is there for us. */
  view: boolean;
  /** What was said before can be read. Without this right Discord answers with an empty list, not with an error. */
  history: boolean;
  write: boolean;
  writeInThreads: boolean;
}

/** What we may do in a channel, as Discord computes it: roles, then the channel's rules for everyone, roles and us. */
export function rightsIn(standing: Standing, overwrites: readonly z.output<typeof Overwrite>[] = []): Rights {
  const { base, guild, me, roles } = standing;
  if (base === undefined || (base & ADMINISTRATOR) !== 0n) {
    return { view: true, history: true, write: true, writeInThreads: true };
  }
  const everyone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id }) => id !== guild && roles.includes(id));
  const ours = overwrites.filter(({ id }) => id === me);
  const all = [everyone, ofRoles, ours].reduce((bits, some) => {
    const union = (field: 'allow' | 'deny') => some.reduce((sum, one) => sum | bitsOf(one[field]), 0n);
    return (bits & ~union('deny')) | union('allow');
  }, base);
  const view = (all & VIEW_CHANNEL) !== 0n;
  const may = (right: bigint) => view && (all & right) !== 0n;
  return {
    view,
    history: may(READ_MESSAGE_HISTORY),
    write: may(SEND_MESSAGES),
    writeInThreads: may(SEND_MESSAGES_IN_THREADS),
  };
}

export function bitsOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}

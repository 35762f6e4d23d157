import type { Finding } from '#kit';
import type { DiscordClient } from './client.ts';
import type { Place } from './places.ts';
import { MESSAGE_CONTENT, snowflakeAt } from './schema.ts';
import { namesOf, survey } from './survey.ts';

/** What the bot may see and say in the chosen servers, and how many connections are left today. */
export async function examine(client: DiscordClient, signal: AbortSignal): Promise<Finding[]> {
  const cursor = { floor: snowflakeAt(client.now()), places: {}, behind: {} };
  client.survey.clear();
  const { open, closed } = await survey(client, cursor, signal);
  client.survey.clear();
  const rooms = open.flatMap((id) => client.places.get(id) ?? []);
  return [await intentOf(client, signal), historyOf(rooms, closed), writingIn(rooms), await sessionsOf(client, signal)];
}

async function intentOf(client: DiscordClient, signal: AbortSignal): Promise<Finding> {
  const what = 'intents';
  if (client.options.hear === 'mentions') {
    return { what, ok: true, message: 'only what mentions the bot is heard, which needs no privileged intent' };
  }
  const { flags } = await client.application(signal);
  const said = flags !== undefined && (flags & MESSAGE_CONTENT) !== 0;
  const message = said ? 'Message Content is switched on' : 'Discord does not say whether Message Content is on';
  return { what, ok: true, message };
}

function historyOf(open: readonly Place[], closed: readonly Place[]): Finding {
  const what = 'history';
  const count = `${open.length} ${open.length === 1 ? 'channel' : 'channels'} can be read and caught up`;
  if (closed.length === 0) return { what, ok: true, message: count };
  const message = `${count}, but not ${namesOf(closed)}. Give the bot View Channel and Read Message History there, or choose other "channels".`;
  return { what, ok: false, message };
}

function writingIn(open: readonly Place[]): Finding {
  const what = 'rights';
  const mute = open.filter(({ rights }) => !rights.write || !rights.writeInThreads);
  if (mute.length === 0) return { what, ok: true, message: 'the bot may answer in all of them' };
  const message = `In ${namesOf(mute)} the bot may not answer, so replies are posted by hand there. Give it Send Messages and Send Messages in Threads.`;
  return { what, ok: false, message };
}

async function sessionsOf(client: DiscordClient, signal: AbortSignal): Promise<Finding> {
  const { remaining, total, reset_after: ms } = (await client.gateway(signal)).session_start_limit;
  const hours = Math.ceil(ms / 3_600_000);
  const message = `${remaining} of ${total} live connections are left for the next ${hours} h`;
  if (remaining > 0) return { what: 'limits', ok: true, message };
  const advice = 'Earshot pulls meanwhile. See whether another program connects with this token.';
  return { what: 'limits', ok: false, message: `${message}. ${advice}` };
}

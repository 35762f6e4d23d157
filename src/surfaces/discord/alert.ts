import { REST, Routes } from 'discord.js';
import { cut, literally } from './escape.ts';

/** What is written into a staff channel when people must know at once. */
export interface ChannelAlert {
  token: string;
  channelId: string;
  /** Gives up when it is aborted. */
  signal: AbortSignal;
  /** The same on every try: Discord gives the first message back instead of writing a second. */
  id: string;
  /** In front of the title. */
  sign: string;
  title: string;
  body: string;
  /** The part of the body that a stranger wrote: shown as it stands, with no meaning for Discord. */
  quoted?: string;
  /** Where the API lives. Only for a local platform. */
  address?: string;
}

const TIMEOUT_MS = 10_000;
/** Discord takes no longer nonce. */
const NONCE_MAX = 25;

/** @throws DiscordAPIError, or Error when Discord cannot be reached. */
export async function postAlert(alert: ChannelAlert): Promise<void> {
  const { token, channelId, signal, id, sign, title, body, quoted, address } = alert;
  const rest = new REST({ version: '10', retries: 0, timeout: TIMEOUT_MS, ...(address && { api: address }) }).setToken(
    token,
  );
  const said = quoted ? body.replace(quoted, () => literally(quoted, 1_000)) : body;
  const content = `${sign} **${literally(title, 200)}**\n${cut(said, 1_700)}`;
  const safe = { allowed_mentions: { parse: [] }, flags: 1 << 2 };
  await rest.post(Routes.channelMessages(channelId), {
    body: { content, nonce: id.slice(0, NONCE_MAX), enforce_nonce: true, ...safe },
    signal,
  });
}

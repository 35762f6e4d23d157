import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType as Kind,
  MessageFlags,
  Routes,
} from 'discord.js';
import type { Connection } from './connection.ts';

/** Discord waits 3 s for the first answer. Work that takes longer than this is announced, and its outcome follows. */
const FIRST_ANSWER_MS = 1_500;

export type Answer = APIInteractionResponse;
/** Nobody is ever pinged by what we answer. */
const NO_PINGS = { parse: [] as [] };

/** Shown only to the person who pressed. */
export function privately(content: string, more: object = {}): Answer {
  return {
    type: Kind.ChannelMessageWithSource,
    data: { content, flags: MessageFlags.Ephemeral, allowed_mentions: NO_PINGS, ...more },
  };
}

/** Replaces the message that the button stands in. */
export function instead(message: object): Answer {
  return { type: Kind.UpdateMessage, data: { ...message, allowed_mentions: NO_PINGS } };
}

/**
 * Answers within Discord's time, once. An outcome that is late follows on a receipt: as a private message, or in place of
 * the button's message. A form cannot follow on anything, so its work has to be quick.
 */
export async function answerInTime(
  { rest, applicationId }: Pick<Connection, 'rest' | 'applicationId'>,
  { id, token }: Pick<APIInteraction, 'id' | 'token'>,
  receipt: 'private' | 'quiet',
  work: Promise<Answer>,
  firstAnswerMs = FIRST_ANSWER_MS,
): Promise<void> {
  // Interaction addresses carry their own token; the bot's is not shown to them.
  const first = (body: Answer) => rest.post(Routes.interactionCallback(id, token), { body, auth: false });
  const early = await Promise.race([work, sleep(firstAnswerMs)]);
  if (early) {
    await first(early);
    return;
  }
  const quiet = receipt === 'quiet';
  await first(
    quiet
      ? { type: Kind.DeferredMessageUpdate }
      : { type: Kind.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } },
  );
  const late = await work;
  if (!('data' in late)) return;
  const body = late.data;
  if (quiet && late.type === Kind.ChannelMessageWithSource) {
    await rest.post(Routes.webhook(applicationId, token), { body, auth: false });
  } else {
    await rest.patch(Routes.webhookMessage(applicationId, token), { body, auth: false });
  }
}

function sleep(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref());
}

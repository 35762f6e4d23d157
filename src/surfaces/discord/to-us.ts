import { MessageType } from 'discord.js';
import type { HeardMessage } from './connection.ts';

/** Written by a person into the channel or as an answer: no joins and pins, no programs, and nothing of our own. */
export function isSaidByPerson({ type, author, webhook_id: webhook }: HeardMessage, me: string): boolean {
  const said = type === MessageType.Default || type === MessageType.Reply;
  return said && author !== undefined && !author.bot && !author.system && !webhook && author.id !== me;
}

/** Does it name the bot, answer one of its messages, or stand in a direct conversation with it? */
export function isToUs(message: HeardMessage, me: string): boolean {
  if (message.guild_id === undefined) return true;
  if (message.mentions?.some(({ id }) => id === me)) return true;
  return message.referenced_message?.author?.id === me;
}

/** The words alone, to tell their language by. */
export function wordsOf(content: string): string {
  return content.replace(/<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,20}>/g, ' ').trim();
}

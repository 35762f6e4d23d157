import { DiscordAPIError } from 'discord.js';

/** Whether the same request could still go through: no for what Discord itself refused. */
export function mayHelpToTryAgain(thrown: unknown): boolean {
  return !(thrown instanceof DiscordAPIError) || thrown.status >= 500;
}

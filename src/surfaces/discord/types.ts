import type { ReplyLanguage } from '../../core/nouns.ts';

/** What this surface tells the process's log. Never somebody's words. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

/** The languages a person is spoken to in. */
export type Lang = ReplyLanguage;

/** The rules of a community's own server: who counts as staff, and where. Ids as Discord writes them. */
export interface StaffRules {
  /** Whoever has one of these roles decides, and is confirmed by `/staff`. */
  staffRoleIds: readonly string[];
  /** Nothing is decided from another server. Empty: any that the bot is in. */
  guildIds: readonly string[];
}

/** Discord's locale as one of ours. https://docs.discord.com/developers/reference#locales */
export function langOf(locale: string | undefined): Lang {
  if (locale === 'zh-CN') return 'zh-Hans';
  if (locale === 'zh-TW') return 'zh-Hant';
  return 'en';
}

/** What Discord shows: cards for staff, commands for members. Every decision goes through Review. */
export { type DiscordCardParts, type DiscordCards, startDiscordCards } from './cards.ts';
export { type Connection, type ConnectOptions, connectDiscord } from './connection.ts';
export type { Article } from './faq.ts';
export { type DiscordMemberParts, startDiscordMembers } from './members.ts';
export type { Lang, Log, StaffRules } from './types.ts';

/** What Discord shows: cards for staff, commands for members. Every decision goes through Review. */

export { Acquaintances } from './acquaintances.ts';
export { type ChannelAlert, postAlert } from './alert.ts';
export { type AnswerParts, type DiscordAnswers, startDiscordAnswers } from './answers.ts';
export { type DiscordCardParts, type DiscordCards, startDiscordCards } from './cards.ts';
export { type Connection, type ConnectOptions, connectDiscord, type HeardMessage } from './connection.ts';
export type { Article } from './faq.ts';
export { type DiscordMemberParts, startDiscordMembers } from './members.ts';
export { type ReceptionParts, startDiscordReception } from './reception.ts';
export type { Lang, Log, StaffRules } from './types.ts';

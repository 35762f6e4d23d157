import type { APIInteraction, APIInteractionGuildMember, APIUser } from 'discord.js';
import { type Lang, langOf, type StaffRules } from './types.ts';

/** Who pressed, as Discord itself says. Nothing of it comes from the button. */
export interface Person {
  id: string;
  username: string;
  /** As the server shows it: at most 60 characters, without invisible ones. */
  name: string;
  lang: Lang;
  isStaff: boolean;
}

export function personOf(interaction: APIInteraction, rules: StaffRules): Person {
  const { member } = interaction;
  const user = (member?.user ?? interaction.user) as APIUser;
  const inOurs = rules.guildIds.length === 0 || rules.guildIds.includes(interaction.guild_id ?? '');
  const locale = 'locale' in interaction ? interaction.locale : undefined;
  return {
    id: user.id,
    username: user.username,
    name: nameOf(user, member?.nick),
    lang: langOf(locale),
    isStaff: inOurs && interaction.guild_id !== undefined && hasStaffRole(member, rules),
  };
}

export function hasStaffRole(member: Pick<APIInteractionGuildMember, 'roles'> | undefined, rules: StaffRules): boolean {
  return member?.roles.some((role) => rules.staffRoleIds.includes(role)) ?? false;
}

/** The name on the server, else the account's. A name of nothing visible falls back to the username, which cannot be. */
export function nameOf(user: Pick<APIUser, 'username' | 'global_name'>, nick?: string | null): string {
  for (const written of [nick, user.global_name]) {
    const clean = (written ?? '')
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .trim()
      .slice(0, 60)
      .toWellFormed();
    if (/[\p{L}\p{N}]/u.test(clean)) return clean;
  }
  return user.username.slice(0, 60);
}

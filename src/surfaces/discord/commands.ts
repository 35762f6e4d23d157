import { type APIApplicationCommand, ApplicationCommandOptionType, ApplicationCommandType, Routes } from 'discord.js';
import type { Connection } from './connection.ts';

const chinese = (hans: string, hant: string) => ({ 'zh-CN': hans, 'zh-TW': hant });

function command(name: string, [en, hans, hant]: [string, string, string], options: object[] = []) {
  const described = { description: en, description_localizations: chinese(hans, hant) };
  return { name, ...described, type: ApplicationCommandType.ChatInput, options };
}

/** What members can do, described in their language by Discord itself. */
export const COMMANDS = [
  command('help', ['What you can do here', '可以使用的功能', '可以使用的功能']),
  command('report', ['Tell us about a problem, in private', '私下向我们反映问题', '私下向我們反映問題']),
  command(
    'faq',
    ['The answer to a common question', '常见问题的答案', '常見問題的答案'],
    [
      {
        type: ApplicationCommandOptionType.String,
        name: 'question',
        description: 'A few words, then choose',
        description_localizations: chinese('输入几个字后选择', '輸入幾個字後選擇'),
        required: true,
        autocomplete: true,
      },
    ],
  ),
  command('status', ['Whether something is known to be wrong', '查看是否有已知故障', '查看是否有已知故障']),
  command(
    'staff',
    ['Check whether somebody is really staff', '核实某人是否真的是工作人员', '核實某人是否真的是工作人員'],
    [
      {
        type: ApplicationCommandOptionType.User,
        name: 'user',
        description: 'Who claims to be one of us',
        description_localizations: chinese('自称是工作人员的用户', '自稱是工作人員的使用者'),
        required: true,
      },
    ],
  ),
];

/**
 * Makes the commands known on each server, or everywhere when none is named. Only where they differ from what Discord has
 * already: it allows 200 changes a day. The bot's other commands are kept.
 */
export async function registerCommands(
  { rest, applicationId }: Pick<Connection, 'rest' | 'applicationId'>,
  guildIds: readonly string[],
): Promise<void> {
  const routes =
    guildIds.length > 0
      ? guildIds.map((guild) => Routes.applicationGuildCommands(applicationId, guild))
      : [Routes.applicationCommands(applicationId)];
  for (const route of routes) {
    const query = new URLSearchParams({ with_localizations: 'true' });
    const known = (await rest.get(route, { query })) as APIApplicationCommand[];
    if (COMMANDS.every((wanted) => known.some((one) => holds(one, wanted)))) continue;
    const others = known.filter(({ name }) => !COMMANDS.some((ours) => ours.name === name));
    await rest.put(route, { body: [...others, ...COMMANDS] });
  }
}

/** Whether all that is wanted is there; Discord adds fields of its own. */
function holds(there: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return there === wanted;
  // An empty list of options is left out.
  if (Array.isArray(wanted) && wanted.length === 0) return !Array.isArray(there) || there.length === 0;
  if (typeof there !== 'object' || there === null) return false;
  return Object.entries(wanted).every(([key, value]) => holds((there as Record<string, unknown>)[key], value));
}

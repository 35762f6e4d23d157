import { LocalDiscord } from '../../../platforms/discord.ts';
import { openDiscord } from '../../../platforms/open-discord.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST .*\/messages(\?|$)/,
  async start() {
    const discord = await LocalDiscord.start();
    const { world } = discord;
    const help = world.addRoom(world.addGuild('Acorn Wallet'), 'help');
    let said = 0;
    return {
      url: discord.url,
      say(count) {
        for (let n = 0; n < count; n++) world.say(help, `lena_${n}`, `help ${said++}`);
      },
      answers: () =>
        world.replies.map(({ answers, id }) => ({
          mention: `${answers?.channel}/${answers?.message}`,
          reply: `${answers?.channel}/${id}`,
        })),
      close: () => discord.close(),
    };
  },
  open: (url, timeoutMs) => openDiscord({ url }, { timeoutMs }),
};

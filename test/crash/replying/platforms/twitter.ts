import { openX } from '../../../platforms/open-twitter.ts';
import { XPlatform } from '../../../platforms/twitter.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST \/2\/tweets/,
  async start() {
    const x = await new XPlatform().start();
    let said = 0;
    return {
      url: x.url,
      say(count) {
        for (let n = 0; n < count; n++) x.say(`user${n}`, `@${x.us.username} help ${said++}`);
      },
      answers: () => x.replies.map(({ repliesTo = '', id }) => ({ mention: repliesTo, reply: id })),
      close: () => x.close(),
    };
  },
  open: (url, timeoutMs) => openX({ url }, { timeoutMs }),
};

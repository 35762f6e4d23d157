import { NodebbPlatform } from '../../../platforms/nodebb.ts';
import { openForumAt } from '../../../platforms/open-forums.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST \/api\/v3\/topics\//,
  async start() {
    const forum = await new NodebbPlatform().start();
    let said = 0;
    return {
      url: forum.url,
      say(count) {
        for (let n = 0; n < count; n++) forum.say(`lena_${n}`, `help ${said++}`, '<p>It did not arrive.</p>');
      },
      answers(address) {
        const { host } = new URL(address);
        return forum.replies.map(({ toPid, pid }) => ({ mention: `${host}/${toPid}`, reply: `${host}/${pid}` }));
      },
      close: () => forum.close(),
    };
  },
  open: (url, timeoutMs) => openForumAt({ url }, 'nodebb', { timeoutMs }),
};

import { openReddit } from '../../../platforms/open-reddit.ts';
import { RedditPlatform } from '../../../platforms/reddit.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST \/api\/comment/,
  async start() {
    const reddit = new RedditPlatform();
    await reddit.start();
    let said = 0;
    return {
      url: reddit.url,
      say(count) {
        for (let n = 0; n < count; n++) reddit.post(`lena_${n}`, 'wallets', `help ${said++}`);
      },
      answers: () => reddit.replies.map(({ parent = '', name }) => ({ mention: parent, reply: name })),
      close: () => reddit.close(),
    };
  },
  open: (url, timeoutMs) =>
    openReddit({ url }, { timeoutMs, options: { usernameMentions: false, subreddits: ['wallets'] } }),
};

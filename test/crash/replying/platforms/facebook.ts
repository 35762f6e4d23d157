import { FacebookPlatform, PAGE } from '../../../platforms/facebook.ts';
import { openFacebook } from '../../../platforms/open-facebook.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST .*\/comments(\?|$)/,
  async start() {
    const facebook = await new FacebookPlatform().start();
    const news = facebook.post('', 'News', { from: PAGE });
    let said = 0;
    return {
      url: facebook.url,
      say(count) {
        for (let n = 0; n < count; n++) facebook.comment(`lena_${n}`, news, `help ${said++}`);
      },
      answers: () => facebook.replies.map(({ parent = '', id }) => ({ mention: parent, reply: id })),
      close: () => facebook.close(),
    };
  },
  open: (url, timeoutMs) => openFacebook({ url }, { timeoutMs }),
};

import { DiscoursePlatform, type DiscoursePost } from '../../../platforms/discourse.ts';
import { openForumAt } from '../../../platforms/open-forums.ts';
import type { CrashPlatform } from '../platform.ts';

export const platform: CrashPlatform = {
  line: /^POST \/posts\.json/,
  async start() {
    const forum = await new DiscoursePlatform().start();
    const answered = (reply: DiscoursePost) =>
      forum.posts.find(({ topic, number }) => topic === reply.topic && number === (reply.answers ?? 1));
    let said = 0;
    return {
      url: forum.url,
      say(count) {
        for (let n = 0; n < count; n++) forum.say(`lena_${n}`, `help ${said++}`, '<p>It did not arrive.</p>');
      },
      answers(address) {
        const { host } = new URL(address);
        return forum.replies.map((reply) => ({
          mention: `${host}/${answered(reply)?.id}`,
          reply: `${host}/${reply.id}`,
        }));
      },
      close: () => forum.close(),
    };
  },
  open: (url, timeoutMs) => openForumAt({ url }, 'discourse', { timeoutMs }),
};

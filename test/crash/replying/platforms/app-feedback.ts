import type { FoundMention } from '../../../../src/core/nouns.ts';
import type { Hear, Source } from '../../../../src/core/ports.ts';
import { AppPlatform, feedbackCall } from '../../../platforms/app.ts';
import { openApp } from '../../../platforms/open-app.ts';
import type { CrashPlatform } from '../platform.ts';

/** What the app sent and nobody has heard yet. Only the life that hears has any; the others post. */
const sent: ReturnType<typeof feedbackCall>[] = [];

export const platform: CrashPlatform = {
  line: /^POST \/earshot(\?|$)/,
  async start() {
    const app = await new AppPlatform().start();
    let said = 0;
    return {
      url: app.url,
      say(count) {
        for (let n = 0; n < count; n++) {
          const id = `feedback-${said++}`;
          sent.push(
            feedbackCall({ text: `help ${id}`, user: `u-${n}`, contact: { by: 'app' } }, { id, at: Date.now() }),
          );
        }
      },
      answers: () => app.replies.map(({ feedback, key }) => ({ mention: feedback, reply: `reply ${key}` })),
      close: () => app.close(),
    };
  },
  open: (replyTo, timeoutMs) => readable(openApp({ options: { replyTo }, timeoutMs })),
};

/** The runs ask each platform what is new: here that is what goes through the real intake. */
function readable(source: Source): Source {
  return {
    ...source,
    async pull(_from, signal) {
      const found: FoundMention[] = [];
      const hear: Hear = Object.assign(
        async ({ found: told = [] }: Parameters<Hear>[0]) => {
          found.push(...told);
          return { added: told.length, changed: 0, known: 0 };
        },
        { taken: async () => false },
      );
      for (const { headers, body } of sent.splice(0)) {
        const call = { path: 'v1/feedback', query: new URLSearchParams(), headers: new Headers(headers) };
        const bytes = (async function* () {
          yield Buffer.from(body as string);
        })();
        await source.intake?.answer({ ...call, method: 'POST', body: bytes }, hear, signal);
      }
      return { found, cursor: null, more: false };
    },
  };
}

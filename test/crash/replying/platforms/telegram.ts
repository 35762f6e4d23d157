import { openTelegram } from '../../../platforms/open-telegram.ts';
import { group, type Said, TelegramPlatform } from '../../../platforms/telegram.ts';
import type { CrashPlatform } from '../platform.ts';

/** Nothing can be looked up there: what is unsure is settled by a person who looks at the chat. */
export const platform: CrashPlatform = {
  line: /^POST .*\/sendMessage$/,
  async start() {
    const telegram = await new TelegramPlatform().start();
    const idOf = (said: Said | undefined) => `${said?.chat.id}/${said?.message_id}`;
    let said = 0;
    return {
      url: telegram.url,
      say(count) {
        for (let n = 0; n < count; n++) telegram.say(group(), `lena_${n}`, `help ${said++}`);
      },
      answers: () =>
        telegram.replies.map(({ message }) => ({
          mention: idOf(message.reply_to_message as Said | undefined),
          reply: idOf(message),
        })),
      close: () => telegram.close(),
    };
  },
  open: (url, timeoutMs) => openTelegram({ url }, { timeoutMs }),
};

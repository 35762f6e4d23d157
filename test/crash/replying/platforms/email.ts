import { idFrom } from '../../../../connectors/email/messages.ts';
import { ADDRESS, type MailBehaviour, MailPlatform } from '../../../platforms/mail.ts';
import { openEmail } from '../../../platforms/open-email.ts';
import type { Mishap } from '../line.ts';
import type { CrashPlatform, ReplyLine, Running } from '../platform.ts';

/**
 * How a copy comes among the sent mail, life by life: as a blind copy that proves a lost reply, by the server, or by us after the
 * answer, where a kill in between leaves it to the person.
 */
const COPIES = ['blind-copy', 'server', 'append'] as const;

class RunningMail implements Running {
  readonly platform = new MailPlatform();
  #said = 0;

  get url(): string {
    return JSON.stringify(this.platform.options);
  }

  say(count: number): void {
    for (let n = 0; n < count; n++) this.platform.write({ from: `person_${++this.#said}@users.example` });
  }

  answers() {
    return this.platform.letters.map(({ to: [person = ''], mail }) => ({
      mention: idFrom(bare(mail.inReplyTo), person, { address: ADDRESS }),
      reply: bare(mail.messageId),
    }));
  }

  close(): Promise<void> {
    return this.platform.close();
  }
}

class MailLine implements ReplyLine {
  readonly mishaps: Mishap[] = [];
  onReply: ReplyLine['onReply'] = () => {};
  readonly #platform: MailPlatform;
  #lives = 0;

  constructor({ platform }: RunningMail) {
    this.#platform = platform;
    platform.onMessage = () => {
      void this.onReply('received');
      const mishap = this.mishaps.shift();
      return mishap && behaviourOf(mishap);
    };
    platform.onLetter = async () => {
      await this.onReply('stored');
    };
  }

  get url(): string {
    const sentCopy = COPIES[this.#lives++ % COPIES.length];
    this.#platform.savesSent = sentCopy === 'server';
    return JSON.stringify({ ...this.#platform.options, sentCopy });
  }

  async close(): Promise<void> {}
}

function behaviourOf({ as, stored }: Mishap): MailBehaviour {
  if (as === 500) return { as: { say: '500 5.5.1 Command unrecognized' }, stored };
  if (as === 'twice') return { as: { say: '250 2.0.0 Ok\r\n250 2.0.0 Ok' }, stored };
  return { as, stored };
}

function bare(id = ''): string {
  return id.replace(/[<>]/g, '');
}

export const platform: CrashPlatform = {
  line: (running) => new MailLine(running as RunningMail),
  async start() {
    const running = new RunningMail();
    await running.platform.start();
    return running;
  },
  // In place of an address there are the options of a source.
  open: (options) => openEmail({ options: JSON.parse(options) }),
};

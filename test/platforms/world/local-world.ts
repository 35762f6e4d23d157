import sample from '../../../data/sample/workspace.json' with { type: 'json' };
import { BOT_TOKEN } from '../discord.ts';
import { LocalInteractions, type Member } from '../discord-interactions.ts';
import { type Room, TYPE } from '../discord-world.ts';
import { PASSWORD as MAIL_PASSWORD, MailPlatform } from '../mail.ts';
import { APP as REDDIT_APP, RedditPlatform } from '../reddit.ts';
import { XPlatform } from '../twitter.ts';
import { X_KEYS } from '../twitter-tokens.ts';

/** Our invented accounts, of the brand that the sample workspace has. */
const OURS = { x: 'OKPaySupport', reddit: 'OKPay_Support', discord: 'OKPay_Helper', mail: 'help@okpay.example' };
const USER_AGENT = 'node:example.okpay.earshot:0.1 (by /u/okpay_dev)';
const SUBREDDITS = ['OKPay', 'ewallets'];

/** X, Reddit, Discord and a mailbox on this computer, with accounts of ours and places to talk in, and nobody in them yet. */
export class LocalWorld {
  readonly x = new XPlatform({ handle: OURS.x });
  readonly reddit = new RedditPlatform(Date.now, { us: { id: 'w2', name: OURS.reddit }, userAgent: USER_AGENT });
  readonly mail = new MailPlatform(Date.now, { address: OURS.mail });
  readonly product = 'OKPay';
  readonly interactions: LocalInteractions;
  readonly guild: string;
  readonly staff: Room;
  readonly staffRole: string;
  /** Channels that members write in; the last is a forum. */
  readonly rooms: Room[];
  /** A person with the staff role, who presses what a visitor presses on the page. */
  readonly lin: Member;

  private constructor(interactions: LocalInteractions) {
    this.interactions = interactions;
    const { world } = interactions.discord;
    Object.assign(world.bot, { username: OURS.discord, global_name: 'OKPay Helper' });
    this.guild = world.addGuild('OKPay Community');
    this.rooms = ['help', 'general', '中文'].map((name) => world.addRoom(this.guild, name));
    this.rooms.push(world.addRoom(this.guild, 'questions', TYPE.forum));
    this.staff = world.addRoom(this.guild, 'staff');
    this.staffRole = world.nextId();
    this.lin = { person: world.personCalled('lin_on_duty'), roles: [this.staffRole], nick: 'Lin', locale: 'en-US' };
  }

  /** @param port of X; Reddit, Discord, IMAP and SMTP take the four after it. 0: free ones. */
  static async start(port = 0): Promise<LocalWorld> {
    const after = (n: number) => (port === 0 ? 0 : port + n);
    const here = new LocalWorld(await LocalInteractions.start(after(2)));
    await here.x.start(port);
    await here.reddit.start(after(1));
    await here.mail.start(after(3));
    for (const name of SUBREDDITS) here.reddit.subreddit(name);
    return here;
  }

  get discord() {
    return this.interactions.discord;
  }

  /** What Earshot needs to sign in. Made up, and of no use anywhere else. */
  get secrets(): Record<string, string> {
    return {
      ...X_KEYS,
      REDDIT_CLIENT_ID: REDDIT_APP.id,
      REDDIT_CLIENT_SECRET: REDDIT_APP.secret,
      REDDIT_REFRESH_TOKEN: REDDIT_APP.refresh,
      DISCORD_BOT_TOKEN: BOT_TOKEN,
      EMAIL_PASSWORD: MAIL_PASSWORD,
    };
  }

  /**
   * A workspace that hears and answers this world: the sample's brand, our accounts here, and the four platforms as
   * sources that are marked as invented. Holds no secret.
   *
   * @param schedule how often they are read, as cron with seconds
   */
  workspace(schedule = '*/5 * * * * *'): Record<string, unknown> {
    const { x, reddit, interactions, mail, product } = this;
    const source = (id: string, connector: string, name: string, options: Record<string, unknown>) => ({
      ...{ id, connector, name, schedule, sample: true, lookBackDays: 1, options },
    });
    const { url: address } = interactions;
    return {
      ...sample,
      brand: {
        ...sample.brand,
        officialHandles: [`twitter:${OURS.x}`, `reddit:${OURS.reddit}`, `discord:${OURS.discord}`],
      },
      sources: [
        source('local-x', 'twitter', 'X (local)', {
          address: x.url,
          monthlyBudgetUsd: 500,
          searches: [`${product} -@${OURS.x}`],
        }),
        source('local-reddit', 'reddit', 'Reddit (local)', {
          apiAddress: reddit.url,
          siteAddress: reddit.url,
          userAgent: USER_AGENT,
          subreddits: SUBREDDITS,
        }),
        source('local-discord', 'discord', 'Discord (local)', { address, servers: [this.guild] }),
        source('local-mail', 'email', 'Mailbox (local)', { ...mail.options, senderName: `${product} Help` }),
      ],
      discord: {
        staffChannelId: this.staff.id,
        staffRoleIds: [this.staffRole],
        guildIds: [this.guild],
        address,
      },
    };
  }

  /** How many of our replies stand on each platform. */
  get replies(): { x: number; reddit: number; discord: number; mail: number } {
    const { x, reddit, discord, mail } = this;
    const { length } = discord.world.replies;
    return { x: x.replies.length, reddit: reddit.replies.length, discord: length, mail: mail.letters.length };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.x.close(), this.reddit.close(), this.interactions.close(), this.mail.close()]);
  }
}

import { describe, expect, it } from 'vitest';
import { faults as appFeedback } from './faults-app.ts';
import { faults as discord } from './faults-discord.ts';
import { faults as email } from './faults-email.ts';
import { faults as facebook } from './faults-facebook.ts';
import { faults as webhooks } from './faults-facebook-webhooks.ts';
import { faultsOn } from './faults-forum.ts';
import { faults as reddit } from './faults-reddit.ts';
import { KINDS } from './faults-report.ts';
import { faults as telegram } from './faults-telegram.ts';
import { faults as twitter } from './faults-twitter.ts';

describe.each([
  { platform: 'twitter', faults: twitter },
  { platform: 'reddit', faults: reddit },
  { platform: 'discord', faults: discord },
  { platform: 'telegram', faults: telegram },
  { platform: 'facebook', faults: facebook },
  // A look into a mailbox takes a dozen commands, each of which may fail.
  { platform: 'email', faults: email, rate: 0.15 },
  { platform: 'discourse', faults: faultsOn('discourse') },
  { platform: 'app-feedback', faults: appFeedback },
  { platform: 'facebook-webhooks', faults: webhooks },
])('$platform, with many requests going wrong', ({ faults, platform, rate = 0.4 }) => {
  it('goes wrong in every way there is, and still none is missed and none doubled', { timeout: 120_000 }, async () => {
    const report = await faults(1_200, rate);
    expect(report).toMatchObject({ platform, sent: 1_200, stored: 1_200, missed: 0, doubled: 0 });
    expect(KINDS.filter((kind) => report.injected[kind] === 0)).toEqual([]);
  });
});

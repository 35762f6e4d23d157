/**
 * `npm run -s faults -- --mentions 10000 --json`: so many mentions through each local platform while one request in
 * twenty fails, counted on the platform's side. Ends with 1 when one was missed or doubled.
 */
import { parseArgs } from 'node:util';
import { faults as appFeedback } from './faults-app.ts';
import { faults as discord } from './faults-discord.ts';
import { faults as email } from './faults-email.ts';
import { faults as facebook } from './faults-facebook.ts';
import { faults as webhooks } from './faults-facebook-webhooks.ts';
import { faultsOn } from './faults-forum.ts';
import { faults as reddit } from './faults-reddit.ts';
import { faults as telegram } from './faults-telegram.ts';
import { faults as twitter } from './faults-twitter.ts';

const { values } = parseArgs({
  options: { mentions: { type: 'string', default: '1000' }, only: { type: 'string' }, json: { type: 'boolean' } },
});
const forums = { discourse: faultsOn('discourse'), nodebb: faultsOn('nodebb') };
const platforms = {
  twitter,
  reddit,
  discord,
  telegram,
  facebook,
  email,
  ...forums,
  'app-feedback': appFeedback,
  'facebook-webhooks': webhooks,
};

for (const [name, faults] of Object.entries(platforms)) {
  if (values.only && values.only !== name) continue;
  const report = await faults(Number(values.mentions));
  if (report.missed > 0 || report.doubled > 0) process.exitCode = 1;
  const { platform, sent, stored, missed, doubled, requests, leastRequests } = report;
  const line = { platform, sent, stored, missed, doubled, requests, leastRequests };
  if (values.json) console.log(JSON.stringify(line));
  else
    console.log(
      Object.entries(line)
        .map(([what, value]) => `${what} ${value}`)
        .join('  '),
    );
}

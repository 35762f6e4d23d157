/**
 * `npm run -s crash -- --runs 200 --json`: replies on each local platform while the sender is killed with SIGKILL at every
 * step of the outbox, so many times, counted on the platform's side. Ends with 1 when one was lost or doubled.
 */
import { parseArgs } from 'node:util';
import { crashRuns as discord } from './discord-runs.ts';
import { crashRuns as reddit } from './reddit-runs.ts';
import { crashRuns as twitter } from './twitter-runs.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20' }, only: { type: 'string' }, json: { type: 'boolean' } },
});
const platforms = { twitter, reddit, discord };

for (const [name, crashRuns] of Object.entries(platforms)) {
  if (values.only && values.only !== name) continue;
  const report = await crashRuns(Number(values.runs));
  if (report.lost > 0 || report.doubled > 0) process.exitCode = 1;
  const { platform, engine, runs, approved, posted, lost, doubled, unsureOpen } = report;
  const line = { platform, engine, runs, approved, posted, lost, doubled, unsureOpen };
  if (values.json) console.log(JSON.stringify(line));
  else
    console.log(
      Object.entries(line)
        .map(([what, value]) => `${what} ${value}`)
        .join('  '),
    );
}

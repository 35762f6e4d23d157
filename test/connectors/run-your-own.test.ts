import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { Prices } from '../../connectors/twitter/settings.ts';

const guide = readFileSync(resolve(import.meta.dirname, '../../connectors/RUN-YOUR-OWN.md'), 'utf8');
const MONTHS = [1_000, 100_000] as const;
const ANSWERED = 0.3;

const usd = (amount: number) =>
  `$${amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const { ownedRead, post, user, reply, linkReply } = Prices.parse({});

/** What the guide says of X, from the prices that the connector counts with. */
const COSTS: [string, number, number][] = [
  ['hear a mention of the account', ownedRead, 1],
  ['the same with its author', ownedRead + user, 1],
  ['hear a post by a search', post, 1],
  ['the same with its author', post + user, 1],
  ['answer three of ten, without a link', reply, ANSWERED],
  ['answer three of ten, with a link', linkReply, ANSWERED],
];

describe('the guide to running your own', () => {
  it.each(COSTS)('says what it costs to %s at %f', (what, price, share) => {
    const cells = [what, `$${price.toFixed(3)}`, ...MONTHS.map((mentions) => usd(mentions * share * price))];
    expect(guide).toContain(`| ${cells.join(' | ')} |`);
  });

  it('names the budget that mentions with their authors and replies without a link take', () => {
    const [small, large] = MONTHS.map((mentions) => usd(mentions * (ownedRead + user + ANSWERED * reply)));
    expect(guide).toContain(`sets \`monthlyBudgetUsd\` to about ${small}, one with 100,000 to about ${large}`);
    expect(guide).toContain(`for 1,000 held posts at most ${usd(1_000 * 30 * (post + user))} a month`);
  });

  it('leaves no platform out that we can hear', () => {
    const heard = connectors.map(({ about }) => about.id).filter((id) => id !== 'sample');
    expect(heard.filter((id) => !guide.includes(`\`${id}\``))).toEqual([]);
  });
});

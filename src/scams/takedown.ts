import type { SuspectFile, SuspectPost } from '../core/suspects.ts';

/** A platform as whoever reports something there needs to know it. */
export interface Platform {
  name: string;
  /** Where it takes reports of impersonation and scams, and what it asks for. */
  reports?: { at: string; asks: string };
  /** Our own accounts there. */
  ours: readonly string[];
}

interface About {
  platform: Platform;
  product: string;
  by: string;
  at: number;
}

const POST_MAX = 500;

/** The report of one account for its platform, in English, which every platform reads: what, who, since when, and proof. */
export function takedownText(file: SuspectFile, { platform, product, by, at }: About): string {
  const { suspect, lookAlike, posts } = file;
  const { author } = suspect.latest.mention;
  const what = lookAlike ? `Account impersonating ${product}` : `Account running a scam on customers of ${product}`;
  const reasons = new Set([
    ...(lookAlike ? [lookAlike.reason] : []),
    ...posts.flatMap(({ row }) => row.assessment?.scamReasons ?? []),
  ]);
  const shown = posts.filter(({ row }) => (row.assessment?.scam ?? 0) > 0 || row.mention.url);
  return [
    `${what} (${platform.name})`,
    section([
      `Account: ${author.handle ? `@${author.handle.replace(/^@/, '')}` : author.id}`,
      author.name && `Shown as: ${author.name}`,
      `Account id: ${author.id}`,
      author.url && `Profile: ${author.url}`,
    ]),
    section([
      `We speak for ${product}. This account is not ours, and nobody acts for us through it.`,
      platform.ours.length > 0 &&
        `Our accounts on ${platform.name}: ${platform.ours.map((handle) => `@${handle}`).join(', ')}`,
    ]),
    reasons.size > 0 && section(['What it does:', ...[...reasons].map((reason) => `- ${reason}`)]),
    section([`Posts, seen from ${time(suspect.firstAt)} to ${time(suspect.lastAt)}:`, ...shown.map(postText)]),
    suspect.state === 'confirmed' && `Looked at and confirmed by ${suspect.by} on ${time(suspect.at ?? at)}.`,
    section([`Written by ${by} on ${time(at)}.`, platform.reports && `To be handed in at ${platform.reports.at}`]),
    platform.reports?.asks,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function postText({ row: { mention }, under }: SuspectPost, index: number): string {
  const words = mention.text.replace(/\s+/g, ' ').trim();
  return [
    `${index + 1}. ${time(mention.saidAt)} ${mention.url ?? `id ${mention.nativeId}`}`,
    `   "${words.length > POST_MAX ? `${words.slice(0, POST_MAX).toWellFormed()}…` : words}"`,
    under && `   below a customer's post: ${under.url ?? `id ${under.nativeId}`}`,
  ]
    .filter(Boolean)
    .join('\n');
}

const section = (lines: readonly (string | false | undefined)[]) => lines.filter(Boolean).join('\n');

const time = (at: number) => `${new Date(at).toISOString().replace('T', ' ').slice(0, 16)} UTC`;

import type { Finding } from '#kit';
import { accessFinding } from './access.ts';
import type { RedditApi } from './api.ts';

/** What the key holds of the rights that the options need, and how much of the allowance is left. */
export async function examine(api: RedditApi, signal: AbortSignal): Promise<Finding[]> {
  if (api.access !== 'account') return accessFinding(api.access, api.options);
  await api.me(signal);
  return [...rightsOf(api), ...allowanceOf(api)];
}

function rightsOf(api: RedditApi): Finding[] {
  const what = 'rights';
  const needed = {
    read: 'to hear anything',
    ...(api.options.usernameMentions && { privatemessages: 'to hear username mentions' }),
    submit: 'to answer; without it replies are posted by hand',
    history: 'to look for a reply whose answer was lost',
  };
  const missing = Object.entries(needed).filter(([right]) => !api.may(right));
  if (missing.length === 0) return [{ what, ok: true, message: 'the key holds all that are needed' }];
  return missing.map(([right, why]) => ({
    what,
    ok: false,
    message: `The key lacks the right ${right} (${why}). Make a new refresh token with the rights that connectors/reddit/README.md names.`,
  }));
}

function allowanceOf({ allowance }: RedditApi): Finding[] {
  if (!allowance) return [];
  const seconds = Math.ceil(allowance.resetMs / 1000);
  return [
    {
      what: 'limits',
      ok: allowance.left >= 1,
      message: `${Math.floor(allowance.left)} requests are left for the next ${seconds} s${allowance.left < 1 ? '. Earshot waits by itself; a second program on the same app would explain it' : ''}`,
    },
  ];
}

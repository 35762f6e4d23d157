import { ConnectorError, type HttpResponse, z } from '#kit';

/** What Discourse says with a status that is not a success. */
const DiscourseNo = z.object({
  errors: z.array(z.string()).default([]),
  error_type: z.string().optional(),
  extras: z.object({ wait_seconds: z.number().optional() }).nullish(),
});

/** In Discourse's own words, where it has some; else undefined, and the status speaks. */
export function discourseRefusal(
  what: string,
  now: number,
  response: HttpResponse,
  said: unknown,
): ConnectorError | undefined {
  const { status } = response;
  const no = status >= 400 ? DiscourseNo.safeParse(said).data : undefined;
  if (!no) return undefined;
  const words = sentence(no.errors.join(' '));
  const wait = no.extras?.wait_seconds;
  if (status === 429 && wait !== undefined && !response.headers.has('retry-after')) {
    return new ConnectorError('rate-limited', `${what}: the forum asks us to wait ${Math.ceil(wait)} s.`, {
      until: now + Math.ceil(wait * 1000),
    });
  }
  if (status === 403 && /api (?:username|key)|key is invalid/i.test(words)) {
    return new ConnectorError('unauthorized', `${what}: ${words} Check the key and the account it belongs to.`);
  }
  if (status === 403 && no.error_type === 'not_logged_in') {
    const advice = 'Only members may read this forum. Set DISCOURSE_API_KEY and the option "account".';
    return new ConnectorError('unauthorized', `${what}: ${advice}`);
  }
  if (status === 403 && no.error_type === 'invalid_access') {
    const advice = 'The topic may be closed, or the account may not write there. Open it and look.';
    return new ConnectorError('rejected', `${what}: ${words} ${advice}`);
  }
  if (status === 422 || (status === 400 && words)) return new ConnectorError('rejected', `${what}: ${words}`);
  return undefined;
}

const NodebbNo = z.object({ status: z.object({ code: z.string(), message: z.string().default('') }) });

/** In NodeBB's own words: as keys or in English, whichever it was in the mood for. */
export function nodebbRefusal(
  what: string,
  now: number,
  response: HttpResponse,
  said: unknown,
): ConnectorError | undefined {
  const words = response.status >= 400 ? NodebbNo.safeParse(said).data?.status.message : undefined;
  if (!words) return undefined;
  const wait = /too-many-posts|user-too-new|post once every|required to wait/i.test(words)
    ? /(\d+)/.exec(words.replace(/newbie\D*/i, ''))?.[1]
    : undefined;
  if (wait !== undefined) {
    const message = `${what}: the forum lets this account write only every ${wait} s. Earshot waits and goes on by itself.`;
    return new ConnectorError('rate-limited', message, { until: now + Number(wait) * 1000 });
  }
  if (/_uid/.test(words)) {
    const message = `${what}: this is a master token. Set the option "account" to the number of the account that answers.`;
    return new ConnectorError('unauthorized', message);
  }
  if (response.status === 400 || response.status === 404) {
    return new ConnectorError('rejected', `${what}: ${sentence(words.replace(/^\[\[error:|\]\]$/g, ''))}`);
  }
  return undefined;
}

function sentence(words: string): string {
  const clean = words.replace(/<[^<>]*>/g, '').trim() || 'The forum says no';
  return /[.!?。！？]$/.test(clean) ? clean : `${clean}.`;
}

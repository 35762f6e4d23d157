import { ConnectorError } from '../core/failures.ts';

/** Headers that say nothing about who we are. Everything else stays with the host it was meant for. */
const HARMLESS = new Set([
  'accept',
  'accept-charset',
  'accept-language',
  'user-agent',
  'if-none-match',
  'if-modified-since',
]);

export interface Hop {
  url: URL;
  headers: Record<string, string>;
  /** 301 and 308: the new address should be used from now on. */
  permanent: boolean;
}

/**
 * Where a response sends us, or undefined when it is the answer.
 *
 * @throws ConnectorError `rejected` when a secret would go out unencrypted or the place is not on the web.
 */
export function nextHop(
  response: Pick<Response, 'status' | 'headers'>,
  from: URL,
  headers: Record<string, string>,
): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = response.headers.get('location');
  if (!location || !URL.canParse(location, from)) return undefined;

  const url = new URL(location, from);
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw new ConnectorError('rejected', `${from.host} redirects to an address we do not open (${url.protocol}).`);
  }
  const secret = Object.keys(headers).some((name) => !HARMLESS.has(name));
  if (secret && from.protocol === 'https:' && url.protocol === 'http:') {
    throw new ConnectorError(
      'rejected',
      `${from.host} redirects to unencrypted http. Not followed, since the request carries a key.`,
    );
  }
  return {
    url,
    headers: url.origin === from.origin ? headers : onlyHarmless(headers),
    permanent: response.status === 301 || response.status === 308,
  };
}

function onlyHarmless(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}

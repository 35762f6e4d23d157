import { useKnownMe } from '../hooks/queries.ts';
import { safeHref } from './author.ts';

/** How to open an address of a mention. With local platforms it leads to them: what stands there is nowhere else. */
export function useHref(): (url: string | undefined) => string | undefined {
  const { localPlatforms } = useKnownMe();
  return (url) => {
    const href = safeHref(url);
    return href && localPlatforms ? `${localPlatforms}open?url=${encodeURIComponent(href)}` : href;
  };
}

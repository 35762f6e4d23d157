import { useConnectors } from '../hooks/queries.ts';
import type { Row } from '../hooks/use-queue.ts';

/** Where it was said, in words: the platform and the room, without saying one thing twice. */
export function usePlace({ platform, place }: Pick<Row['mention'], 'platform' | 'place'>): string {
  const { data: connectors } = useConnectors();
  const name = connectors?.find(({ id }) => id === platform)?.name ?? readable(platform);
  if (!place || place.toLowerCase() === name.toLowerCase()) return name;
  // "r/wallets" or an address tell where they are by themselves.
  return /[/@]/.test(place) ? place : `${name} · ${place}`;
}

const readable = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

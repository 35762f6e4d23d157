import type { ConnectorInfo } from '../../api.ts';
import { useConnectors } from '../hooks/queries.ts';
import type { Row } from '../hooks/use-queue.ts';
import { type PageLanguage, useWords } from '../i18n/index.tsx';
import { inWords } from '../sources/in-words.ts';

/** Where it was said, in words: the platform and the room, without saying one thing twice. */
export function usePlace({ platform, place }: Pick<Row['mention'], 'platform' | 'place'>): string {
  const { lang } = useWords();
  const { data: connectors } = useConnectors();
  const connector = connectors?.find(({ id }) => id === platform);
  const name = connector ? nameOf(connector, lang) : readable(platform);
  if (!place || place.toLowerCase() === name.toLowerCase()) return name;
  // "r/wallets" or an address tell where they are by themselves.
  return /[/@]/.test(place) ? place : `${name} · ${place}`;
}

/** "论坛" for a forum; a brand keeps its name. */
function nameOf(connector: ConnectorInfo, lang: PageLanguage): string {
  const { name } = inWords(connector, lang);
  return /[a-z]/i.test(name) ? connector.name : name;
}

const readable = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');

import type { ConnectorInfo } from '../../api.ts';
import type { PageLanguage } from '../i18n/index.tsx';

/** A connector in the language of the page, as far as it speaks it. */
export function inWords(connector: ConnectorInfo, lang: PageLanguage): ConnectorInfo {
  const words = lang === 'en' ? undefined : connector.words?.[lang];
  if (!words) return connector;
  const { name, summary } = words;
  const properties = Object.entries((connector.options.properties ?? {}) as Record<string, object>).map(
    ([option, schema]) => [option, { ...schema, ...describedAs(words.options[option], 'description') }],
  );
  const secrets = Object.entries(connector.secrets).map(([secret, spec]) => [
    secret,
    { ...spec, ...describedAs(words.secrets[spec.env], 'describe') },
  ]);
  return {
    ...connector,
    name,
    summary,
    options: { ...connector.options, properties: Object.fromEntries(properties) },
    secrets: Object.fromEntries(secrets),
  };
}

function describedAs<Key extends string>(text: string | undefined, key: Key): { [K in Key]?: string } {
  return (text === undefined ? {} : { [key]: text }) as { [K in Key]?: string };
}

import type { ConnectorInfo } from '../../api.ts';
import type { PageLanguage } from '../i18n/index.tsx';

/** A connector in the language of the page, as far as it speaks it. */
export function inWords(connector: ConnectorInfo, lang: PageLanguage): ConnectorInfo {
  const words = lang === 'en' ? undefined : connector.words?.[lang];
  if (!words) return connector;
  const { name, summary } = words;
  const properties = Object.entries((connector.options.properties ?? {}) as Record<string, object>).map(
    ([option, schema]) => {
      const said = words.options[option];
      return [option, said ? { ...schema, title: said.label, description: said.describe } : schema];
    },
  );
  const secrets = Object.entries(connector.secrets).map(([secret, spec]) => {
    const describe = words.secrets[spec.env];
    return [secret, describe === undefined ? spec : { ...spec, describe }];
  });
  return {
    ...connector,
    name,
    summary,
    options: { ...connector.options, properties: Object.fromEntries(properties) },
    secrets: Object.fromEntries(secrets),
  };
}

import { expect, it } from 'vitest';
import { controlSources, type SourcesParts } from '../../src/parts/sources-control.ts';
import { Workspace } from '../../src/workspace/schema.ts';

const controlOf = (keywords: string[]) =>
  controlSources({
    workspace: { current: () => Workspace.parse({ version: 1, brand: { product: 'Acorn Pay' }, keywords }) },
  } as unknown as SourcesParts);
const searchesOf = (keywords: string[], id: string) => {
  const options: { properties?: { searches?: { examples?: unknown } } } =
    controlOf(keywords)
      .connectors()
      .find((connector) => connector.id === id)?.options ?? {};
  return options.properties?.searches?.examples;
};

it('the keywords are offered where a search costs nothing, and nowhere else', () => {
  expect(searchesOf(['Acorn Pay', '橡果支付'], 'reddit')).toEqual([['Acorn Pay', '橡果支付']]);
  expect(searchesOf(['Acorn Pay'], 'forum')).toEqual([['Acorn Pay']]);
  expect(searchesOf(['Acorn Pay'], 'twitter')).toBeUndefined();
  expect(searchesOf([], 'reddit')).toBeUndefined();
});

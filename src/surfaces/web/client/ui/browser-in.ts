/** A browser calls itself by a long name; the parts that people know are enough. */
export function browserIn(agent: string): string {
  const browser = /(Edg|Firefox|Chrome|Safari)[/\w]*/.exec(agent)?.[0]?.replace(/\/.*/, '');
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[0];
  return [browser, system].filter(Boolean).join(' · ') || agent.slice(0, 60) || '–';
}

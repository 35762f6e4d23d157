import type { IncidentInfo } from '../../incident-api.ts';
import { useTypeTitle } from '../mention/use-type-title.ts';

/** What people call an incident: its problem. */
export function useIncidentName(): (incident: Pick<IncidentInfo, 'problemType'>) => string {
  const title = useTypeTitle();
  return ({ problemType }) => title(problemType);
}

import type { Changes } from '../changes.ts';
import type { Touched } from '../engine.ts';

export const CHANNEL = 'earshot_changes';

/** A notification holds 8,000 bytes. */
const MOST_IDS = 200;

interface News {
  by: string;
  /** Left out where there are too many to name. */
  mentions?: string[];
  sources?: true;
  settings?: true;
  access?: true;
}

/** What other processes are told of a commit, or undefined where there is nothing to tell. */
export function newsOf(self: string, { mentions, sources, settings, access }: Touched): string | undefined {
  if (mentions.size === 0 && !sources && !settings && !access) return undefined;
  const news: News = {
    by: self,
    ...(mentions.size <= MOST_IDS && { mentions: [...mentions] }),
    ...(sources && { sources }),
    ...(settings && { settings }),
    ...(access && { access }),
  };
  return JSON.stringify(news);
}

/** Passes on what another process did. What cannot be read, or was missed, is told as "look again". */
export function tell(changes: Changes, self: string, text: string | undefined): void {
  const news = parse(text);
  if (news?.by === self) return;
  if (!news?.mentions) changes.committedElsewhere();
  else {
    const { mentions, sources = false, settings = false, access = false } = news;
    changes.committed({ mentions: new Set(mentions), sources, settings, access });
  }
}

function parse(text: string | undefined): News | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as News);
  } catch {
    return undefined;
  }
}

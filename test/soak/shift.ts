import type { House } from './house.ts';

export type Ask = House['ask'];

/** What a colleague does all day, by chance. */
export interface Shift {
  ops: number;
  /** Answers of 500 and above, and requests without an answer. A stale decision is none: it is what a refusal is for. */
  errors: number;
  /** Milliseconds of each approval that was taken. */
  approvals: number[];
}

const API = '/api/v1';
const VIEWS = ['urgent', 'waiting', 'mine', 'by-hand', 'scam', 'later', 'done', 'all'];
const WORDS = ['top-up', '充值', 'locked', '转账失败', 'fee', 'OKPay', '客服', 'password'];
const PAUSE_MS = 100;

/** Reads, decides and looks around until `until`, with a rest after each round. Choices come from `random`. */
export async function work(
  house: { ask: Ask },
  until: number,
  random: () => number,
  pauseMs = PAUSE_MS,
): Promise<Shift> {
  const shift: Shift = { ops: 0, errors: 0, approvals: [] };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const ask = async (method: string, path: string, body?: unknown) => {
    shift.ops += 1;
    const answer = await house.ask(method, path, body).catch(() => undefined);
    if (!answer || answer.status >= 500) shift.errors += 1;
    return answer;
  };
  while (performance.now() < until) {
    const search = random() < 0.2 ? `&search=${encodeURIComponent(pick(WORDS))}` : '';
    const page = await ask('GET', `${API}/queue?view=${random() < 0.6 ? 'waiting' : pick(VIEWS)}&limit=30${search}`);
    const row = pick(page?.json?.rows ?? []);
    if (row) await decide(row.mention.id);
    await ask('GET', random() < 0.9 ? `${API}/counts` : pick([`${API}/report?days=30`, `${API}/sources`, '/readyz']));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return shift;

  async function decide(id: string): Promise<void> {
    const at = `${API}/mentions/${id}`;
    const seen = (await ask('GET', at))?.json;
    const draft = seen?.drafts?.at(-1);
    const version = seen?.mention?.version;
    if (!draft || version === undefined) return;
    const chance = random();
    if (chance < 0.6) {
      const answer = await ask('POST', `${at}/approve`, { version, revision: draft.revision });
      if (answer?.status === 200) shift.approvals.push(answer.ms);
      const after = answer?.json?.mention?.version;
      if (after !== undefined && random() < 0.1) await ask('POST', `${at}/undo`, { version: after });
    } else if (chance < 0.7) await ask('POST', `${at}/dismiss`, { version, reason: 'duplicate' });
    else if (chance < 0.8) await ask('POST', `${at}/check`, { text: `${draft.text} Thank you.` });
    else if (chance < 0.9) await ask('POST', `${at}/edit`, { version, text: `${draft.text}\n` });
    else if (chance < 0.95) await ask('POST', `${at}/snooze`, { version, until: Date.now() + 60_000 });
    else await ask('POST', `${at}/assign`, { version, to: 'Soak' });
  }
}

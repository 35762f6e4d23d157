import * as z from 'zod';
import type { Keep } from './keep.ts';

/**
 * Whoever says stop is answered no more, as platforms ask of automated accounts. The whole message, our handle aside, is the
 * word; "stop charging me" is a complaint.
 */
const STOP =
  /^(?:(?:please\s+)?(?:stop|unsubscribe|opt[\s-]?out|leave me alone|(?:stop|don'?t|do not) (?:reply(?:ing)?|messag(?:e|ing)|tweet(?:ing)?|contact(?:ing)?)(?: (?:to )?me)?)|(?:请|請)?(?:退订|退訂|取消订阅|取消訂閱|(?:不要|别|別)再?(?:回复|回覆|联系|聯繫|聯絡|打扰|打擾)我?了?))[\s.!。！~～]*$/iu;
/** From then on the author is answered again. */
const START =
  /^(?:(?:please\s+)?(?:start|subscribe|opt[\s-]?in)|(?:请|請)?(?:订阅|訂閱|恢复回复|恢復回覆))[\s.!。！~～]*$/iu;

const NAME = 'opted-out';
/** By author: the message that said it last. They are read newest first and more than once, so that the id decides. */
const Kept = z.record(z.string(), z.object({ post: z.string(), wish: z.enum(['stop', 'start']) }));
type Kept = z.output<typeof Kept>;

export interface Wish {
  author: string;
  /** Id of the message, a whole number as text: later ones are larger. */
  post: string;
  wish: 'stop' | 'start';
}

/** What a message says about being answered, its handles aside. */
export function wishIn(text: string): 'stop' | 'start' | undefined {
  const said = text.replace(/[@＠]\w{1,15}/g, ' ').trim();
  if (STOP.test(said)) return 'stop';
  return START.test(said) ? 'start' : undefined;
}

/** The authors who do not want to be answered, by their ids; kept over restarts. */
export class OptOuts {
  readonly #keep: Keep;

  constructor(keep: Keep) {
    this.#keep = keep;
  }

  /** Writes wishes down, and returns who does not want to be answered now. */
  async take(wishes: readonly Wish[]): Promise<ReadonlySet<string>> {
    let kept = read(await this.#keep.read(NAME));
    if (wishes.some((wish) => isNews(kept, wish))) {
      kept = read(await this.#keep.update(NAME, (before) => JSON.stringify(withAll(read(before), wishes))));
    }
    return new Set(Object.keys(kept).filter((author) => kept[author]?.wish === 'stop'));
  }
}

function withAll(before: Kept, wishes: readonly Wish[]): Kept {
  const kept = { ...before };
  for (const one of wishes) if (isNews(kept, one)) kept[one.author] = { post: one.post, wish: one.wish };
  return kept;
}

function isNews(kept: Kept, { author, post }: Wish): boolean {
  const known = kept[author];
  return known === undefined || BigInt(post) > BigInt(known.post);
}

function read(kept: string | undefined): Kept {
  return kept === undefined ? {} : Kept.parse(JSON.parse(kept));
}

/** Who we are, for telling our people from those who pretend. */
export interface Brand {
  names: readonly string[];
  /** Handles of real accounts of ours, with or without @. Never flagged. */
  officialHandles: readonly string[];
}

/** Signs that pass for a Latin letter: digits, Cyrillic, Greek, and pairs that look like one. */
const LOOKALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  $: 's',
  '!': 'l',
  '|': 'l',
  і: 'i',
  ї: 'i',
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ѕ: 's',
  һ: 'h',
  ј: 'j',
  к: 'k',
  м: 'm',
  н: 'h',
  о: 'o',
  р: 'p',
  т: 't',
  у: 'y',
  х: 'x',
  ԛ: 'q',
  ԝ: 'w',
  α: 'a',
  β: 'b',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
  ɡ: 'g',
  ⅼ: 'l',
  ꞵ: 'b',
  ʏ: 'y',
  ᴏ: 'o',
  ᴋ: 'k',
  ᴘ: 'p',
  ᴀ: 'a',
};

/** A handle or display name brought to its bones: what the eye takes it for. */
export function skeleton(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '');
  const mapped = [...plain].map((char) => LOOKALIKES[char] ?? char).join('');
  // Capital I and small l look the same, so both become i.
  return mapped
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .replace(/l/g, 'i')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Hosts of links, with letters of any script: a look-alike is written with them. */
const DOMAIN = /(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]{1,63}\.){1,4}[a-z]{2,10}(?![\p{L}\p{N}])/giu;

const plainHandle = (handle: string) => handle.trim().replace(/^@/, '').toLowerCase();

const ROLE =
  /support|supp0rt|help|service|servlce|care|official|offlcial|team|admin|desk|agent|assist|security|refund|recovery|verify|customer|staff|mod\b|客服|官方|小助手|助手|专员|客户|服务|服務|人工|审核|退款|申诉|小丽|經理|经理/iu;

/** What a name pretends to be: nothing, near the brand, or one of the brand's people. */
export interface Impersonation {
  score: number;
  reason: string;
}

/** Knows the brand's handles from those made to be taken for them. */
export class HandleGuard {
  private readonly official: ReadonlySet<string>;
  private readonly officialBones: readonly string[];
  private readonly brands: readonly string[];
  private readonly plain: readonly string[];

  constructor({ names, officialHandles }: Brand) {
    this.official = new Set(officialHandles.map(plainHandle));
    this.officialBones = [...this.official].map(skeleton).filter((bones) => bones.length >= 3);
    this.plain = names.map((name) => name.toLowerCase());
    this.brands = [...new Set(names.map(skeleton))].filter((bones) => bones.length >= 2);
  }

  isOfficial(handle: string | undefined): boolean {
    return handle !== undefined && this.official.has(plainHandle(handle));
  }

  /** How much an author who is not ours looks like one of us. */
  judge(author: { handle?: string; name?: string } | undefined): Impersonation | undefined {
    if (!author || this.isOfficial(author.handle)) return undefined;
    const names = [author.handle, author.name].filter((name) => name !== undefined && name !== '') as string[];
    let worst: Impersonation | undefined;
    for (const name of names) {
      const found = this.judgeName(name.slice(0, 200));
      if (found && found.score > (worst?.score ?? 0)) worst = found;
    }
    return worst;
  }

  /** The first place in a text whose web address only looks as if it had the brand in it: 0kpay-login.com, ok-pay.top. */
  lookalikeLink(text: string): { start: number; end: number } | undefined {
    for (const match of text.matchAll(DOMAIN)) {
      const host = match[0].toLowerCase();
      const bones = skeleton(host);
      // By the eye alone: one letter more or less makes an honest word of many a brand.
      const posed = this.brands.find((brand) => brand.length >= 5 && bones.includes(brand));
      if (posed === undefined || this.plain.some((name) => host.includes(name))) continue;
      return { start: match.index, end: match.index + match[0].length };
    }
    return undefined;
  }

  private judgeName(name: string): Impersonation | undefined {
    const bones = skeleton(plainHandle(name));
    if (bones.length < 2) return undefined;
    if (this.officialBones.includes(bones))
      return { score: 0.95, reason: 'The name is made to look like an official account' };
    const near = this.officialBones.some((official) => official.length >= 6 && distance(bones, official, 1) <= 1);
    if (near) return { score: 0.9, reason: 'The name differs by one sign from an official account' };
    const brand = this.brands.find((brandBones) => containsNearly(bones, brandBones));
    if (!brand) return undefined;
    if (ROLE.test(name.normalize('NFKC')) || ROLE.test(bones)) {
      return { score: 0.9, reason: 'The name poses as support of the brand, and the account is not an official one' };
    }
    if (bones === brand || distance(bones, brand, 1) === 1) {
      return { score: 0.7, reason: 'The name is nearly that of the brand, and the account is not an official one' };
    }
    return undefined;
  }
}

/** Is the brand in the name, letter by letter or, for longer brands, with one letter wrong? */
function containsNearly(bones: string, brand: string): boolean {
  if (bones.includes(brand)) return true;
  if (brand.length < 5 || !/^[a-z]/.test(brand)) return false;
  for (let size = brand.length - 1; size <= brand.length + 1; size++)
    for (let at = 0; at + size <= bones.length; at++)
      if (bones[at] === brand[0] && distance(bones.slice(at, at + size), brand, 1) <= 1) return true;
  return false;
}

/** Edit distance with swaps of neighbours (Damerau, restricted), or more than `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] as number) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}

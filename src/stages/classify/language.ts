import simplifiedToTraditional from 'opencc-js/dict/STCharacters';
import traditionalToSimplified from 'opencc-js/dict/TSCharacters';
import type { Language } from '../../core/nouns.ts';
import { analysedRanges } from './fold.ts';

/** Characters that only one of the two scripts uses. Those that both use (后, 里, 著) tell nothing. */
function onlyIn(pairs: string): Set<number> {
  const only = new Set<number>();
  for (const pair of pairs.split('|')) {
    const [from = '', ...to] = pair.split(' ');
    if (from && !to.includes(from)) only.add(from.codePointAt(0) as number);
  }
  return only;
}
const TRADITIONAL = onlyIn(traditionalToSimplified);
const SIMPLIFIED = onlyIn(simplifiedToTraditional);

const words = (list: string) => new Set(list.split(' '));

/** Words that are frequent in English posts and rare in those of its neighbours. */
const ENGLISH = words(
  'the and is are was were my your you this that it with have has had not can cant wont dont doesnt didnt isnt ive im ' +
    'of to be been they them their what when why how who where just from out get got still after before would should ' +
    'could will about because every never always please help thanks thank lol wtf omg hello hey account money app ' +
    'login password locked scam scammed refund fees fee support card bank payment update love great worst money lost ' +
    'stolen hacked broken down again working work works fix need want anyone someone time today yesterday since all ' +
    'transfer pending cancel failed failing error system wait waiting customer service chat top code verify email phone',
);
/** Latin words that Chinese posts use as their own: two of them make no post in two languages. */
const BORROWED = words(
  'app apps bug vip wifi ios android iphone ipad huawei xiaomi vivo oppo usdt btc eth vpn url http https www com pin bitcoin ' +
    'sms otp kyc nfc atm pos ceo pua emo pdf excel word chrome safari steam taobao tps web email mail qq plus pro max mini',
);

/**
 * Small words of the other languages in Latin script that posts are most often written in, without those that English
 * has too. A statistical detector would know more languages; the one we tried (eld) takes 130 MB and 0.15 s for it.
 */
const FOREIGN = words(
  // Spanish, Portuguese, French, Italian, Romanian
  'hola gracias cuenta dinero ayuda tengo puedo porque para una los las mi esta está el la que pero por favor muy como mis ' +
    'obrigado obrigada conta dinheiro minha não nao meu uma com você voce isso muito já bonjour merci compte argent je ne ' +
    'les des est mon ma dans sur avec pas une vous mais ciao grazie soldi che non sono mio il di della perché anche nu și ' +
    'este sunt banii contul ' +
    // German, Dutch, Nordic
    'danke hilfe konto geld ich nicht mein meine ist das und der auf wird kann bitte wurde ik niet het een mijn van ook geld ' +
    'wordt jag inte och är mitt att det ikke jeg og på min kontoen minun ei tili ' +
    // Polish, Czech, Turkish
    'nie mam moje konto pieniądze się jest jak moje mám není účet peníze hesap hesabım para yok neden merhaba bir bu çok için ' +
    // Indonesian and Malay, Filipino, Vietnamese, Swahili
    'tolong akun saldo gagal uang saya tidak bisa kenapa belum sudah yang dan ini itu aku hindi ako ang ng pera mga naman ' +
    'paano kasi wala yung cảm ơn tiền tôi không của bị tài khoản khong toi pesa yangu sijapata kwa',
);

interface Counts {
  han: number;
  traditional: number;
  simplified: number;
  kana: number;
  hangul: number;
  latin: number;
  others: number;
}

const LETTER = /\p{L}/u;

function countScripts(text: string): Counts {
  const counts: Counts = { han: 0, traditional: 0, simplified: 0, kana: 0, hangul: 0, latin: 0, others: 0 };
  for (const char of text) {
    const c = char.codePointAt(0) as number;
    if (c < 0x80) {
      if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90)) counts.latin++;
    } else if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x20000 && c <= 0x3134f)) {
      counts.han++;
      if (TRADITIONAL.has(c)) counts.traditional++;
      else if (SIMPLIFIED.has(c)) counts.simplified++;
    } else if (c >= 0x3041 && c <= 0x30ff) counts.kana++;
    else if (c >= 0xac00 && c <= 0xd7af) counts.hangul++;
    else if ((c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff) || (c >= 0xff21 && c <= 0xff5a)) counts.latin++;
    else if (LETTER.test(char)) counts.others++;
  }
  return counts;
}

const NOT_LANGUAGE = /https?:\/\/\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,100}|[@#]\w+|`[^`]*`/gi;
const LATIN_WORD = /[a-zà-öø-ÿąćęłńśźżāēīōūảạăâđêôơưấầẩậắằẵặếềểệốồổộớờởợứừửự']+/gi;

/**
 * The language of a post: by script, then by common words.
 * Links, handles and the names in `ignore` do not count. A hint of the platform decides only where the text cannot.
 */
export function detectLanguage(
  text: string,
  options: { ignore?: RegExp | undefined; hint?: string | undefined } = {},
): Language {
  const whole = analysedRanges(text.length)
    .map(([from, to]) => text.slice(from, to))
    .join(' ');
  let read = whole.replace(NOT_LANGUAGE, ' ');
  if (options.ignore) read = read.replace(options.ignore, ' ');
  const counts = countScripts(read);
  const letters = counts.han + counts.kana + counts.hangul + counts.latin + counts.others;
  if (letters === 0) return fromHint(options.hint) ?? 'other';
  if (counts.hangul > letters * 0.2 || counts.others > letters * 0.4) return 'other';
  if (counts.kana >= 2 && counts.kana > counts.han * 0.15) return 'other';
  const latinWords = counts.latin > 0 ? (read.toLowerCase().normalize('NFKC').match(LATIN_WORD) ?? []) : [];
  if (counts.han > 0) return chinese(read, counts, letters, latinWords, options.hint);
  return counts.latin > 0 ? latin(latinWords, options.hint) : 'other';
}

const english = (list: readonly string[]) => list.filter((word) => ENGLISH.has(word.replace(/'/g, ''))).length;

/** Words in small letters that Chinese has not borrowed: names and model numbers are written with capitals. */
function ownWords(text: string): number {
  const found = text.match(/(?<![A-Za-z])[a-z][a-z']{2,}(?![A-Za-z])/g) ?? [];
  return found.filter((word) => !BORROWED.has(word)).length;
}

function chinese(
  read: string,
  counts: Counts,
  letters: number,
  latinWords: readonly string[],
  hint: string | undefined,
): Language {
  const spoken = english(latinWords);
  const share = counts.han / letters;
  if (share < 0.1 && spoken >= 3) return 'en';
  // A loan word or a phone's name in a Chinese sentence makes it no mixed post; English words of its own do.
  if (share < 0.8 && ownWords(read) >= 2) return 'mixed';
  if (counts.traditional !== counts.simplified) return counts.traditional > counts.simplified ? 'zh-Hant' : 'zh-Hans';
  return fromHint(hint) === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
}

function latin(latinWords: readonly string[], hint: string | undefined): Language {
  const spoken = english(latinWords);
  const foreign = latinWords.filter((word) => FOREIGN.has(word)).length;
  if (foreign > spoken) return 'other';
  if (spoken > 0) return 'en';
  // Not one common word of any language: accents point away from English, else the platform is believed, else English.
  if (latinWords.some((word) => /[^a-z']/.test(word))) return 'other';
  return fromHint(hint) === 'other' ? 'other' : 'en';
}

function fromHint(hint: string | undefined): Language | undefined {
  if (!hint) return undefined;
  const tag = hint.toLowerCase();
  if (tag === 'mixed') return 'mixed';
  if (tag.startsWith('zh')) return /hant|tw|hk|mo/.test(tag) ? 'zh-Hant' : 'zh-Hans';
  if (tag.startsWith('en')) return 'en';
  return tag === 'und' ? undefined : 'other';
}

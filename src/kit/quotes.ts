/**
 * What somebody wrote in a mail, without what they quote and without their signature. Read line by line, each line once, so
 * that no text can make it slow. Leaves the text whole when nothing would be left.
 */

/** Longer lines are no line that a mail program wrote above a quote. */
const LONGEST_HEAD = 500;
/** "On … wrote:" is broken over two or three lines by some programs. */
const HEAD_LINES = 3;
/** Below a signature's mark there are a few lines. More is a text that happens to hold two hyphens. */
const SIGNATURE_LINES = 20;

/** @param forwarded what came in is what the writer wants to show, so nothing of it is cut */
export function ownWords(text: string, { forwarded = false } = {}): string {
  const lines = text.split('\n');
  const own = forwarded ? lines : withoutQuotes(lines);
  const kept = withoutSignature(own)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return kept || text.trim();
}

/** True for a subject that says "forwarded". */
export function isForward(subject: string): boolean {
  return /^\s*(?:fwd?|fw|wg|转发|轉寄|轉發)\s*[:：]/i.test(subject);
}

function withoutQuotes(lines: string[]): string[] {
  const own: string[] = [];
  for (let at = 0; at < lines.length; ) {
    if (isBar(lines, at) || isHeaderBlock(lines, at)) return own;
    const head = attributionAt(lines, at);
    if (head > 0) {
      const next = nextFilled(lines, at + head);
      // A quote without marks goes on to the end. With marks, the answer may stand below it.
      if (next === undefined || !isMarked(lines[next])) return own;
      at = next;
    } else if (isMarked(lines[at])) at++;
    else own.push(lines[at++] ?? '');
  }
  return own;
}

function isMarked(line = ''): boolean {
  return /^\s{0,3}>/.test(line);
}

function nextFilled(lines: string[], from: number): number | undefined {
  for (let at = from; at < lines.length; at++) if (lines[at]?.trim()) return at;
  return undefined;
}

const BAR =
  /^[-_=*\s]{2,60}(?:original message|original appointment|original|reply message|原始邮件|原始郵件|原始信件|原始訊息|邮件原件|原邮件|原郵件|回复的原邮件|回覆的原郵件)[-_=*\s]{2,60}$/i;

/** "-----Original Message-----", as Outlook, QQ and NetEase write it. */
function isBar(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  return line.length < 150 && BAR.test(line);
}

const FROM = /^[\s>*]{0,6}(?:from|发件人|寄件者|寄件人|發件人)\**\s{0,3}[:：]/i;
const BESIDE =
  /^[\s>*]{0,6}(?:sent|date|to|cc|subject|发送时间|发送日期|时间|日期|收件人|抄送|主题|傳送時間|寄件日期|收件者|副本|主旨|主題)\**\s{0,3}[:：]/i;

/** "From: … Sent: … To: … Subject: …" in any order, as Outlook puts them above what it quotes. */
function isHeaderBlock(lines: string[], at: number): boolean {
  if (!FROM.test((lines[at] ?? '').slice(0, 100))) return false;
  const below = lines.slice(at + 1, at + 8).filter((line) => BESIDE.test(line.slice(0, 100)));
  return below.length >= 2;
}

/** How many lines from here on say who wrote what follows, and when. 0: none. */
function attributionAt(lines: string[], at: number): number {
  let head = '';
  for (let count = 1; count <= HEAD_LINES; count++) {
    const line = lines[at + count - 1]?.replace(/^[>\s]+/, '').trim();
    if (!line) return 0;
    head = head ? `${head} ${line}` : line;
    if (head.length > LONGEST_HEAD) return 0;
    if (isAttribution(head)) return count;
    // Only a line that begins like one may go on in the next.
    if (count === 1 && !/^(?:on|at|在|于|於)\b|^(?:在|于|於|\d{4}\s?[年/-])|<[^<>\s]+@|@/i.test(head)) return 0;
  }
  return 0;
}

function isAttribution(line: string): boolean {
  const names = /\d/.test(line) || line.includes('@');
  if (/(?:写道|寫道|写到|的信件內容)\s*[:：]?$/.test(line)) return names;
  return names && /^(?:on|at|le|am|el)\s|[<(@]/i.test(line) && /\bwrote\s*:$/i.test(line);
}

const MOBILE =
  /^\W{0,3}(?:sent from (?:my|mail|yahoo|outlook|gmail|proton|samsung|huawei|xiaomi)\b|sent (?:via|with) |get outlook for |获取 ?outlook|取得 ?outlook|下载 ?outlook|发自(?:我的)?|發自我的|来自我的|來自我的|从我的|從我的|傳送自|寄自我的|发送自)/i;

/** From "-- " on, if a signature follows and not a letter; and lines such as "Sent from my iPhone" at the end. */
function withoutSignature(lines: string[]): string[] {
  const end = lines.findLastIndex((line) => /^--[ \u00A0]?$/.test(line));
  const below = lines.length - end;
  const own = end > 0 && below <= SIGNATURE_LINES ? lines.slice(0, end) : [...lines];
  for (;;) {
    const last = own.at(-1)?.trim();
    if (last === undefined) return own;
    if (last !== '' && !(last.length < 120 && MOBILE.test(last))) return own;
    own.pop();
  }
}

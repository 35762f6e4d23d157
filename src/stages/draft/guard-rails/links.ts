import type { Facts } from '../../../core/ports.ts';
import { type GuardRail, LONGEST_REPLY, quoted } from './reply.ts';

const COUNTRIES =
  'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';
const COMMON =
  'com net org edu gov int mil info biz name pro mobi app dev web page cloud online site website store shop top xyz club vip icu live chat support help link click work life world today news blog space tech digital email money cash finance financial bank pay fund loan loans credit exchange trade trading crypto wallet games game bet casino win bid men date party review stream download zip mov rest fit fun lol wtf plus one wiki social network group team zone center agency services solutions systems asia tel travel jobs cat aero coop museum post arpa onion example invalid test local localhost internal lan';
const TOP = new Set(`${COUNTRIES} ${COMMON}`.split(' '));
const HAN_TOP = '中国|中國|公司|网络|網絡|网址|网店|在线|商城|商店|集团|我爱你|手机|香港|台湾|台灣|信息|娱乐|世界';

// Chinese is written without spaces, so what stands before and after a link is often a letter: only ASCII ends one.

/** With a scheme, or one that a messenger opens by itself. */
const WITH_SCHEME =
  /(?<![a-z0-9])(?:[a-z][a-z0-9+.-]{1,20}:(?:\/\/|\\\\|\/\\|\\\/)(?:[^\s<>"'（）【】「」《》。．｡，、；：！？]|[。．｡](?=[a-z0-9]))*|(?:javascript|data|vbscript|file|blob|tel|sms|mailto|tg|skype|whatsapp|weixin|wechat|alipays?|intent|bitcoin|ethereum|xmpp|sip|facetime):[^\s<>"']+)/giu;
const PROTOCOL_RELATIVE = /(?<![:a-z0-9/])(?:\/\/|\\\\)[\p{L}\p{N}-]+\.[\p{L}\p{N}][^\s<>"']*/giu;
/** Something that a reader's app would turn into a link: labels with dots between, the last one a top level we know. */
const PATH = String.raw`(?::\d+)?(?:[/?#][^\s<>"'，。、！？；（）【】「」《》]*)?`;
const ASCII_HOST = new RegExp(
  `(?<![a-z0-9@._%+-])(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?[.．。｡])+(?<top>[a-z][a-z0-9-]{1,61})(?![a-z0-9])${PATH}`,
  'giu',
);
const ANY_HOST = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._%+-])(?:[\p{L}\p{N}][\p{L}\p{N}\p{M}_-]{0,62}[.．])+(?<top>[a-z]{2,24}(?![a-z0-9-])|(?:${HAN_TOP})|(?:(?![\p{Script=Han}\p{Script=Latin}])\p{L}){2,20})${PATH}`,
  'giu',
);
const NUMERIC = /(?<![\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:\/\S*)?(?![\p{N}.])/gu;
/** "brand[.]example", "brand dot com": meant to be read as a link and to be missed by a check. */
const DISGUISED =
  /(?<![\p{L}\p{N}-])[\p{L}\p{N}-]{1,63}\s{0,3}(?:\[\s*\.\s*\]|\(\s*\.\s*\)|\[\s*dot\s*\]|\(\s*dot\s*\)|\s{1,3}dot\s)\s{0,3}(?:com|net|org|cn|io|me|cc|xyz|top|vip|info|example|invalid)\b/giu;
const LONGEST_LINK = 2048;
const TRAILING = /[.,;:!?)\]}>*_~`'"。，；：！？）】」》]+$/u;

/** What in a text a reader's app would open, as written. E-mail addresses are personal data's business. */
function linksIn(text: string): string[] {
  const links: string[] = [];
  const take = (pattern: RegExp, from: string) =>
    from.replace(pattern, (piece: string, ...rest: unknown[]) => {
      const { top } = (typeof rest.at(-1) === 'object' ? rest.at(-1) : {}) as { top?: string };
      if (top !== undefined && !isTop(top)) return piece;
      links.push(piece.slice(0, LONGEST_LINK).replace(TRAILING, ''));
      return ' '.repeat(piece.length);
    });
  let rest = text.slice(0, LONGEST_REPLY);
  for (const pattern of [WITH_SCHEME, PROTOCOL_RELATIVE, NUMERIC, DISGUISED]) rest = take(pattern, rest);
  rest = rest.normalize('NFKC').replace(/[^\s@]{1,64}@[^\s@]+/gu, (address) => ' '.repeat(address.length));
  for (const pattern of [ASCII_HOST, ANY_HOST]) rest = take(pattern, rest);
  return links;
}

/** Letters of other scripts than ours are always a top level here: a sentence in them fails another rule. */
function isTop(label: string): boolean {
  const top = label.toLowerCase();
  return TOP.has(top) || top.startsWith('xn--') || !/^[\x20-\x7e]+$/.test(top);
}

function parse(link: string): URL | undefined {
  const address =
    /^[a-z][a-z0-9+.-]*:/iu.test(link) && !/^[^/:]+\.[^/:]+:\d/u.test(link)
      ? link
      : `https://${link.replace(/^\/\//, '')}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** An allowed address covers its own host, and its path and what lies below. Host names are compared as they travel: in ASCII. */
function covers(allowed: URL, link: URL): boolean {
  const path = allowed.pathname.replace(/\/+$/, '');
  return (
    allowed.host === link.host &&
    (allowed.protocol === link.protocol || link.protocol === 'https:') &&
    (link.pathname === path || link.pathname.startsWith(`${path}/`))
  );
}

/** The first link that is not on the workspace's list, or nothing. */
function foreignLink(text: string, facts: Facts): string | undefined {
  const allowed = [...facts.allowedLinks, facts.helpUrl]
    .map((address) => (address ? parse(address) : undefined))
    .filter((address) => address !== undefined);
  const mail = facts.supportEmail?.toLowerCase();
  return linksIn(text).find((link) => {
    if (mail && link.toLowerCase() === `mailto:${mail}`) return false;
    // A way on to somewhere else, behind an address of ours.
    if (/[?#].*(?:\/\/|%2f%2f)/iu.test(link)) return true;
    // A backslash or a name before the host is read differently by different apps.
    if (/[\\@]/u.test(link) || /%(?:00|0a|0d|2f|5c|40)/iu.test(link.split('?')[0] ?? '')) return true;
    const url = parse(link);
    if (!url || url.username || url.password || !/^https?:$/.test(url.protocol)) return true;
    return !allowed.some((address) => covers(address, url));
  });
}

export const knownLinks: GuardRail = {
  name: 'known-links',
  check: ({ text, facts }) => {
    const link = foreignLink(text, facts);
    return (
      link &&
      `${quoted(link)} is not on the workspace's list of links. Use an address from the list, or ask for it to be added.`
    );
  },
};

const GIVE =
  'send|share|tell|give|provide|dm|pm|message|text|e-?mail|mail|reply|respond|answer|post|submit|forward|read|confirm|verify|supply|quote|state|spell|include|drop|leave|show|hand|pass|upload|write|paste|type|enter|disclose|reveal|comment|add|put|let us (?:know|have)|fill in';
const GIVING =
  'sending|sharing|telling|giving|providing|posting|submitting|forwarding|confirming|verifying|entering|replying|typing|messaging|dming';
/** Where an order or an infinitive begins; "the e-mail" and "a text" begin none. */
const ORDER = new RegExp(
  `(?:^|[,:)(–—"]\\s*|\\s-\\s|\\b(?:please|pls|plz|just|kindly|simply|and|or|to|you|can|could|must|should|will|would|may|might|then|now|first|also|do|'ll|us|me|either|only|ever|never|not|don't|dont|quickly|again|so)\\s+)(?<verb>${GIVE})\\b(?=(?<gap>[^§]{0,60})§)`,
  'gu',
);
const BY_GIVING = new RegExp(
  `\\b(?:by|mind|try|consider|start|upon|after|with|keep)\\s+(?:you\\s+)?(?<verb>${GIVING})\\b(?=(?<gap>[^§]{0,40})§)`,
  'gu',
);
/** "Send an e-mail, then change your password" gives nothing away. */
const OTHER_VERB =
  /\b(?:change|changing|reset|resetting|choose|set|setting|update|create|turn|protect|forgot|forgotten|forget|lost|about|regarding|if|because|without|keep|expired?|never|not|no|none|nobody|no one|hide|cover)\b|n't\b|^\s*out\b/u;
/** The code goes to the author, or into the app itself. */
const TO_AUTHOR = /^\s*(?:you|them|him|her|customers|users)\b/u;
const IN_THE_APP =
  /^[^§]{0,20}\b(?:in|into|on|inside)\s+(?:the|our|your)\s+(?:official\s+)?(?:[\p{L}\p{N}]+\s+)?(?:app|sign-in page|login page|website)\b/u;
const OURS_ASK =
  /\b(?:we|i|our (?:team|staff|agents?|colleagues?)|support|agents?)\b(?<before>[^§]{0,30}?)\b(?:need|needs|require|requires|want|wants|ask|asks|request|requests|must have|are missing|is missing)\b(?<gap>[^§]{0,30})§/gu;
const BARE_ASK = [
  /(?:^|[,:]\s*)(?:and\s+|or\s+)?§\s*,?\s*(?:please|pls|plz)\s*$/u,
  /\bwhat(?:'s|\s+is|\s+was|\s+are)\s+§/u,
  /\b(?:can|could|may|might)\s+(?:we|i)\s+(?:please\s+)?(?:have|get|see|know|take)\b[^§]{0,20}§/u,
  /\b(?:can't|cannot|can not|unable|not able|won't be able|impossible)\b[^§]{0,60}\b(?:without|until|unless|before)\b[^§]{0,30}§/u,
  /\b(?:if|unless|until)\s+you\s+(?:do\s+not|don't|dont|fail to|refuse to)?\s*(?:send|share|give|provide|tell)\b[^§]{0,30}§[^§]*\b(?:cannot|can't|unable|not be able|will be|lose|closed|blocked)\b/u,
  /§\s+(?:is|are)\s+(?:needed|required|wanted)\s+by\s+(?:us|our)\b/u,
  /\bwithout\s+§[^§]{0,10}\b(?:we|i)\s+(?:cannot|can't|are unable|am unable)/u,
];
const ASKED_BY_OTHERS =
  /\b(?:ask|asks|asked|asking|tells?|told|telling|wants?|urges?|pressures?|requests?|demands?|invites?|pushes)\s+(?:you|people|users|customers|for you)?\s*to\s*$/u;
const WE = /\b(?:we|i|our (?:team|staff|agents?))\b/u;

/** What stands between a negation and its verb in "do not ever, in public or elsewhere, share". */
const NOT_VERB = new RegExp(
  `(?:\\b(?:not|cannot|avoid|stop|refuse to|refuse|no need to|no reason to|without|neither|nor)|n't|\\bdont)(?:[\\s,]+(?:ever|please|under any circumstances|you|to|ask|asks|asking|need|have|us|we|will|would|should|be|asked|in public|publicly|openly|here|there|try|want|going|again|simply|or|and|also|even|${GIVE}|${GIVING}))*[\\s,]*$`,
  'u',
);
const NEVER =
  /\b(?:never|nobody|no one|no-one|none of us|no employee|no agent|nor do we|under no circumstances)\b(?!\s+mind)(?:(?!\b(?:so|but|just|please|instead|then|if|when|because|however|unless)\b|,\s*(?!or\b|nor\b|and\b|ever\b|not\b|under\b))[\s\S])*$/u;
const NO_NEGATION =
  /\b(?:don't|do not|dont|not)\s+(?:hesitate|forget|worry|wait|be afraid|be shy|only|delay)\b|\bnever mind\b|\bwhy (?:not|don't you)\b/gu;

/** A negation further away than this many UTF-16 units belongs to something else. */
const REACH = 200;

function negated(before: string): boolean {
  const honest = before.replace(NO_NEGATION, ' ');
  return NEVER.test(honest) || NOT_VERB.test(honest);
}

/** True when the sentence warns, speaks of another act, or gives the secret to the author or the app. */
function harmless(verb: string, gap: string, before: string, after: string): boolean {
  if (OTHER_VERB.test(gap) || TO_AUTHOR.test(gap) || negated(before)) return true;
  if (ASKED_BY_OTHERS.test(before) && !WE.test(before)) return true;
  if (/\b(?:did|have|had) you(?: already| ever| just)?\s*$/u.test(before)) return true;
  if (/^(?:enter|type|confirm|fill in)/u.test(verb) && IN_THE_APP.test(after)) return true;
  return /\bwe(?:'ll| will| would| can| could| also)?\s+$/u.test(before);
}

/** Who, in an English sentence whose secrets are marked §, asks for one: the words, or nothing. */
export function askedInEnglish(sentence: string): string | undefined {
  for (const pattern of BARE_ASK) {
    const match = pattern.exec(sentence);
    if (match && !NEVER.test(sentence.slice(Math.max(0, match.index - REACH), match.index))) return match[0];
  }
  for (const match of sentence.matchAll(OURS_ASK)) {
    const before =
      sentence.slice(Math.max(0, match.index - REACH), match.index) +
      match[0].slice(0, match[0].lastIndexOf(match.groups?.gap ?? ''));
    const words = before.replace(/\s*\b\w+\s*$/u, ' ');
    if (!negated(words) && !OTHER_VERB.test(match.groups?.gap ?? '')) return match[0];
  }
  for (const pattern of [ORDER, BY_GIVING]) {
    for (const match of sentence.matchAll(pattern)) {
      const { verb = '', gap = '' } = match.groups ?? {};
      const end = match.index + match[0].length;
      const before = sentence.slice(Math.max(0, end - verb.length - REACH), end - verb.length);
      const after = sentence.slice(end + gap.length + 1, end + gap.length + REACH);
      if (!harmless(verb, gap, before, after)) return `${verb}${gap}§`;
    }
  }
  return undefined;
}

/** Why a mention needs no reply. Recorded with every dismissal, and counted: it is how the team learns what to stop hearing. */
export const DISMISS_REASONS = [
  'not-about-us',
  'already-answered',
  'no-reply-needed',
  'spam-or-scam',
  'duplicate',
  'wrong-language',
  'other',
] as const;

export type DismissReasonId = (typeof DISMISS_REASONS)[number];

/** The reasons as people read them, in the languages of the inbox. */
export const DISMISS_TITLES: Record<DismissReasonId, { en: string; 'zh-Hans': string; 'zh-Hant': string }> = {
  'not-about-us': { en: 'Not about us', 'zh-Hans': '与我们无关', 'zh-Hant': '與我們無關' },
  'already-answered': { en: 'Already answered', 'zh-Hans': '已有人回复', 'zh-Hant': '已有人回覆' },
  'no-reply-needed': { en: 'Needs no reply', 'zh-Hans': '无需回复', 'zh-Hant': '無需回覆' },
  'spam-or-scam': { en: 'Spam or scam', 'zh-Hans': '垃圾信息或诈骗', 'zh-Hant': '垃圾訊息或詐騙' },
  duplicate: { en: 'Duplicate', 'zh-Hans': '重复', 'zh-Hant': '重複' },
  'wrong-language': {
    en: 'A language we do not answer in',
    'zh-Hans': '我们不支持的语言',
    'zh-Hant': '我們不支援的語言',
  },
  other: { en: 'Another reason', 'zh-Hans': '其他原因', 'zh-Hant': '其他原因' },
};

export function isDismissReason(reason: string): reason is DismissReasonId {
  return (DISMISS_REASONS as readonly string[]).includes(reason);
}

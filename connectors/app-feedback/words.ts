/** What the public form says, in the languages of its readers. */
export const LANGS = ['zh-Hans', 'zh-Hant', 'en'] as const;
export type Lang = (typeof LANGS)[number];

export interface Words {
  language: string;
  title(app: string): string;
  lead: string;
  text: string;
  hint: string;
  pictures: string;
  picturesHint: string;
  email: string;
  emailHint: string;
  leaveEmpty: string;
  send: string;
  thanks: string;
  reference(id: string): string;
  noPicture(name: string): string;
  another: string;
  trouble: string;
  missingText: string;
  wrongEmail: string;
  tooQuick: string;
  outdated: string;
  tooMuch: string;
}

export const WORDS: Record<Lang, Words> = {
  'zh-Hans': {
    language: '简体中文',
    title: (app) => `${app} 意见反馈`,
    lead: '请告诉我们发生了什么。由真人阅读。',
    text: '发生了什么？',
    hint: '请勿填写密码、验证码或完整卡号。',
    pictures: '截图（可选）',
    picturesHint: '最多 3 张，每张不超过 10 MB，支持 PNG、JPEG、WebP。图片中的位置等隐藏信息会被清除。',
    email: '电子邮箱（可选）',
    emailHint: '如果您希望收到回复，请填写。只用于回复这条反馈。',
    leaveEmpty: '此栏请留空',
    send: '发送',
    thanks: '已收到，谢谢您。',
    reference: (id) => `编号：${id}`,
    noPicture: (name) => `文字已收到，但未能保存图片“${name}”。请改用 PNG、JPEG 或 WebP 图片，每张不超过 10 MB。`,
    another: '再写一条',
    trouble: '尚未发送。',
    missingText: '请先写下发生了什么。',
    wrongEmail: '请填写有效的电子邮箱，或留空。',
    tooQuick: '发送得太快了。请稍等几秒，再点击发送。',
    outdated: '页面打开时间过长，或已发送过一次。请检查内容后再次发送。',
    tooMuch: '内容过长。请控制在 5000 字以内。',
  },
  'zh-Hant': {
    language: '繁體中文',
    title: (app) => `${app} 意見回饋`,
    lead: '請告訴我們發生了什麼事。由真人閱讀。',
    text: '發生了什麼事？',
    hint: '請勿填寫密碼、驗證碼或完整卡號。',
    pictures: '螢幕截圖（選填）',
    picturesHint: '最多 3 張，每張不超過 10 MB，支援 PNG、JPEG、WebP。圖片中的位置等隱藏資訊會被清除。',
    email: '電子信箱（選填）',
    emailHint: '如果您希望收到回覆，請填寫。僅用於回覆這則意見。',
    leaveEmpty: '此欄請留空',
    send: '送出',
    thanks: '已收到，謝謝您。',
    reference: (id) => `編號：${id}`,
    noPicture: (name) => `文字已收到，但未能儲存圖片「${name}」。請改用 PNG、JPEG 或 WebP 圖片，每張不超過 10 MB。`,
    another: '再寫一則',
    trouble: '尚未送出。',
    missingText: '請先寫下發生了什麼事。',
    wrongEmail: '請填寫有效的電子信箱，或留空。',
    tooQuick: '送出得太快了。請稍等幾秒，再點選送出。',
    outdated: '頁面開啟時間過長，或已送出過一次。請檢查內容後再次送出。',
    tooMuch: '內容過長。請控制在 5000 字以內。',
  },
  en: {
    language: 'English',
    title: (app) => `Feedback on ${app}`,
    lead: 'Tell us what happened. A person reads it.',
    text: 'What happened?',
    hint: 'Never write a password, a code or a whole card number here.',
    pictures: 'Screenshots (optional)',
    picturesHint: 'Up to 3, each up to 10 MB: PNG, JPEG or WebP. What is hidden in them, such as a place, is removed.',
    email: 'E-mail address (optional)',
    emailHint: 'If you would like an answer. It is used for that alone.',
    leaveEmpty: 'Leave this empty',
    send: 'Send',
    thanks: 'We have it. Thank you.',
    reference: (id) => `Reference: ${id}`,
    noPicture: (name) =>
      `Your words are here, but the picture "${name}" could not be kept. Send PNG, JPEG or WebP, each up to 10 MB.`,
    another: 'Write another one',
    trouble: 'Not sent yet.',
    missingText: 'Write what happened first.',
    wrongEmail: 'Give an e-mail address that works, or leave it empty.',
    tooQuick: 'That was very quick. Wait a few seconds, then press Send.',
    outdated: 'This page was open for too long, or it was sent already. Look at it, then press Send again.',
    tooMuch: 'This is too long. Keep it under 5,000 characters.',
  },
};

/** The language that was asked for in the address, else the first one of the browser that we speak. */
export function langOf(asked: string | null, accept: string | null): Lang {
  const wanted = [asked ?? '', ...(accept ?? '').split(',').map((one) => one.split(';')[0]?.trim() ?? '')];
  for (const one of wanted) {
    if (/^zh-(?:hant|tw|hk|mo)/i.test(one)) return 'zh-Hant';
    if (/^zh\b/i.test(one)) return 'zh-Hans';
    if (/^en\b/i.test(one)) return 'en';
  }
  return 'en';
}

import type { Lang } from './types.ts';

/** What members read. */
export interface MemberWords {
  /** The one safety sentence that matters. */
  safety: string;
  help: string;
  report: { title: string; label: string; hint: string };
  receipt: (caseNumber: string) => string;
  /** Where the answer to a report comes, and what it needs. */
  answeredDirectly: string;
  /** For what was written to the bot, with one case number or several. */
  received: (caseNumbers: string) => string;
  /** Under an answer: did this solve it? */
  solved: string;
  unsolved: string;
  solvedThanks: string;
  unsolvedThanks: (caseNumber: string) => string;
  notYours: string;
  caseGone: string;
  secretRefused: string;
  /** In private, to the author of a public message that shows something private. `where` is a channel. */
  shown: (where: string, secret: boolean) => string;
  removed: (where: string) => string;
  removedText: string;
  /** In public, where a direct message did not come through. Says nothing of what it was. */
  shownHint: string;
  removedHint: (who: string) => string;
  withoutSecret: string;
  emptyReport: string;
  noNotice: string;
  notice: (text: string) => string;
  noArticle: string;
  isStaff: (name: string) => string;
  notStaff: (name: string) => string;
  askOnServer: string;
  wait: (seconds: number) => string;
  failed: string;
}

const en: MemberWords = {
  safety: '🔒 We never ask for your password, PIN, verification code or recovery phrase, here or in a direct message.',
  help: [
    'What you can do here:',
    '`/report` tell us about a problem, in private',
    '`/faq` read the answer to a common question',
    '`/status` see whether something is known to be wrong',
    '`/staff` check whether somebody is really one of us',
  ].join('\n'),
  report: {
    title: 'Report a problem',
    label: 'What happened?',
    hint: 'When, what you did, what you saw. No passwords, codes, card or ID numbers.',
  },
  receipt: (caseNumber) => `Thank you. Your report is with our team. Case number: **${caseNumber}**`,
  answeredDirectly: 'The answer comes from this bot as a direct message: allow direct messages from this server.',
  received: (caseNumbers) => `Received, our team looks at it. Case number: ${caseNumbers}`,
  solved: 'This solved it',
  unsolved: 'Not solved',
  solvedThanks: 'Thank you for telling us. If it comes back, press “Not solved”.',
  unsolvedThanks: (caseNumber) => `We are sorry. Our team looks at it again. Case number: ${caseNumber}`,
  notYours: 'Only whoever asked can say whether this solved it. To tell us of your own problem, use `/report`.',
  caseGone: 'This case is not with us any more. Tell us with `/report` if something does not work.',
  shown: (where, secret) =>
    secret
      ? `Your message in ${where} shows something secret, such as a card or ID number, a password or a code. Everybody can read it: please delete it now. If it was a password or a code, change it.`
      : `Your message in ${where} shows an e-mail address or a phone number. Everybody can read it, impostors too: please take it out.`,
  removed: (where) =>
    `Your message in ${where} showed something secret, such as a card or ID number, a password or a code. It was removed before more people read it. If it was a password or a code, change it. Please write again without it.`,
  removedText: 'Your text without it, to copy:',
  shownHint:
    '🔒 I could not write to you directly. Please take what is private out of this message: everybody can read it.',
  removedHint: (who) =>
    `🔒 ${who}, a message of yours was removed since it showed something secret. Please write again without it.`,
  secretRefused:
    'This was not sent: it holds something secret, such as a password, a code, a card or an ID number. Nothing was kept. Take it out and send `/report` again.',
  withoutSecret: 'Your text without it, to copy:',
  emptyReport: 'The report is empty. Tell us in a few words what happened.',
  noNotice: 'No disruption has been announced. If something does not work, tell us with `/report`.',
  notice: (text) => `From our team:\n${text}`,
  noArticle: 'There is no answer to that yet. Choose one from the list, or ask us with `/report`.',
  isStaff: (name) => `✅ ${name} is staff on this server.`,
  notStaff: (name) => `❌ ${name} is **not** staff. Do not trust a message in our name from this account.`,
  askOnServer: 'Ask this on our server: only there is it known who is staff.',
  wait: (seconds) => `That was a lot at once. Try again in ${seconds} s.`,
  failed: 'That did not work. Please try again in a moment.',
};

const zhHans: MemberWords = {
  safety: '🔒 无论在这里还是私信中，我们都不会向您索要密码、PIN、验证码或助记词。',
  help: [
    '您可以使用：',
    '`/report` 私下向我们反映问题',
    '`/faq` 查看常见问题的答案',
    '`/status` 查看当前是否有已知故障',
    '`/staff` 核实某人是否真的是工作人员',
  ].join('\n'),
  report: {
    title: '反映问题',
    label: '发生了什么？',
    hint: '什么时间、做了什么、看到了什么。请勿填写密码、验证码、卡号或证件号。',
  },
  receipt: (caseNumber) => `谢谢您。我们的团队已收到。编号：**${caseNumber}**`,
  answeredDirectly: '本机器人会通过私信回复您：请允许来自本服务器的私信。',
  received: (caseNumbers) => `已收到，我们的团队会查看。编号：${caseNumbers}`,
  solved: '已解决',
  unsolved: '没有解决',
  solvedThanks: '谢谢您的反馈。如果问题再次出现，请点击“没有解决”。',
  unsolvedThanks: (caseNumber) => `很抱歉。我们的团队会再次查看。编号：${caseNumber}`,
  notYours: '只有提问的人可以说明问题是否解决。如果您也遇到问题，请用 `/report` 告诉我们。',
  caseGone: '我们已没有这个记录。如果遇到问题，请用 `/report` 告诉我们。',
  shown: (where, secret) =>
    secret
      ? `您在 ${where} 的消息里有卡号、证件号、密码或验证码等机密信息，所有人都能看到：请立即删除。如果是密码或验证码，请尽快更改。`
      : `您在 ${where} 的消息里有邮箱或电话号码，所有人都能看到，包括骗子：请删去。`,
  removed: (where) =>
    `您在 ${where} 的消息里有卡号、证件号、密码或验证码等机密信息，我们已将其移除，以免更多人看到。如果是密码或验证码，请尽快更改。请删去后重新发送。`,
  removedText: '去掉机密信息后的内容，可以复制：',
  shownHint: '🔒 我无法给您发私信。请删去这条消息里的私人信息：所有人都能看到。',
  removedHint: (who) => `🔒 ${who}，您的一条消息含有机密信息，已被移除。请删去后重新发送。`,
  secretRefused:
    '没有发送：内容里有密码、验证码、卡号或证件号等机密信息。我们没有保存任何内容。请删去后重新使用 `/report`。',
  withoutSecret: '去掉机密信息后的内容，可以复制：',
  emptyReport: '内容是空的。请用几句话告诉我们发生了什么。',
  noNotice: '目前没有发布故障通知。如果遇到问题，请用 `/report` 告诉我们。',
  notice: (text) => `来自我们团队：\n${text}`,
  noArticle: '还没有这个问题的答案。请从列表中选择，或用 `/report` 联系我们。',
  isStaff: (name) => `✅ ${name} 是本服务器的工作人员。`,
  notStaff: (name) => `❌ ${name} **不是**工作人员。请不要相信此账号以我们的名义发送的消息。`,
  askOnServer: '请在我们的服务器中查询：只有在那里才能核实工作人员。',
  wait: (seconds) => `操作过于频繁，请 ${seconds} 秒后再试。`,
  failed: '没有成功，请稍后再试。',
};

const zhHant: MemberWords = {
  safety: '🔒 無論在這裡還是私訊中，我們都不會向您索取密碼、PIN、驗證碼或助記詞。',
  help: [
    '您可以使用：',
    '`/report` 私下向我們反映問題',
    '`/faq` 查看常見問題的答案',
    '`/status` 查看目前是否有已知故障',
    '`/staff` 核實某人是否真的是工作人員',
  ].join('\n'),
  report: {
    title: '反映問題',
    label: '發生了什麼？',
    hint: '什麼時間、做了什麼、看到了什麼。請勿填寫密碼、驗證碼、卡號或證件號碼。',
  },
  receipt: (caseNumber) => `謝謝您。我們的團隊已收到。編號：**${caseNumber}**`,
  answeredDirectly: '本機器人會透過私訊回覆您：請允許來自本伺服器的私訊。',
  received: (caseNumbers) => `已收到，我們的團隊會查看。編號：${caseNumbers}`,
  solved: '已解決',
  unsolved: '沒有解決',
  solvedThanks: '謝謝您的回饋。如果問題再次出現，請按「沒有解決」。',
  unsolvedThanks: (caseNumber) => `很抱歉。我們的團隊會再次查看。編號：${caseNumber}`,
  notYours: '只有提問的人可以說明問題是否解決。如果您也遇到問題，請用 `/report` 告訴我們。',
  caseGone: '我們已沒有這筆紀錄。如果遇到問題，請用 `/report` 告訴我們。',
  shown: (where, secret) =>
    secret
      ? `您在 ${where} 的訊息裡有卡號、證件號碼、密碼或驗證碼等機密資訊，所有人都能看到：請立即刪除。如果是密碼或驗證碼，請盡快更改。`
      : `您在 ${where} 的訊息裡有電子郵件或電話號碼，所有人都能看到，包括騙子：請刪去。`,
  removed: (where) =>
    `您在 ${where} 的訊息裡有卡號、證件號碼、密碼或驗證碼等機密資訊，我們已將其移除，以免更多人看到。如果是密碼或驗證碼，請盡快更改。請刪去後重新傳送。`,
  removedText: '去掉機密資訊後的內容，可以複製：',
  shownHint: '🔒 我無法傳私訊給您。請刪去這則訊息裡的私人資訊：所有人都能看到。',
  removedHint: (who) => `🔒 ${who}，您的一則訊息含有機密資訊，已被移除。請刪去後重新傳送。`,
  secretRefused:
    '沒有送出：內容裡有密碼、驗證碼、卡號或證件號碼等機密資訊。我們沒有保存任何內容。請刪去後重新使用 `/report`。',
  withoutSecret: '去掉機密資訊後的內容，可以複製：',
  emptyReport: '內容是空的。請用幾句話告訴我們發生了什麼。',
  noNotice: '目前沒有發布故障通知。如果遇到問題，請用 `/report` 告訴我們。',
  notice: (text) => `來自我們團隊：\n${text}`,
  noArticle: '還沒有這個問題的答案。請從清單中選擇，或用 `/report` 聯絡我們。',
  isStaff: (name) => `✅ ${name} 是本伺服器的工作人員。`,
  notStaff: (name) => `❌ ${name} **不是**工作人員。請不要相信此帳號以我們的名義傳送的訊息。`,
  askOnServer: '請在我們的伺服器中查詢：只有在那裡才能核實工作人員。',
  wait: (seconds) => `操作過於頻繁，請 ${seconds} 秒後再試。`,
  failed: '沒有成功，請稍後再試。',
};

export const MEMBER_WORDS: Record<Lang, MemberWords> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

/** The names of settings in Traditional Chinese. */
export const ZH_HANT_LABELS: Readonly<Record<string, string>> = {
  weight: '份量',
  phrase: '關鍵詞',
  off: '停用',
  product: '產品名稱',
  names: '各種寫法',
  officialHandles: '我們的帳號',
  helpUrl: '說明中心',
  faqUrl: '公開說明網站',
  supportEmail: '客服信箱',
  appFeedbackPath: '應用程式內回饋入口',
  signature: '署名',
  allowedLinks: '允許的連結',
  pull: '讀取來源的頻率',
  'team.name': '姓名',
  'notice.en': '英文',
  'notice.zh': '中文',
  until: '結束時間',
  problemTypes: '問題類型',
  neverSay: '禁用詞句',
  paceSeconds: '兩條回覆之間的秒數',
  closeAfterQuietHours: '平靜多少小時後關閉',
  targets: '通知對象',
  'targets.id': '短名稱',
  'targets.to': '收件人',
  kind: '方式',
  url: '位址',
  secretVariable: '金鑰所在的環境變數',
  channelId: '頻道 ID',
  lanes: '通道',
  'lanes.security': '安全通道',
  'lanes.legal': '法務通道',
  escalateTo: '升級通知',
  digest: '每週摘要',
  weekday: '星期幾',
  'digest.to': '傳送到',
  'digest.at': '時刻',
  answerWithinMinutes: '應在多少分鐘內答覆',
  remindBeforeMinutes: '到時前幾分鐘提醒',
  remindAfterMinutes: '到時後幾分鐘提醒',
  acknowledgeWithinMinutes: '應在多少分鐘內確認',
  'alerts.incidents': '新事件通知誰',
  workingHours: '工作時間',
  timeZone: '時區',
  from: '開始',
  to: '結束',
  days: '工作日',
  holidays: '休息日',
  language: '語言',
  smtp: '郵件伺服器',
  host: '主機',
  port: '埠',
  secure: '從一開始就用 TLS',
  'smtp.from': '發件位址',
  user: '使用者名稱',
  secondApprover: '受監管的回覆需要兩人',
  secondApproverRole: '由誰做第二次核准',
  quietHours: '靜默時段',
  urgentAtOnce: '緊急回覆立即發送',
  staffChannelId: '員工頻道 ID',
  staffRoleIds: '員工角色 ID',
  guildIds: '伺服器 ID',
  receipts: '帶編號的回執',
  warnPersonal: '個人資訊提醒',
  removeSecrets: '刪除洩露機密的訊息',
  'discord.notice': '/status 的公告',
  checkEveryDays: '多少天後再檢查',
  closedDays: '已結束的提及多少天後刪除',
  address: 'API 位址',
};

/** What they are for, under the sentence of the schema. */
export const ZH_HANT_HINTS: Readonly<Record<string, string>> = {
  'Where the site of "earshot knowledge site" stands. Replies may link to its articles; allowedLinks must hold it.':
    '「earshot knowledge site」產生的網站所在的位址。回覆可以連結到其中的文章；「允許的連結」必須包含它。',
  'What the product is called in a reply: {{product}} in a template.': '回覆中對產品的稱呼，即範本裡的 {{product}}。',
  'All spellings people use for it, the product name included.': '人們對它的所有寫法，包括產品名稱本身。',
  'Our accounts. "platform:handle" holds on that platform only, a bare handle everywhere.':
    '我們自己的帳號。寫成「平台：帳號」只在該平台有效，只寫帳號則處處有效。',
  'Words and phrases that no reply may hold, in either language and any script.':
    '任何回覆都不能包含的詞句，不分語言和簡繁。',
  'What no reply may say, beside what is always checked: secrets, personal data, promises, foreign links.':
    '除了始終檢查的內容（索取機密、個人資料、承諾、外部連結）之外，回覆不能說什麼。',
  'Write 200 at most.': '最多寫 200 則。',
  'The help centre.': '說明中心的網址。',
  'Where customers write to.': '客戶寫信的位址。',
  'Where in the app feedback is given: "Me > Help > Feedback".':
    '應用程式裡提交回饋的位置，例如「我的 > 幫助 > 回饋」。',
  'Ends every reply, if set.': '填寫後，每條回覆都以它結尾。',
  'A reply links here and nowhere else.': '回覆只能連結到這裡，不能連結到別處。',
  'Words to search for: offered when a source is added that can be searched at no cost.':
    '要搜尋的詞：新增可以免費搜尋的來源時會預先填上。',
  'When sources are pulled that say nothing else.': '沒有另行設定的來源按此讀取。',
  'Who may be assigned a mention.': '可以把提及指派給誰。',
  'A status notice: drafts and standing answers mention it until it ends.':
    '狀態公告：結束之前，草稿和常備答案都會提到它。',
  'What is said in English: "Top-ups are under maintenance since 14:00."':
    '英文的說法，例如「Top-ups are under maintenance since 14:00.」',
  'The same in Simplified Chinese.': '同樣的意思，用簡體中文。',
  'When it ends by itself; without it, by hand.': '何時自動結束；不填則由人結束。',
  'Drafts about these mention it. Left out: all that are neither regulated nor quiet.':
    '關於這些問題類型的草稿會提到它。不填：所有既不受監管也不安靜的類型。',
  'Many mentions of one problem in a short time.': '短時間內關於同一問題的許多提及。',
  'Between two replies of a bulk approval on the same platform: a burst of ours would look like spam.':
    '批次核准時，同一平台兩條回覆之間的間隔：一次發得太多會像垃圾資訊。',
  'An incident of which nothing new was heard for so long is closed by itself.': '這麼久沒有新訊息的事件會自動關閉。',
  'People who must know at once, and the clocks of regulated lanes.': '必須立即知道的人，以及受監管通道的時限。',
  'Where alerts can go: signed webhooks, e-mail, Discord channels.':
    '警報可以發往哪裡：帶簽名的 Webhook、電子郵件、Discord 頻道。',
  'What lanes call it.': '通道裡用的名稱。',
  'Where alerts are posted to, signed. A private host must be allowed.': '警報帶簽名發往的位址。私有主機須先允許。',
  'The environment variable with the secret.': '存放金鑰的環境變數。',
  'Who gets the mail.': '誰會收到郵件。',
  'A channel that only staff can read.': '只有員工能看到的頻道。',
  'Who is told about what, and when somebody should have answered.': '什麼事通知誰，以及應在何時之前答覆。',
  'Who is told within seconds.': '幾秒之內通知誰。',
  'Who is told when nobody of them acknowledged in time.': '他們都沒有及時確認時通知誰。',
  'Working minutes until somebody should have decided.': '應在多少工作分鐘內作出決定。',
  'Reminders before that time is over.': '時限到來之前的提醒。',
  'Reminders after it was over, beside the one at once.': '超時之後的提醒，超時當下的那次除外。',
  'An alert that nobody acknowledged is sent again after it.': '沒有人確認的警報會在此之後再次發送。',
  'Who is told about a new incident.': '出現新事件時通知誰。',
  'When somebody is there. Left out: around the clock.': '何時有人在。不填：全天。',
  'The place whose clock counts.': '以哪裡的時間為準。',
  'When the working day begins.': '工作日何時開始。',
  'When it ends, on the same day.': '當天何時結束。',
  '1 is Monday, 7 is Sunday.': '1 是星期一，7 是星期日。',
  'Days off, as "2026-10-01".': '休息的日子，寫成「2026-10-01」。',
  'The language of alerts.': '警報使用的語言。',
  'The server that sends alerts by e-mail.': '用電子郵件發送警報的伺服器。',
  'The mail server.': '郵件伺服器的名稱。',
  '587 with STARTTLS, 465 with TLS from the start.': 'STARTTLS 用 587，從一開始就用 TLS 則用 465。',
  'TLS from the start.': '連線從一開始就加密。',
  'The address that alerts come from.': '警報從哪個位址發出。',
  'Who signs in; the password is EARSHOT_SMTP_PASSWORD.': '用來登入的名稱；密碼是 EARSHOT_SMTP_PASSWORD。',
  'Replies about fraud and legal matters need two people. False only where one person works alone.':
    '關於欺詐和法律事務的回覆需要兩個人。只有一個人獨自工作時才關閉。',
  'Who may give the second approval.': '誰可以做第二次核准。',
  'The place whose clock the quiet hours follow.': '靜默時段以哪裡的時間為準。',
  'No reply goes out from `from` to `to`; over midnight where `from` is the later one.':
    '從開始到結束之間不發出回覆；開始晚於結束時跨過午夜。',
  'Urgent mentions are answered in quiet hours too.': '靜默時段內也答覆緊急提及。',
  'Cards for staff and commands for members, on our Discord server.':
    '在我們的 Discord 伺服器上：員工的卡片和成員的命令。',
  'The channel in which staff see a card per draft. Only staff should be able to read it.':
    '員工在此頻道看到每份草稿的卡片。應當只有員工能看到它。',
  'Whoever has one of these roles decides, and is confirmed by /staff.':
    '擁有其中任一角色的人可以決定，/staff 也會確認他們。',
  'Our servers. Empty: all that the bot is in.': '我們的伺服器。留空：機器人所在的全部伺服器。',
  'The language of the cards.': '卡片使用的語言。',
  'Whoever pings the bot, answers it or writes to it gets a short receipt with a case number. Read at once.':
    '提到機器人、回覆它或寫信給它的人會收到帶編號的簡短回執。立即生效。',
  'Whoever shows personal data in public is told so in private. Read at once.':
    '公開露出個人資訊的人會私下收到提醒。立即生效。',
  'Public messages that show a card or identity number, a password, a code or a recovery phrase are removed. The bot needs the right Manage Messages. Read at once.':
    '公開露出卡號、證件號、密碼、驗證碼或助記詞的訊息會被刪除。機器人需要「管理訊息」權限。立即生效。',
  'What /status tells members now: a known problem, a date. Read at once.':
    '/status 現在告訴成員什麼：已知問題、日期。立即生效。',
  'So many days after its last check, an article of the knowledge base is shown to its owner again.':
    '知識庫的文章上次檢查後過這麼多天，會再次交給負責人查看。',
  'The articles that drafts rest on and the help site is made of.': '草稿所依據、說明網站所用的文章。',
  'Answered and dismissed mentions are erased so many days after they were heard. Left out: they are kept.':
    '已答覆和已略過的提及，在聽到後這麼多天刪除。不填：一直保留。',
  'Working minutes until a mention in no regulated lane should be answered. Reports are held against it.':
    '不在受監管通道中的提及應在多少工作分鐘內得到答覆。報告以此衡量。',
  'The weekly digest.': '每週的報告摘要。',
  'Which targets get the numbers of the last seven days.': '哪些通知對象會收到最近七天的數字。',
  'When it is sent.': '何時發送。',
  'Where the API lives. Only for a local platform.': 'API 的位址。只用於本機平台。',
};

/** Why a setting was refused. */
export const ZH_HANT_FAULTS: Readonly<Record<string, string>> = {
  'Add this address to brand.allowedLinks, too: replies link nowhere else.':
    '請把這個位址也加入「允許的連結」：回覆只連結到那裡。',
  'Copy the id in Discord: a long number, in quotes.': '請在 Discord 中複製 ID：一長串數字。',
  'Use small letters, digits and hyphens, such as "security-team".':
    '請用小寫字母、數字和連字元，例如「security-team」。',
  'Write a cron expression of five fields in UTC, such as "*/5 * * * *" for every five minutes.':
    '請寫五段的 cron 表示式（UTC）,例如每五分鐘是「*/5 * * * *」。',
  'Write a full web address that starts with https://.': '請寫完整的網址，以 https:// 開頭。',
  'Write a time of day with two digits each, such as "22:00".': '請寫時刻，各兩位數字，例如「22:00」。',
  'Write an e-mail address.': '請寫電子信箱位址。',
  'Write days as "2026-10-01".': '日期請寫成「2026-10-01」。',
  'Write something here, or leave the setting out.': '請填寫內容，或留空不設。',
  'Write the name of a time zone, such as "Asia/Shanghai".': '請寫時區名稱，例如「Asia/Shanghai」。',
  'Write the name of an environment variable, such as EARSHOT_WEBHOOK_SECRET.':
    '請寫環境變數的名稱，例如 EARSHOT_WEBHOOK_SECRET。',
};

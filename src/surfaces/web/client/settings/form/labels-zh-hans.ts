/** The names of settings in Simplified Chinese. */
export const ZH_HANS_LABELS: Readonly<Record<string, string>> = {
  weight: '分量',
  phrase: '关键词',
  off: '停用',
  product: '产品名称',
  names: '各种写法',
  officialHandles: '我们的账号',
  helpUrl: '帮助中心',
  faqUrl: '公开帮助网站',
  supportEmail: '客服邮箱',
  appFeedbackPath: '应用内反馈入口',
  signature: '署名',
  allowedLinks: '允许的链接',
  pull: '读取来源的频率',
  'team.name': '姓名',
  'notice.en': '英文',
  'notice.zh': '中文',
  until: '结束时间',
  problemTypes: '问题类型',
  neverSay: '禁用词句',
  paceSeconds: '两条回复之间的秒数',
  closeAfterQuietHours: '平静多少小时后关闭',
  targets: '通知对象',
  'targets.id': '短名称',
  'targets.to': '收件人',
  kind: '方式',
  url: '地址',
  secretVariable: '密钥所在的环境变量',
  channelId: '频道 ID',
  lanes: '通道',
  'lanes.security': '安全通道',
  'lanes.legal': '法务通道',
  escalateTo: '升级通知',
  digest: '每周摘要',
  weekday: '星期几',
  'digest.to': '发送到',
  'digest.at': '时刻',
  answerWithinMinutes: '应在多少分钟内答复',
  remindBeforeMinutes: '到时前几分钟提醒',
  remindAfterMinutes: '到时后几分钟提醒',
  acknowledgeWithinMinutes: '应在多少分钟内确认',
  'alerts.incidents': '新事件通知谁',
  workingHours: '工作时间',
  timeZone: '时区',
  from: '开始',
  to: '结束',
  days: '工作日',
  holidays: '休息日',
  language: '语言',
  smtp: '邮件服务器',
  host: '主机',
  port: '端口',
  secure: '从一开始就用 TLS',
  'smtp.from': '发件地址',
  user: '用户名',
  secondApprover: '受监管的回复需要两人',
  secondApproverRole: '由谁做第二次批准',
  quietHours: '静默时段',
  urgentAtOnce: '紧急回复立即发送',
  staffChannelId: '员工频道 ID',
  staffRoleIds: '员工角色 ID',
  guildIds: '服务器 ID',
  receipts: '带编号的回执',
  warnPersonal: '个人信息提醒',
  removeSecrets: '删除泄露机密的消息',
  'discord.notice': '/status 的公告',
  checkEveryDays: '多少天后再检查',
  closedDays: '已结束的提及多少天后删除',
  address: 'API 地址',
};

/** What they are for, under the sentence of the schema. */
export const ZH_HANS_HINTS: Readonly<Record<string, string>> = {
  'Where the site of "earshot knowledge site" stands. Replies may link to its articles; allowedLinks must hold it.':
    '“earshot knowledge site”生成的网站所在的地址。回复可以链接到其中的文章；“允许的链接”必须包含它。',
  'What the product is called in a reply: {{product}} in a template.': '回复中对产品的称呼，即模板里的 {{product}}。',
  'All spellings people use for it, the product name included.': '人们对它的所有写法，包括产品名称本身。',
  'Our accounts. "platform:handle" holds on that platform only, a bare handle everywhere.':
    '我们自己的账号。写成“平台：账号”只在该平台有效，只写账号则处处有效。',
  'Words and phrases that no reply may hold, in either language and any script.':
    '任何回复都不能包含的词句，不分语言和简繁。',
  'What no reply may say, beside what is always checked: secrets, personal data, promises, foreign links.':
    '除了始终检查的内容（索要机密、个人数据、承诺、外部链接）之外，回复不能说什么。',
  'Write 200 at most.': '最多写 200 条。',
  'The help centre.': '帮助中心的网址。',
  'Where customers write to.': '客户写信的地址。',
  'Where in the app feedback is given: "Me > Help > Feedback".': '应用里提交反馈的位置，例如“我的 > 帮助 > 反馈”。',
  'Ends every reply, if set.': '填写后，每条回复都以它结尾。',
  'A reply links here and nowhere else.': '回复只能链接到这里，不能链接到别处。',
  'Words to search for: offered when a source is added that can be searched at no cost.':
    '要搜索的词：添加可以免费搜索的来源时会预先填上。',
  'When sources are pulled that say nothing else.': '没有另行设定的来源按此读取。',
  'Who may be assigned a mention.': '可以把提及分配给谁。',
  'A status notice: drafts and standing answers mention it until it ends.':
    '状态公告：结束之前，草稿和常备答案都会提到它。',
  'What is said in English: "Top-ups are under maintenance since 14:00."':
    '英文的说法，例如 “Top-ups are under maintenance since 14:00.”',
  'The same in Simplified Chinese.': '同样的意思，用简体中文。',
  'When it ends by itself; without it, by hand.': '何时自动结束；不填则由人结束。',
  'Drafts about these mention it. Left out: all that are neither regulated nor quiet.':
    '关于这些问题类型的草稿会提到它。不填：所有既不受监管也不安静的类型。',
  'Many mentions of one problem in a short time.': '短时间内关于同一问题的许多提及。',
  'Between two replies of a bulk approval on the same platform: a burst of ours would look like spam.':
    '批量批准时，同一平台两条回复之间的间隔：一次发得太多会像垃圾信息。',
  'An incident of which nothing new was heard for so long is closed by itself.': '这么久没有新消息的事件会自动关闭。',
  'People who must know at once, and the clocks of regulated lanes.': '必须立即知道的人，以及受监管通道的时限。',
  'Where alerts can go: signed webhooks, e-mail, Discord channels.':
    '警报可以发往哪里：带签名的 Webhook、电子邮件、Discord 频道。',
  'What lanes call it.': '通道里用的名称。',
  'Where alerts are posted to, signed. A private host must be allowed.': '警报带签名发往的地址。私有主机须先允许。',
  'The environment variable with the secret.': '存放密钥的环境变量。',
  'Who gets the mail.': '谁会收到邮件。',
  'A channel that only staff can read.': '只有员工能看到的频道。',
  'Who is told about what, and when somebody should have answered.': '什么事通知谁，以及应在何时之前答复。',
  'Who is told within seconds.': '几秒之内通知谁。',
  'Who is told when nobody of them acknowledged in time.': '他们都没有及时确认时通知谁。',
  'Working minutes until somebody should have decided.': '应在多少工作分钟内作出决定。',
  'Reminders before that time is over.': '时限到来之前的提醒。',
  'Reminders after it was over, beside the one at once.': '超时之后的提醒，超时当刻的那次除外。',
  'An alert that nobody acknowledged is sent again after it.': '没有人确认的警报会在此之后再次发送。',
  'Who is told about a new incident.': '出现新事件时通知谁。',
  'When somebody is there. Left out: around the clock.': '何时有人在。不填：全天。',
  'The place whose clock counts.': '以哪里的时间为准。',
  'When the working day begins.': '工作日何时开始。',
  'When it ends, on the same day.': '当天何时结束。',
  '1 is Monday, 7 is Sunday.': '1 是星期一，7 是星期日。',
  'Days off, as "2026-10-01".': '休息的日子，写成 “2026-10-01”。',
  'The language of alerts.': '警报使用的语言。',
  'The server that sends alerts by e-mail.': '用电子邮件发送警报的服务器。',
  'The mail server.': '邮件服务器的名称。',
  '587 with STARTTLS, 465 with TLS from the start.': 'STARTTLS 用 587，从一开始就用 TLS 则用 465。',
  'TLS from the start.': '连接从一开始就加密。',
  'The address that alerts come from.': '警报从哪个地址发出。',
  'Who signs in; the password is EARSHOT_SMTP_PASSWORD.': '用来登录的名称；密码是 EARSHOT_SMTP_PASSWORD。',
  'Replies about fraud and legal matters need two people. False only where one person works alone.':
    '关于欺诈和法律事务的回复需要两个人。只有一个人独自工作时才关闭。',
  'Who may give the second approval.': '谁可以做第二次批准。',
  'The place whose clock the quiet hours follow.': '静默时段以哪里的时间为准。',
  'No reply goes out from `from` to `to`; over midnight where `from` is the later one.':
    '从开始到结束之间不发出回复；开始晚于结束时跨过午夜。',
  'Urgent mentions are answered in quiet hours too.': '静默时段内也答复紧急提及。',
  'Cards for staff and commands for members, on our Discord server.':
    '在我们的 Discord 服务器上：员工的卡片和成员的命令。',
  'The channel in which staff see a card per draft. Only staff should be able to read it.':
    '员工在此频道看到每份草稿的卡片。应当只有员工能看到它。',
  'Whoever has one of these roles decides, and is confirmed by /staff.':
    '拥有其中任一角色的人可以决定，/staff 也会确认他们。',
  'Our servers. Empty: all that the bot is in.': '我们的服务器。留空：机器人所在的全部服务器。',
  'The language of the cards.': '卡片使用的语言。',
  'Whoever pings the bot, answers it or writes to it gets a short receipt with a case number. Read at once.':
    '提到机器人、回复它或写信给它的人会收到带编号的简短回执。立即生效。',
  'Whoever shows personal data in public is told so in private. Read at once.':
    '公开露出个人信息的人会私下收到提醒。立即生效。',
  'Public messages that show a card or identity number, a password, a code or a recovery phrase are removed. The bot needs the right Manage Messages. Read at once.':
    '公开露出卡号、证件号、密码、验证码或助记词的消息会被删除。机器人需要“管理消息”权限。立即生效。',
  'What /status tells members now: a known problem, a date. Read at once.':
    '/status 现在告诉成员什么：已知问题、日期。立即生效。',
  'So many days after its last check, an article of the knowledge base is shown to its owner again.':
    '知识库的文章上次检查后过这么多天，会再次交给负责人查看。',
  'The articles that drafts rest on and the help site is made of.': '草稿所依据、帮助网站所用的文章。',
  'Answered and dismissed mentions are erased so many days after they were heard. Left out: they are kept.':
    '已答复和已忽略的提及，在听到后这么多天删除。不填：一直保留。',
  'Working minutes until a mention in no regulated lane should be answered. Reports are held against it.':
    '不在受监管通道中的提及应在多少工作分钟内得到答复。报告以此衡量。',
  'The weekly digest.': '每周的报告摘要。',
  'Which targets get the numbers of the last seven days.': '哪些通知对象会收到最近七天的数字。',
  'When it is sent.': '何时发送。',
  'Where the API lives. Only for a local platform.': 'API 的地址。只用于本机平台。',
};

/** Why a setting was refused. */
export const ZH_HANS_FAULTS: Readonly<Record<string, string>> = {
  'Add this address to brand.allowedLinks, too: replies link nowhere else.':
    '请把这个地址也加入“允许的链接”：回复只链接到那里。',
  'Copy the id in Discord: a long number, in quotes.': '请在 Discord 中复制 ID：一长串数字。',
  'Use small letters, digits and hyphens, such as "security-team".':
    '请用小写字母、数字和连字符，例如 “security-team”。',
  'Write a cron expression of five fields in UTC, such as "*/5 * * * *" for every five minutes.':
    '请写五段的 cron 表达式（UTC）,例如每五分钟是 “*/5 * * * *”。',
  'Write a full web address that starts with https://.': '请写完整的网址，以 https:// 开头。',
  'Write a time of day with two digits each, such as "22:00".': '请写时刻，各两位数字，例如 “22:00”。',
  'Write an e-mail address.': '请写电子邮箱地址。',
  'Write days as "2026-10-01".': '日期请写成 “2026-10-01”。',
  'Write something here, or leave the setting out.': '请填写内容，或留空不设。',
  'Write the name of a time zone, such as "Asia/Shanghai".': '请写时区名称，例如 “Asia/Shanghai”。',
  'Write the name of an environment variable, such as EARSHOT_WEBHOOK_SECRET.':
    '请写环境变量的名称，例如 EARSHOT_WEBHOOK_SECRET。',
};

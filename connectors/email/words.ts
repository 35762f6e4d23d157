/** Data: what the settings form says of e-mail in Chinese. */
import type { About } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    reasons: {
      'A delivery report of a mail server. There is nobody to answer.': '邮件服务器的投递报告，没有可回复的人。',
      'Written by a machine (Auto-Submitted). It is never answered.': '由机器撰写（Auto-Submitted），从不回复。',
      'An automatic reply. Two of them would answer each other.': '自动回复。两个自动回复会互相答复。',
      'Its sender wants no replies of this kind (X-Auto-Response-Suppress).':
        '发件人不希望收到此类回复（X-Auto-Response-Suppress）。',
      'A note of absence. It is never answered.': '外出通知，从不回复。',
      'From a mailing list or a newsletter. An answer would go to many, or to nobody.':
        '来自邮件列表或简报。回复会发给很多人，或没有人收到。',
      'Bulk mail (Precedence: {precedence}). It is never answered.': '群发邮件（Precedence: {precedence}），从不回复。',
      'Its sender reads no answers (no-reply).': '发件人不查看回复（no-reply）。',
      'It names no address that an answer could go to.': '其中没有可以回复的地址。',
      'The mail server found that the sender is probably forged, so an answer might go to somebody who never wrote. Ask them another way first.':
        '邮件服务器认为发件人很可能是伪造的，回复可能会发给从未写信的人。请先用其他方式确认。',
      'An answer would go to ourselves.': '回复会发给我们自己。',
      'It asks for answers to several addresses. Choose one, and answer by hand.':
        '它要求回复到多个地址。请选择一个，手动回复。',
      'It asks for answers to {address} and not to the sender. Fraud looks like that, too: look at it, then answer by hand.':
        '它要求回复到 {address}，而不是发件人。诈骗也会这样：请先查看，再手动回复。',
      'No SMTP server is set ("smtpHost"), so nothing can be sent from here.':
        '没有设置 SMTP 服务器（smtpHost），无法从这里发送。',
    },
    name: '电子邮件',
    summary: '通过 IMAP 接收一个邮箱的来信（服务器允许时实时接收），并通过 SMTP 回复。',
    options: {
      address: { label: '邮箱地址', describe: '邮箱地址，例如 help@example.com。回复由此发出。' },
      senderName: { label: '发件人名称', describe: '回复中显示在地址旁的名称，例如“OKPay 客服”。留空：只显示地址。' },
      aliases: { label: '我们的其他地址', describe: '我们的其他地址。来自这些地址的邮件视为我们自己的，绝不回复。' },
      imapHost: { label: 'IMAP 服务器', describe: 'IMAP 服务器，例如 imap.example.com。' },
      imapPort: { label: 'IMAP 端口', describe: '端口：TLS 为 993，STARTTLS 为 143。' },
      imapSecurity: {
        label: 'IMAP 加密方式',
        describe: '“tls”：一开始就加密；“starttls”：先连接再加密，不加密则拒绝；“none”：仅用于本机上的服务器。',
      },
      smtpHost: {
        label: 'SMTP 服务器',
        describe: '发送回复的 SMTP 服务器，例如 smtp.example.com。留空：手动发送回复。',
      },
      smtpPort: { label: 'SMTP 端口', describe: '端口：TLS 为 465，STARTTLS 为 587。' },
      smtpSecurity: { label: 'SMTP 加密方式', describe: 'SMTP 的加密方式，选项同上。' },
      user: { label: '登录名', describe: '登录名。留空：使用邮箱地址。' },
      smtpUser: { label: 'SMTP 登录名', describe: 'SMTP 的登录名（与上面不同时填写）。' },
      folders: {
        label: '文件夹',
        describe: '要接收的文件夹，写全名。只填 *：除草稿、已发送、垃圾邮件和已删除以外的全部文件夹。',
      },
      sentFolder: { label: '“已发送”文件夹', describe: '“已发送”文件夹。留空：使用服务器标明的那个。' },
      sentCopy: {
        label: '已发送副本',
        describe:
          '回复如何进入“已发送”（结果不明的回复在那里查找）。“server”：由邮件服务器放入。“append”：服务器收下后由 Earshot 放入。“auto”：服务器没有放入时由 Earshot 放入。“blind-copy”：服务器把一份密送副本投递到本邮箱，Earshot 再移过去；服务器不自动保存时这是最可靠的方式。',
      },
      automatic: {
        label: '自动邮件',
        describe: '自动邮件、新闻邮件和邮件列表：“leave-out”不接收；“hear”接收但绝不回复。',
      },
      ownLists: {
        label: '自己的群组',
        describe: '你们自己群组的 List-Id，例如 help.example.com：经由它们的邮件视为真人所写。',
      },
      contactForms: { label: '联系表单', describe: '你们的联系表单使用的发件地址。此时以 Reply-To 中的人为作者。' },
      authServer: {
        label: '验证发件人的服务器',
        describe:
          '你们的邮件服务器在 Authentication-Results 中使用的名称，用于识别伪造的发件人。留空：以最上面一条为准。',
      },
      tokenAddress: {
        label: '令牌地址',
        describe: '换取访问令牌的地址，例如 https://oauth2.googleapis.com/token。仅用于 OAuth 2。',
      },
      patienceSeconds: { label: '等待秒数', describe: '邮件服务器多久没有回应就视为请求丢失（秒）。' },
    },
    secrets: {
      EMAIL_PASSWORD: '邮箱密码；开启两步验证时用应用专用密码（授权码）。也可以改用下面的令牌',
      EMAIL_SMTP_PASSWORD: 'SMTP 密码（与上面不同时填写）',
      EMAIL_ACCESS_TOKEN: 'OAuth 2 访问令牌。多数服务商一小时后失效，用刷新令牌更好',
      EMAIL_REFRESH_TOKEN: 'OAuth 2 刷新令牌，Earshot 用它自行换取访问令牌（“tokenAddress”）',
      EMAIL_CLIENT_ID: '刷新令牌所属 OAuth 2 应用的编号',
      EMAIL_CLIENT_SECRET: '同一应用的密钥',
    },
  },
  'zh-Hant': {
    reasons: {
      'A delivery report of a mail server. There is nobody to answer.': '郵件伺服器的投遞報告，沒有可回覆的人。',
      'Written by a machine (Auto-Submitted). It is never answered.': '由機器撰寫（Auto-Submitted），從不回覆。',
      'An automatic reply. Two of them would answer each other.': '自動回覆。兩個自動回覆會互相答覆。',
      'Its sender wants no replies of this kind (X-Auto-Response-Suppress).':
        '寄件人不希望收到此類回覆（X-Auto-Response-Suppress）。',
      'A note of absence. It is never answered.': '外出通知，從不回覆。',
      'From a mailing list or a newsletter. An answer would go to many, or to nobody.':
        '來自郵件清單或電子報。回覆會寄給很多人，或沒有人收到。',
      'Bulk mail (Precedence: {precedence}). It is never answered.': '群發郵件（Precedence: {precedence}），從不回覆。',
      'Its sender reads no answers (no-reply).': '寄件人不查看回覆（no-reply）。',
      'It names no address that an answer could go to.': '其中沒有可以回覆的地址。',
      'The mail server found that the sender is probably forged, so an answer might go to somebody who never wrote. Ask them another way first.':
        '郵件伺服器認為寄件人很可能是偽造的，回覆可能會寄給從未寫信的人。請先用其他方式確認。',
      'An answer would go to ourselves.': '回覆會寄給我們自己。',
      'It asks for answers to several addresses. Choose one, and answer by hand.':
        '它要求回覆到多個地址。請選擇一個，手動回覆。',
      'It asks for answers to {address} and not to the sender. Fraud looks like that, too: look at it, then answer by hand.':
        '它要求回覆到 {address}，而不是寄件人。詐騙也會這樣：請先檢視，再手動回覆。',
      'No SMTP server is set ("smtpHost"), so nothing can be sent from here.':
        '沒有設定 SMTP 伺服器（smtpHost），無法從這裡傳送。',
    },
    name: '電子郵件',
    summary: '透過 IMAP 接收一個信箱的來信（伺服器允許時即時接收），並透過 SMTP 回覆。',
    options: {
      address: { label: '信箱地址', describe: '信箱地址，例如 help@example.com。回覆由此寄出。' },
      senderName: { label: '寄件人名稱', describe: '回覆中顯示在地址旁的名稱，例如「OKPay 客服」。留空：只顯示地址。' },
      aliases: { label: '我們的其他地址', describe: '我們的其他地址。來自這些地址的郵件視為我們自己的，絕不回覆。' },
      imapHost: { label: 'IMAP 伺服器', describe: 'IMAP 伺服器，例如 imap.example.com。' },
      imapPort: { label: 'IMAP 連接埠', describe: '連接埠：TLS 為 993，STARTTLS 為 143。' },
      imapSecurity: {
        label: 'IMAP 加密方式',
        describe: '「tls」：一開始就加密；「starttls」：先連線再加密，不加密則拒絕；「none」：僅用於本機上的伺服器。',
      },
      smtpHost: {
        label: 'SMTP 伺服器',
        describe: '寄送回覆的 SMTP 伺服器，例如 smtp.example.com。留空：手動寄送回覆。',
      },
      smtpPort: { label: 'SMTP 連接埠', describe: '連接埠：TLS 為 465，STARTTLS 為 587。' },
      smtpSecurity: { label: 'SMTP 加密方式', describe: 'SMTP 的加密方式，選項同上。' },
      user: { label: '登入名稱', describe: '登入名稱。留空：使用信箱地址。' },
      smtpUser: { label: 'SMTP 登入名稱', describe: 'SMTP 的登入名稱（與上面不同時填寫）。' },
      folders: {
        label: '資料夾',
        describe: '要接收的資料夾，寫全名。只填 *：除草稿、寄件備份、垃圾郵件和垃圾桶以外的全部資料夾。',
      },
      sentFolder: { label: '「寄件備份」資料夾', describe: '「寄件備份」資料夾。留空：使用伺服器標明的那個。' },
      sentCopy: {
        label: '寄件備份副本',
        describe:
          '回覆如何進入「寄件備份」（結果不明的回覆在那裡查找）。「server」：由郵件伺服器放入。「append」：伺服器收下後由 Earshot 放入。「auto」：伺服器沒有放入時由 Earshot 放入。「blind-copy」：伺服器把一份密件副本投遞到本信箱，Earshot 再移過去；伺服器不自動保存時這是最可靠的方式。',
      },
      automatic: {
        label: '自動郵件',
        describe: '自動郵件、電子報和郵件清單：「leave-out」不接收；「hear」接收但絕不回覆。',
      },
      ownLists: {
        label: '自己的群組',
        describe: '你們自己群組的 List-Id，例如 help.example.com：經由它們的郵件視為真人所寫。',
      },
      contactForms: { label: '聯絡表單', describe: '你們的聯絡表單使用的寄件地址。此時以 Reply-To 中的人為作者。' },
      authServer: {
        label: '驗證寄件人的伺服器',
        describe:
          '你們的郵件伺服器在 Authentication-Results 中使用的名稱，用於識別偽造的寄件人。留空：以最上面一條為準。',
      },
      tokenAddress: {
        label: '權杖地址',
        describe: '換取存取權杖的地址，例如 https://oauth2.googleapis.com/token。僅用於 OAuth 2。',
      },
      patienceSeconds: { label: '等待秒數', describe: '郵件伺服器多久沒有回應就視為請求遺失（秒）。' },
    },
    secrets: {
      EMAIL_PASSWORD: '信箱密碼；開啟兩步驟驗證時用應用程式密碼。也可以改用下面的權杖',
      EMAIL_SMTP_PASSWORD: 'SMTP 密碼（與上面不同時填寫）',
      EMAIL_ACCESS_TOKEN: 'OAuth 2 存取權杖。多數服務商一小時後失效，用更新權杖更好',
      EMAIL_REFRESH_TOKEN: 'OAuth 2 更新權杖，Earshot 用它自行換取存取權杖（「tokenAddress」）',
      EMAIL_CLIENT_ID: '更新權杖所屬 OAuth 2 應用程式的編號',
      EMAIL_CLIENT_SECRET: '同一應用程式的密鑰',
    },
  },
};

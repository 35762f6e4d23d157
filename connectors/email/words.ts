/** Data: what the settings form says of e-mail in Chinese. */
import type { About, Said } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
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

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'A delivery report of a mail server. There is nobody to answer.': '邮件服务器的投递报告，没有可回复的人。',
  'Written by a machine (Auto-Submitted). It is never answered.': '由机器撰写（Auto-Submitted），从不回复。',
  'An automatic reply. Two of them would answer each other.': '自动回复。两个自动回复会互相答复。',
  'Its sender wants no replies of this kind (X-Auto-Response-Suppress).':
    '发件人不希望收到此类回复（X-Auto-Response-Suppress）。',
  'A note of absence. It is never answered.': '外出通知，从不回复。',
  'From a mailing list or a newsletter. An answer would go to many, or to nobody.': {
    'zh-Hans': '来自邮件列表或简报。回复会发给很多人，或没有人收到。',
    'zh-Hant': '來自郵件清單或電子報。回覆會寄給很多人，或沒有人收到。',
  },
  'Bulk mail (Precedence: {precedence}). It is never answered.': '群发邮件（Precedence: {precedence}），从不回复。',
  'Its sender reads no answers (no-reply).': '发件人不查看回复（no-reply）。',
  'It names no address that an answer could go to.': '其中没有可以回复的地址。',
  'The mail server found that the sender is probably forged, so an answer might go to somebody who never wrote. Ask them another way first.':
    {
      'zh-Hans': '邮件服务器认为发件人很可能是伪造的，回复可能会发给从未写信的人。请先用其他方式确认。',
      'zh-Hant': '郵件伺服器認為寄件人很可能是偽造的，回覆可能會寄給從未寫信的人。請先用其他方式確認。',
    },
  'An answer would go to ourselves.': { 'zh-Hans': '回复会发给我们自己。', 'zh-Hant': '回覆會寄給我們自己。' },
  'It asks for answers to several addresses. Choose one, and answer by hand.':
    '它要求回复到多个地址。请选择一个，手动回复。',
  'It asks for answers to {address} and not to the sender. Fraud looks like that, too: look at it, then answer by hand.':
    {
      'zh-Hans': '它要求回复到 {address}，而不是发件人。诈骗也会这样：请先查看，再手动回复。',
      'zh-Hant': '它要求回覆到 {address}，而不是寄件人。詐騙也會這樣：請先檢視，再手動回覆。',
    },
  'No SMTP server is set ("smtpHost"), so nothing can be sent from here.':
    '没有设置 SMTP 服务器（smtpHost），无法从这里发送。',

  'Make a new refresh token, as connectors/email/README.md says.': '请按 connectors/email/README.md 重新创建刷新令牌。',
  'The mailbox needs a password or a token: set EMAIL_PASSWORD, EMAIL_ACCESS_TOKEN or EMAIL_REFRESH_TOKEN and start again.':
    '邮箱需要密码或令牌：请设置 EMAIL_PASSWORD、EMAIL_ACCESS_TOKEN 或 EMAIL_REFRESH_TOKEN，然后重新启动。',
  'EMAIL_REFRESH_TOKEN needs EMAIL_CLIENT_ID beside it, and the option "tokenAddress". Set them and start again.':
    'EMAIL_REFRESH_TOKEN 还需要 EMAIL_CLIENT_ID 和选项 tokenAddress。请设置后重新启动。',
  'The mailbox was closed meanwhile.': '邮箱连接已在此期间关闭。',
  '"none" would show the password to the network on the way to {host}.': '选“none”会在前往 {host} 的网络上暴露密码。',
  'There is no folder "{folders}". There are: {there}.': '没有文件夹“{folders}”。现有：{there}。',
  'the newest mail holds no Authentication-Results, so a forged sender is not noticed. Ask whoever runs the mail server to check DMARC.':
    '最新的邮件没有 Authentication-Results，因此无法发现伪造的发件人。请邮件服务器的管理者检查 DMARC。',
  'there is no mail yet, so nobody can tell whether the server checks senders':
    '还没有邮件，无法判断服务器是否核查发件人',
  'what {server} finds out about senders is heeded': '采纳 {server} 对发件人的核查结果',
  'senders are checked by {server}. If that is your own server, set "authServer" to this name.':
    '发件人由 {server} 核查。如果这是您自己的服务器，请把 authServer 设为这个名称。',
  'the server tells of new mail at once (IDLE)': '服务器会立即通知新邮件（IDLE）',
  'the server cannot tell of new mail (no IDLE); it is asked every minute or two':
    '服务器不能通知新邮件（没有 IDLE），每一两分钟询问一次',
  'The server names no folder of sent mail. Set "sentFolder", or no reply of unknown outcome can be found.':
    '服务器没有标明“已发送”文件夹。请设置 sentFolder，否则无法查找结果不明的回复。',
  'the server is known to put replies there': '已知服务器会把回复放入那里',
  'Earshot puts replies there where the server does not': '服务器没有放入时由 Earshot 放入',
  'the server is relied on to put replies there': '由服务器把回复放入那里',
  'Earshot puts replies there': '由 Earshot 把回复放入那里',
  'replies come back as a blind copy and are moved there': '回复以密送副本送回，再移到那里',
  'The mail server numbered folder {folder} anew (UIDVALIDITY was {before}, is {now}). It was read again up to mails that are known; what was taken out of it meanwhile cannot be seen.':
    '邮件服务器为文件夹 {folder} 重新编了号（UIDVALIDITY 原为 {before}，现为 {now}）。已重新读取到已知的邮件；其间被移走的看不到。',
  'Mail {uid} in {folder} is one that the mail server cannot show. Please look at it in the mailbox.':
    '邮件服务器无法显示 {folder} 中的邮件 {uid}。请到邮箱中查看。',
  'Mail {uid} in {folder} cannot be read: {why}': '无法读取 {folder} 中的邮件 {uid}：{why}',
  'The mail server lists {count} mails and shows none of them.': '邮件服务器列出了 {count} 封邮件，却一封也不显示。',
  'the mail server does not show it': '邮件服务器不显示它',
  'and {count} more files, in the mailbox': '另有 {count} 个文件，见邮箱',
  'larger than 10 MB, in the mailbox': '大于 10 MB，见邮箱',
  'no copy of a reply among the sent mail': '“已发送”中没有回复的副本',
  'The mail server': '邮件服务器',
  'The list of folders': '文件夹列表',
  'The search': '搜索',
  'The search: the mail server refused it.': '搜索：邮件服务器拒绝了。',
  'New mail': '新邮件',
  'The newest mail': '最新的邮件',
  'The live connection': '实时连接',
  'Folder {folder}': '文件夹 {folder}',
  'Folder {folder}: the mail server did not take the copy.': '文件夹 {folder}：邮件服务器没有收下副本。',
  'The mail server wants us to wait {seconds} s. Earshot does.': '邮件服务器要求等待 {seconds} 秒。Earshot 会等待。',
  '{what}: the mail server said nothing for {seconds} s. Earshot tries again.':
    '{what}：邮件服务器在 {seconds} 秒内没有回答。Earshot 会重试。',
  'the mail server answered without saying anything. Check host and port.':
    '邮件服务器的回答没有内容。请检查主机和端口。',
  'the mail server wants us to wait{said}. Earshot does.': '邮件服务器要求等待{said}。Earshot 会等待。',
  'the mail server is in trouble{said}. Earshot tries again by itself.':
    '邮件服务器出现故障{said}。Earshot 会自动重试。',
  'the account may not do this{said}. Ask whoever runs the mail server for the right.':
    '账号没有这项权限{said}。请向邮件服务器的管理者申请。',
  'the mail server does not accept the sign-in{said}. Check user and password; with two-step sign-in an app password is needed, and Gmail and Outlook may want OAuth 2.':
    '邮件服务器不接受登录{said}。请检查用户名和密码；开启两步验证时需要应用专用密码，Gmail 和 Outlook 可能要求 OAuth 2。',
  'there is no such folder{said}. Correct "folders" or "sentFolder".':
    '没有这个文件夹{said}。请更正 folders 或 sentFolder。',
  'what answers there does not speak IMAP as it should. Check host and port.':
    '那里的服务没有正确使用 IMAP。请检查主机和端口。',
  'its certificate is not accepted ({code}). Use the name that the certificate was made for, or have it renewed.':
    '它的证书不被接受（{code}）。请使用证书所对应的主机名，或更新证书。',
  'the mail server refused{said}. Earshot tries again by itself.': '邮件服务器拒绝了{said}。Earshot 会自动重试。',
  'the mail server could not be reached ({why}). Earshot tries again by itself.':
    '无法连接邮件服务器（{why}）。Earshot 会自动重试。',
  'The mail server names no folder of sent mail, so no reply can be looked for. Set "sentFolder", or "sentCopy" to "blind-copy".':
    '邮件服务器没有标明“已发送”文件夹，因此无法查找回复。请设置 sentFolder，或把 sentCopy 设为 blind-copy。',
  'This mention holds no address that a reply could go to. Answer it by hand.':
    '这条提及没有可以回复的地址。请手动回复。',
  'the connection ended': '连接已断开',
  'the SMTP server was given it and did not say whether it took it.': '已交给 SMTP 服务器，但它没有说明是否收下。',
  'it cannot be addressed ({why}). Answer by hand.': '无法填写收件地址（{why}）。请手动回复。',
  'the SMTP server does not take mail of this size. Answer by hand.': 'SMTP 服务器不接收这么大的邮件。请手动回复。',
  'signing in to SMTP failed ({why}). Check user and password; with two-step sign-in an app password is needed, and Gmail and Outlook may want OAuth 2.':
    '登录 SMTP 失败（{why}）。请检查用户名和密码；开启两步验证时需要应用专用密码，Gmail 和 Outlook 可能要求 OAuth 2。',
  "the SMTP server's certificate is not accepted. Use the name that the certificate was made for, or have it renewed.":
    'SMTP 服务器的证书不被接受。请使用证书所对应的主机名，或更新证书。',
  'the SMTP server could not be reached ({why}). Earshot tries again.':
    '无法连接 SMTP 服务器（{why}）。Earshot 会重试。',
  'the SMTP server answered something that says nothing about it{said}.': 'SMTP 服务器的回答没有说明结果{said}。',
  'the SMTP server wants us to wait{said}. Earshot does.': 'SMTP 服务器要求等待{said}。Earshot 会等待。',
  'the SMTP server does not accept the sign-in{said}. Check user and password; with two-step sign-in an app password is needed, and Gmail and Outlook may want OAuth 2.':
    'SMTP 服务器不接受登录{said}。请检查用户名和密码；开启两步验证时需要应用专用密码，Gmail 和 Outlook 可能要求 OAuth 2。',
  'the SMTP server did not take it for now{said}. Earshot tries again.':
    'SMTP 服务器暂时没有收下{said}。Earshot 会重试。',
  'the SMTP server wants a sign-in or TLS{said}. Set the password, or "smtpSecurity".':
    'SMTP 服务器要求登录或 TLS{said}。请设置密码，或 smtpSecurity。',
  'the SMTP server does not let us send from this address{said}. Check "address".':
    'SMTP 服务器不允许从这个地址发送{said}。请检查 address。',
  'the SMTP server refused it{said}. Look at the address, or answer by hand.':
    'SMTP 服务器拒绝了{said}。请查看地址，或手动回复。',
};

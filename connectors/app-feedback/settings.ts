/** What an operator sets for the feedback of an app, in three languages. */
import { type About, z } from '#kit';

export const Options = z.object({
  app: z
    .string()
    .min(1)
    .max(60)
    .default('our app')
    .describe('What the app or website is called, on the form and where a message was heard.'),
  replyTo: z
    .string()
    .max(2000)
    .regex(/^(?:https?:\/\/\S+)?$/, 'must begin with https://, or be empty')
    .default('')
    .describe(
      'Where replies go that are to appear in the app: an address of your own server, which gets them as signed webhooks. Empty: answers in the app are by hand.',
    ),
  mailHost: z
    .string()
    .default('')
    .describe('SMTP server for replies by e-mail. Empty: nobody is offered an answer by e-mail.'),
  mailPort: z.int().min(1).max(65_535).default(587).describe('465 speaks TLS from the start, others switch to it.'),
  mailFrom: z.string().default('').describe('Sender of the replies, such as "Acorn Wallet <help@example.com>".'),
  mailUser: z
    .string()
    .default('')
    .describe('Sign-in name at the mail server. Its password is APP_FEEDBACK_MAIL_PASSWORD.'),
  form: z.boolean().default(true).describe('Show the public form. Without it only signed calls are taken.'),
  embedOn: z
    .array(z.url({ protocol: /^https?$/ }))
    .default([])
    .describe('Websites that may show the form inside a page of theirs, such as "https://www.example.com".'),
});
export type Options = z.output<typeof Options>;

/** Nothing is asked for, so there is no place to go on from. */
export const Cursor = z.null();

/** What the settings form says in Chinese. In English it says what the options say. */
export const SETTINGS_WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: '应用反馈',
    summary: '接收来自我们自己的应用或网站的反馈和截图，并在应用内或通过电子邮件回复。',
    options: {
      app: { label: '应用名称', describe: '应用或网站的名称，显示在表单上，也用来标明消息来自哪里。' },
      replyTo: {
        label: '应用内回复地址',
        describe:
          '要显示在应用内的回复发往哪里：你们自己服务器的一个地址，以带签名的 Webhook 接收。留空：应用内的回复由人手动发布。',
      },
      mailHost: {
        label: 'SMTP 服务器',
        describe: '通过电子邮件回复时使用的 SMTP 服务器。留空：不提供电子邮件回复。',
      },
      mailPort: { label: 'SMTP 端口', describe: '端口：465 一开始就用 TLS 加密，其他端口先连接再加密。' },
      mailFrom: { label: '发件人', describe: '回复的发件人，例如“Acorn Wallet <help@example.com>”。' },
      mailUser: { label: '登录名', describe: '邮件服务器的登录名。密码是 APP_FEEDBACK_MAIL_PASSWORD。' },
      form: { label: '公开表单', describe: '显示公开的反馈表单。关闭后只接受带签名的调用。' },
      embedOn: {
        label: '可嵌入的网站',
        describe: '可以把表单嵌入自己页面的网站，例如“https://www.example.com”。',
      },
    },
    secrets: {
      APP_FEEDBACK_SECRET: '为应用发来的内容和发给应用的内容签名：至少 24 个字符。切勿放进应用本身',
      APP_FEEDBACK_SECRET_BEFORE: '更换密钥期间，填写之前的密钥',
      APP_FEEDBACK_MAIL_PASSWORD: '用于电子邮件回复：登录名（“mailUser”）的密码',
    },
  },
  'zh-Hant': {
    name: '應用程式意見回饋',
    summary: '接收來自我們自己的應用程式或網站的意見回饋和螢幕截圖，並在應用程式內或透過電子郵件回覆。',
    options: {
      app: { label: '應用程式名稱', describe: '應用程式或網站的名稱，顯示在表單上，也用來標明訊息來自哪裡。' },
      replyTo: {
        label: '應用程式內回覆位址',
        describe:
          '要顯示在應用程式內的回覆送往哪裡：你們自己伺服器的一個位址，以帶簽名的 Webhook 接收。留空：應用程式內的回覆由人手動發布。',
      },
      mailHost: {
        label: 'SMTP 伺服器',
        describe: '透過電子郵件回覆時使用的 SMTP 伺服器。留空：不提供電子郵件回覆。',
      },
      mailPort: { label: 'SMTP 連接埠', describe: '連接埠：465 一開始就用 TLS 加密，其他連接埠先連線再加密。' },
      mailFrom: { label: '寄件人', describe: '回覆的寄件人，例如「Acorn Wallet <help@example.com>」。' },
      mailUser: { label: '登入名稱', describe: '郵件伺服器的登入名稱。密碼是 APP_FEEDBACK_MAIL_PASSWORD。' },
      form: { label: '公開表單', describe: '顯示公開的意見回饋表單。關閉後只接受帶簽名的呼叫。' },
      embedOn: {
        label: '可嵌入的網站',
        describe: '可以把表單嵌入自己頁面的網站，例如「https://www.example.com」。',
      },
    },
    secrets: {
      APP_FEEDBACK_SECRET: '為應用程式傳來的內容和傳給應用程式的內容簽名：至少 24 個字元。切勿放進應用程式本身',
      APP_FEEDBACK_SECRET_BEFORE: '更換密鑰期間，填寫之前的密鑰',
      APP_FEEDBACK_MAIL_PASSWORD: '用於電子郵件回覆：登入名稱（「mailUser」）的密碼',
    },
  },
};

/** Data: what is said of App feedback, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'Whoever wrote this did not ask for an answer and left no way to send one.':
    '写反馈的人没有要求回复，也没有留下联系方式。',
  'An answer is wanted, but not set up: see {what} of this source.':
    '对方希望得到回复，但尚未设置：请查看此来源的{what}。',
  'the option "replyTo"': { 'zh-Hans': '选项“应用内回复地址”', 'zh-Hant': '選項「應用程式內回覆位址」' },
  'the options "mailHost" and "mailFrom"': '选项“SMTP 服务器”和“发件人”',

  'APP_FEEDBACK_SECRET is shorter than {count} characters. Make a long one, such as with: openssl rand -base64 32':
    'APP_FEEDBACK_SECRET 不足 {count} 个字符。请换一个长的，例如用 openssl rand -base64 32 生成',
  'The app answered that it does not take this reply.': '应用表示不接收这条回复。',
  'The server of the app': '应用的服务器',
  'The server of the app must answer {"received": true}, and did not. The README says how.':
    '应用的服务器应当回答 {"received": true}，但没有。做法见 README。',
  'It is not known any more how to answer this. Answer by hand.': '已无法得知如何回复。请手动回复。',
  'An app cannot reach Earshot yet. Set EARSHOT_ORIGIN to its https address from outside.':
    '应用还无法访问 Earshot。请把 EARSHOT_ORIGIN 设为从外部访问的 https 地址。',
  'the server of the app answers': '应用的服务器有回答',
  'the mail server takes the sign-in': '邮件服务器接受登录',
  'must begin with https://, or be empty': '应以 https:// 开头，或留空',
  'The mail server {host} does not accept the sign-in. Check "mailUser" and APP_FEEDBACK_MAIL_PASSWORD.':
    '邮件服务器 {host} 不接受登录。请检查 mailUser 和 APP_FEEDBACK_MAIL_PASSWORD。',
  'The mail server {host} refuses it ({code}): {words}.': '邮件服务器 {host} 拒绝了（{code}）：{words}。',
  'The mail server {host} is busy ({code}). It is tried again.': '邮件服务器 {host} 繁忙（{code}），会再试。',
  'The mail server {host} was given the letter and did not say whether it took it.':
    '邮件已交给邮件服务器 {host}，但它没有说明是否收下。',
  'The mail server {host} cannot be reached. It is tried again.': '无法连接邮件服务器 {host}，会再试。',
  'replies in the app': '应用内回复',
  'replies by e-mail': '通过电子邮件回复',
  'It is larger than {size} MB.': '大于 {size} MB。',
};

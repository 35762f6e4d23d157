/** Data: what is said of Forum, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'No key is set for this forum. Open the page, post the reply there and confirm.':
    '此论坛没有设置密钥。请打开页面，在那里发布回复，然后确认。',
  'Stack Exchange does not want answers written by programs. Open the question, answer there if you can help, say whom you work for, and confirm.':
    'Stack Exchange 不希望由程序撰写回答。请打开问题，能帮上忙就在那里回答，说明您为谁工作，然后确认。',
  'V2EX has no way to answer by program. Open the topic, answer there and confirm.':
    'V2EX 没有供程序回复的途径。请打开主题，在那里回复，然后确认。',

  '{what}: the forum shows a web page instead of data, such as a sign-in or a block page. Open {address} in a browser to see which.':
    '{what}：论坛显示的是网页而不是数据，例如登录页或拦截页。请在浏览器中打开 {address} 查看。',
  'The forum says no.': '论坛拒绝了。',
  'Discourse takes a key only with a user name. Set the option "account" to the name that answers.':
    'Discourse 的密钥必须与用户名一起使用。请把选项 account 设为用来回复的用户名。',
  'The forum': '论坛',
  'The newest posts': '最新的帖子',
  'The newest posts: the forum gave the same page again. Nothing was skipped.':
    '最新的帖子：论坛又给出了同一页。没有跳过任何内容。',
  'The search "{words}"': '搜索“{words}”',
  'The forum refuses the search "{words}": {why}': '论坛拒绝搜索“{words}”：{why}',
  'The forum shows none of {count} posts that were heard there. Check what the key may read; nothing was erased.':
    '论坛不再显示从那里接收的 {count} 条帖子。请检查密钥能读取什么；没有清除任何内容。',
  'The forum shows none of {count} posts that were heard there. Check what the token may read; nothing was erased.':
    '论坛不再显示从那里接收的 {count} 条帖子。请检查令牌能读取什么；没有清除任何内容。',
  'The topic': '主题',
  'The post': '帖子',
  'Our reply': '我们的回复',
  'Answers to the post': '对帖子的回复',
  'The forum took the reply, but its moderators must let it through first. Look there before anything is sent again.':
    '论坛收下了回复，但要先由版主审核。再次发送之前请到那里查看。',
  '{what}: the forum asks us to wait {seconds} s.': '{what}：论坛要求等待 {seconds} 秒。',
  'Check the key and the account it belongs to.': '请检查密钥和它所属的账号。',
  'Only members may read this forum. Set DISCOURSE_API_KEY and the option "account".':
    '只有会员能读取这个论坛。请设置 DISCOURSE_API_KEY 和选项 account。',
  'The topic may be closed, or the account may not write there. Open it and look.':
    '主题可能已关闭，或账号不能在那里发帖。请打开查看。',
  'Nothing can be posted here by program: no key is set, or the forum has no way. Post it by hand.':
    '这里无法由程序发布：没有设置密钥，或论坛没有途径。请手动发布。',
  '{what}: the forum lets this account write only every {seconds} s. Earshot waits and goes on by itself.':
    '{what}：论坛只允许这个账号每 {seconds} 秒发帖一次。Earshot 会等待，然后自动继续。',
  '{what}: this is a master token. Set the option "account" to the number of the account that answers.':
    '{what}：这是主令牌（master token）。请把选项 account 设为用来回复的账号的编号。',
  'Stack Exchange is searched, never read whole. Name a search, such as OKPay.':
    'Stack Exchange 只能搜索，不能全部读取。请填写一个搜索，例如 OKPay。',
  'The site': '站点',
  'Stack Exchange: {quota}.': 'Stack Exchange：{quota}。',
  'Known questions': '已知的问题',
  'Stack Exchange claims to know none of {count} questions. That is hard to believe, so nothing was erased.':
    'Stack Exchange 声称 {count} 个问题全都找不到。这难以置信，因此没有清除任何内容。',
  '{left} of {all} requests are left today': '今天还剩 {left}/{all} 次请求',
  '{left} of {all} requests are left today. With STACKEXCHANGE_KEY there are 10,000 a day':
    '今天还剩 {left}/{all} 次请求。设置 STACKEXCHANGE_KEY 后每天有 10,000 次',
  'its quota is not known': '额度未知',
  'its quota is not known. With STACKEXCHANGE_KEY there are 10,000 a day':
    '额度未知。设置 STACKEXCHANGE_KEY 后每天有 10,000 次',
  'Stack Exchange asks us to leave this alone for {seconds} s. Earshot waits as told and goes on by itself.':
    'Stack Exchange 要求 {seconds} 秒内不要访问。Earshot 按要求等待，然后自动继续。',
  'Earshot waits as told and goes on by itself.': 'Earshot 按要求等待，然后自动继续。',
  'Earshot tries again by itself.': 'Earshot 会自动重试。',
  'Check the source.': '请检查此来源。',
  'V2EX shows only the newest {count} topics of "{listing}", and none of them was known. Name nodes and set V2EX_TOKEN to miss none.':
    'V2EX 只显示“{listing}”最新的 {count} 个主题，没有一个是已知的。要避免遗漏，请填写节点并设置 V2EX_TOKEN。',
  'Topics of "{listing}"': '“{listing}”的主题',
  '{what}: V2EX allows no more requests this hour. Earshot waits as told and goes on by itself.':
    '{what}：V2EX 这一小时不再允许请求。Earshot 按要求等待，然后自动继续。',
  '{what}: {words} Check the key and the account it belongs to.': '{what}：{words}请检查密钥和它所属的账号。',
};

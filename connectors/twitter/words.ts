/** Data: what is said of X, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'X takes no reply by program here: {why}. Open the post and answer as a person, if you may.':
    'X 不允许程序在此回复：{why}。如果可以，请打开帖子亲自回复。',
  'the author neither mentioned @{us} nor quoted a post of ours': '作者既没有提及 @{us}，也没有引用我们的帖子',
  'the author lets only some accounts reply ("{setting}")': '作者只允许部分账号回复（“{setting}”）',
  'The author asked us to stop answering, and X asks every automated account to obey that at once.':
    '作者要求我们不再回复，而 X 要求每个自动账号立即遵守。',

  'X needs either X_API_KEY, X_API_SECRET, X_ACCESS_TOKEN and X_ACCESS_SECRET, or X_CLIENT_ID and X_REFRESH_TOKEN (and X_CLIENT_SECRET for a confidential app) in the environment. Set them and start again.':
    'X 需要环境变量 X_API_KEY、X_API_SECRET、X_ACCESS_TOKEN 和 X_ACCESS_SECRET，或者 X_CLIENT_ID 和 X_REFRESH_TOKEN（机密型应用还需要 X_CLIENT_SECRET）。请设置后重新启动。',
  '{what}: X shows a web page.': '{what}：X 显示的是网页，不是数据。',
  '{what}: X says "{words}" ({status}).': '{what}：X 返回“{words}”（{status}）。',
  'Earshot waits as told and goes on by itself.': 'Earshot 按要求等待，然后自动继续。',
  'Check the options of this source.': '请检查此来源的选项。',
  'Check the clock of this machine.': '请检查这台机器的时钟。',
  'Check the rights of the app and the account.': '请检查应用和账号的权限。',
  'It may have been deleted.': '可能已被删除。',
  'X takes replies by program only where the author mentioned or quoted us. Post it by hand.':
    '只有作者提及或引用了我们时，X 才接受程序发布的回复。请手动发布。',
  'The credits at X are used up ({what}). Buy more at developer.x.com, then pull this source once.':
    'X 的点数已用完（{what}）。请在 developer.x.com 购买，然后读取一次此来源。',
  'The monthly usage cap at X is reached ({what}). Raise it or wait for the next month, then pull this source once.':
    '已达到 X 的每月用量上限（{what}）。请提高上限或等到下个月，然后读取一次此来源。',
  '{what}: X does not accept the keys. Compare the X_… variables with "Keys and tokens" at developer.x.com, or make new ones there; then start again.':
    '{what}：X 不接受密钥。请把 X_… 变量与 developer.x.com 的“Keys and tokens”核对，或在那里重新创建，然后重新启动。',
  '{what}: X answered otherwise than documented.': '{what}：X 的返回与文档不符。',
  'The sign-in at X had ended. Earshot renews it and tries again.': 'X 的登录已失效。Earshot 会续期并重试。',
  'Renewing the sign-in': '续期登录',
  'Signing in': '登录',
  Mentions: '提及',
  'Search "{words}"': '搜索“{words}”',
  'Our own posts': '我们自己的帖子',
  'Looking again': '再次查看',
  Replying: '回复',
  mentions: '提及',
  'search {words}': '搜索 {words}',
  'Reading {key}: X gave no posts, but "{words}".': '读取 {key}：X 没有给出帖子，而是“{words}”。',
  'an error': '错误',
  'This source reads neither mentions nor a search. Set one.': '此来源既不读取提及，也不读取搜索。请设置其中一项。',
  'X did not say who wrote it.': 'X 没有说明作者。',
  'The search of X reaches back seven days only, and Earshot had not read for longer.':
    'X 的搜索只能追溯七天，而 Earshot 超过七天没有读取。',
  'X gives out the 800 newest mentions only, and more had come in since the last reading.':
    'X 只给出最新的 800 条提及，而上次读取之后新增的更多。',
  'neither posts nor a count': '既没有帖子，也没有数量',
  'We posted more since then than X gives out. Please look for the reply yourself.':
    '此后我们发布的帖子超过 X 给出的数量。请您自己查找回复。',
  'We have answered this post already: {url}. X allows one reply to it.':
    '我们已回复过这条帖子：{url}。X 只允许回复一次。',
  'X allows one automated reply to a message.': 'X 只允许自动回复一次同一条消息。',
  'X says that these words are posted already, and {why}.': 'X 表示这段文字已经发布过，{why}。',
  'looking for them failed ({why})': '而查找失败了（{why}）',
  'they are not yet among our posts': '但我们的帖子中还没有它',
  'X refuses it, since we posted the same words a short while ago. Change the wording and approve it again.':
    'X 拒绝发布，因为我们刚刚发布过相同的文字。请修改措辞，再重新批准。',
  'The access token may only read, so no reply goes out. Switch "Read and write" on under "User authentication settings" at developer.x.com, and then make the access token and secret anew.':
    '访问令牌只能读取，因此无法发出回复。请在 developer.x.com 的“User authentication settings”中开启“Read and write”，然后重新生成访问令牌和密文。',
  'The sign-in lacks {rights}. Sign in anew with the scopes {scopes}, and replace X_REFRESH_TOKEN.':
    '登录缺少权限 {rights}。请用权限范围 {scopes} 重新登录，并更换 X_REFRESH_TOKEN。',
  '{what}: X refuses the signature, since the clock of this machine is {off}. Set it right, then pull this source once.':
    '{what}：X 拒绝签名，因为这台机器的时钟{off}。请校准时钟，然后读取一次此来源。',
  '{minutes} minutes ahead': '快了 {minutes} 分钟',
  '{minutes} minutes behind': '慢了 {minutes} 分钟',
  'The sign-in at X has ended. {advice} ({why})': 'X 的登录已失效。{advice}（{why}）',
  'Sign in again, put the new token into X_REFRESH_TOKEN and start again.':
    '请重新登录，把新令牌写入 X_REFRESH_TOKEN，然后重新启动。',
  'followed twice a day, at {price} for each post that is held': '每天跟进两次，每条保存的帖子 {price}',
  'not followed. X wants what was deleted there to go here within 24 hours: set followDeletions ({price} for each post that is held, twice a day), or see to it by hand':
    '没有跟进。X 要求在那里删除的内容 24 小时内也在这里删除：请设置 followDeletions（每天两次，每条保存的帖子 {price}），或手动处理',
};

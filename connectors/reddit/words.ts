/** Data: what is said of Reddit, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'It is locked: only moderators can answer there.': '已锁定：只有版主能在那里回复。',
  'The thread is archived: nobody can answer there any more.': {
    'zh-Hans': '帖子已归档：任何人都不能再回复。',
    'zh-Hant': '討論串已封存：任何人都不能再回覆。',
  },
  "Our account is banned from {place}. Answering with another one is against Reddit's rules.":
    '我们的账号已被 {place} 封禁。换一个账号回复违反 Reddit 的规则。',
  '{place} is archived: nobody can answer there.': '{place} 已归档：任何人都不能在那里回复。',
  'Only approved members may comment in {place}. Ask its moderators, or answer with an approved account.':
    '只有获批准的成员可以在 {place} 评论。请联系版主，或用获批准的账号回复。',
  '{why} Post the reply on Reddit and confirm.': '{why}请在 Reddit 上发布回复，然后确认。',
  'The key has no right to comment (submit).': '密钥没有评论的权限（submit）。',
  'Reddit is read without an account here.': '这里不用账号读取 Reddit。',

  'An account alone does not open Reddit. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET of its app, too.':
    '只有账号无法使用 Reddit。请同时设置其应用的 REDDIT_CLIENT_ID 和 REDDIT_CLIENT_SECRET。',
  '{one} and {other} belong together, and {missing} is not set. Set it and start again.':
    '{one} 和 {other} 要一起设置，而 {missing} 没有设置。请设置后重新启动。',
  'Reddit is read by an app without an account: username mentions are not heard, and replies are posted by hand. Set REDDIT_REFRESH_TOKEN to change that.':
    '由没有账号的应用读取 Reddit：听不到对用户名的提及，回复要手动发布。要改变这一点，请设置 REDDIT_REFRESH_TOKEN。',
  'Without an approved app only the public feeds of Reddit are read: the newest posts and comments of each. Username mentions, edits and deletions are not seen, and replies are posted by hand. Set REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET once Reddit has approved an app.':
    '没有获批准的应用时，只读取 Reddit 的公开订阅源，即每处最新的帖子和评论。看不到对用户名的提及、编辑和删除，回复要手动发布。Reddit 批准应用后，请设置 REDDIT_CLIENT_ID 和 REDDIT_CLIENT_SECRET。',
  'If this is how it is meant to be, set usernameMentions to false.':
    '如果本来就要这样，请把 usernameMentions 设为 false。',
  'Username mentions need an account: set REDDIT_CLIENT_ID, REDDIT_CLIENT_SECRET and REDDIT_REFRESH_TOKEN of an app that Reddit has approved. Without one, name a subreddit or a search, and its public feed is read. connectors/reddit/README.md says how.':
    '接收对用户名的提及需要账号：请设置 Reddit 已批准的应用的 REDDIT_CLIENT_ID、REDDIT_CLIENT_SECRET 和 REDDIT_REFRESH_TOKEN。没有账号时，请填写版块或搜索，读取其公开订阅源。做法见 connectors/reddit/README.md。',
  '{what}: there is no such place on Reddit. Check the name.': '{what}：Reddit 上没有这个地方。请检查名称。',
  "Reddit's allowance is used up. Earshot waits as told and goes on by itself.":
    'Reddit 的请求额度已用完。Earshot 按要求等待，然后自动继续。',
  'Nothing was sent to Reddit. It is tried again.': '没有向 Reddit 发送任何内容，会再试。',
  'Reddit took the access token back early. The next try fetches a new one.':
    'Reddit 提前收回了访问令牌。下次会获取新的。',
  '{what}: Reddit does not know it. The message is not there any more.': '{what}：Reddit 找不到它。消息已不存在。',
  '{what}: Reddit does not know it. Check the name: it is not there, or it was banned.':
    '{what}：Reddit 找不到它。请检查名称：它不存在，或已被封禁。',
  "{what}: Reddit shows a block page instead of data. Check that the app is approved, that the user agent is its own, and that this machine's network is allowed.":
    '{what}：Reddit 显示拦截页面而不是数据。请确认应用已获批准、程序标识（User-Agent）是它自己的，并且允许这台机器所在的网络访问。',
  '{what}: too many requests for Reddit. Earshot waits as told and goes on by itself.':
    '{what}：对 Reddit 的请求过多。Earshot 按要求等待，然后自动继续。',
  'Reddit does not let our account answer there: it may be banned, or the subreddit is closed to it. Look at it, and answer by hand if that is allowed.':
    'Reddit 不允许我们的账号在那里回复：可能已被封禁，或版块不对它开放。请查看，允许的话手动回复。',
  '{what}: Reddit keeps it closed to our account ({reason}). Ask its moderators, or take it out.':
    '{what}：Reddit 不对我们的账号开放（{reason}）。请联系版主，或把它去掉。',
  '{what}: the account or its key may not read it. Check the rights of the key.':
    '{what}：账号或密钥无权读取。请检查密钥的权限。',
  '{what}: the key lacks a right for this. Make a new one with the rights that the README names.':
    '{what}：密钥缺少所需权限。请按 README 列出的权限重新创建。',
  'Reddit does not accept the app or the account. Check REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET, and make a new refresh token.':
    'Reddit 不接受应用或账号。请检查 REDDIT_CLIENT_ID 和 REDDIT_CLIENT_SECRET，并重新创建刷新令牌。',
  '{what}: Reddit answered in a shape nobody knows. It is tried again.': '{what}：Reddit 返回的内容无法识别，会再试。',
  'Reddit ({what}) answered {status}: {advice}': 'Reddit（{what}）返回 {status}：{advice}',
  'Access token': '访问令牌',
  'Known messages': '已知的消息',
  'Our own comments': '我们自己的评论',
  'username mentions': '对用户名的提及',
  '{place}, comments': '{place} 的评论',
  '{place}, posts': '{place} 的帖子',
  'search for "{words}"': '搜索“{words}”',
  'search for "{words}" in {place}': '在 {place} 中搜索“{words}”',
  'No account is set to speak as on Reddit. Set REDDIT_REFRESH_TOKEN and start again, or post it by hand.':
    '没有设置用来在 Reddit 发言的账号。请设置 REDDIT_REFRESH_TOKEN 后重新启动，或手动发布。',
  'Reddit lets nobody without a key read more for now. Earshot waits as told and goes on by itself.':
    'Reddit 暂时不让没有密钥的程序继续读取。Earshot 按要求等待，然后自动继续。',
  "{what}: Reddit's answer is no feed. It is tried again.": '{what}：Reddit 返回的不是订阅源，会再试。',
  'Reddit has suspended {account}. Ask Reddit why, at reddit.com/appeals.':
    'Reddit 已封停 {account}。请在 reddit.com/appeals 询问原因。',
  'The key lacks the right {right} ({why}). Make a new refresh token with the rights that connectors/reddit/README.md names.':
    '密钥缺少权限 {right}（{why}）。请按 connectors/reddit/README.md 列出的权限重新创建刷新令牌。',
  'to hear anything': '用于接收内容',
  'to hear username mentions': '用于接收对用户名的提及',
  'to answer; without it replies are posted by hand': '用于回复；没有它就要手动发布',
  'to look for a reply whose answer was lost': '用于查找结果不明的回复',
  '{left} requests are left for the next {seconds} s. Earshot waits by itself; a second program on the same app would explain it':
    '接下来 {seconds} 秒还剩 {left} 次请求。Earshot 会自动等待；可能有另一个程序在使用同一个应用',
  'This source has nothing to hear. Name a subreddit or a search.': '此来源没有可接收的内容。请填写版块或搜索。',
  'Nothing to hear: name a subreddit or a search, or hear username mentions.':
    '没有可接收的内容：请填写版块或搜索，或接收对用户名的提及。',
  'is no name of a subreddit, such as wallets or r/wallets': '不是版块名称，应类似 wallets 或 r/wallets',
  'must read platform:app id:version (by /u/name), such as node:com.example.earshot:0.1 (by /u/example_dev)':
    '格式应为 平台:应用编号:版本 (by /u/名称)，例如 node:com.example.earshot:0.1 (by /u/example_dev)',
  'Nothing of this source could be read.\n{failures}': '此来源的内容全部无法读取。\n{failures}',
  "{key}: Reddit's answer is no listing that can be walked through.": '{key}：Reddit 返回的列表无法逐页读取。',
  '{key}: items were deleted faster than Reddit could be read. What was said before {time} may be missing.':
    '{key}：内容被删除的速度快于读取的速度。{time} 之前的内容可能有遗漏。',
  '{key}: its feed holds only the newest {count}. What was said before {time} was not seen.':
    '{key}：订阅源只含最新的 {count} 条。{time} 之前的内容没有读到。',
  '{key}: Reddit shows only about the newest 1,000. What was said before {time} was not seen.':
    '{key}：Reddit 大约只显示最新的 1,000 条。{time} 之前的内容没有读到。',
  '{key}: Reddit showed nothing, though there was something before. Look whether it is still open to us.':
    '{key}：Reddit 没有显示任何内容，而之前是有的。请确认它是否仍对我们开放。',
  'Reddit claims to know none of {count} messages. That is hard to believe, so nothing was erased. It is asked again.':
    'Reddit 声称 {count} 条消息全都找不到。这难以置信，因此没有清除任何内容，会再次询问。',
  'It has no text.': '没有文字。',
  'Reddit took the reply, but its answer does not say which comment it became.':
    'Reddit 收下了回复，但没有说明成了哪一条评论。',
  'Our own comments changed while they were looked through. Looked through again later.':
    '查找时我们自己的评论有变动，稍后会重新查找。',
  'Reddit wants our account to pause between comments. The reply goes out after that.':
    'Reddit 要求我们的账号在评论之间稍作停顿。之后会发出回复。',
  'Reddit does not see an account behind the key. Make a new refresh token.':
    'Reddit 认不出密钥对应的账号。请重新创建刷新令牌。',
  'Reddit refuses this comment: {words}. Change it, or dismiss the mention.':
    'Reddit 拒绝了这条评论：{words}。请修改，或忽略这条提及。',
  'The thread was locked: only moderators can answer there now.': '帖子已被锁定：现在只有版主能在那里回复。',
  'The comment was locked: only moderators can answer it now.': '评论已被锁定：现在只有版主能回复。',
  'The thread is archived: it is too old to be answered.': '帖子已归档：时间太久，不能再回复。',
  'The comment was deleted, so there is nothing to answer any more.': '评论已被删除，没有可回复的内容。',
  'The post was deleted, so there is nothing to answer any more.': '帖子已被删除，没有可回复的内容。',
  'Reddit takes no empty comment. Write a text.': 'Reddit 不接受空白评论。请填写文字。',
  'The reply is too long for Reddit. Shorten it.': '回复超过 Reddit 的长度限制。请缩短。',
  'The author has blocked our account, so it cannot answer.': '作者已屏蔽我们的账号，因此无法回复。',
  'Our account is banned from this subreddit.': '我们的账号已被这个版块封禁。',
};

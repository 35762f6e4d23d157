/** Data: what is said of Facebook, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'Facebook does not let our Page answer here. Comments may be switched off or limited.': {
    'zh-Hans': 'Facebook 不允许我们的主页在此回复，评论可能已关闭或受限。',
    'zh-Hant': 'Facebook 不允許我們的粉絲專頁在此回覆，留言可能已關閉或受限。',
  },

  'Our Page': { 'zh-Hans': '我们的主页', 'zh-Hant': '我們的粉絲專頁' },
  'our page': { 'zh-Hans': '我们的主页', 'zh-Hant': '我們的粉絲專頁' },
  'Posts ({edge})': '帖子（{edge}）',
  'posts ({edge})': '帖子（{edge}）',
  Comments: '评论',
  comments: '评论',
  'Known messages': '已知的消息',
  'known messages': '已知的消息',
  'A message that names us': '提及我们的消息',
  'a message that names us': '提及我们的消息',
  'the reply': '回复',
  'The token': '令牌',
  'the token': '令牌',
  'The app was taken off the account. Connect it again, and make a new token.':
    '应用已从账号移除。请重新连接，并重新创建令牌。',
  'The password was changed, which ends all tokens. Make a new one.': '密码已更改，所有令牌随之失效。请重新创建令牌。',
  'The token has expired. Make one that does not; the README says how.':
    '令牌已过期。请创建一个不会过期的，做法见 README。',
  'The token was made invalid. Make a new one.': '令牌已被作废。请重新创建。',
  'The token is not valid any more. Make a new one.': '令牌已失效。请重新创建。',
  'The token, or its access to data, ends on {day}. Make a new one before that; the README says how.':
    '令牌或其数据访问权限将于 {day} 到期。请在此之前重新创建，做法见 README。',
  'Facebook does not accept the token. Make a new one.': 'Facebook 不接受令牌。请重新创建。',
  'The token lacks a right ({code}). It needs {rights}, approved in App Review.':
    '令牌缺少权限（{code}）。需要 {rights}，并通过应用审核（App Review）。',
  'pages_read_engagement and pages_read_user_content': 'pages_read_engagement 和 pages_read_user_content',
  'Facebook blocks our Page from doing this for now, by its rules. See the Support Inbox of the Page.': {
    'zh-Hans': 'Facebook 按其规则暂时禁止我们的主页这样做。请查看主页的支持收件箱。',
    'zh-Hant': 'Facebook 依其規則暫時禁止我們的粉絲專頁這樣做。請查看粉絲專頁的支援收件匣。',
  },
  'Facebook says that the same text is there.': 'Facebook 表示相同的文字已经存在。',
  '{what}: it is not there any more, or not for us.': '{what}：已不存在，或不对我们开放。',
  'Facebook is in trouble ({code}).': 'Facebook 出现故障（{code}）。',
  'Facebook refuses it ({code}): {words}': 'Facebook 拒绝了（{code}）：{words}',
  '{what}: the allowance of our Page is used up. Earshot goes on by itself in {minutes} min.': {
    'zh-Hans': '{what}：我们主页的请求额度已用完。Earshot 将在 {minutes} 分钟后自动继续。',
    'zh-Hant': '{what}：我們粉絲專頁的請求額度已用完。Earshot 將在 {minutes} 分鐘後自動繼續。',
  },
  'FACEBOOK_PAGE_TOKEN is the token of "{name}" ({id}), not of the Page {page}. Take the access_token of the Page from /me/accounts.':
    {
      'zh-Hans':
        'FACEBOOK_PAGE_TOKEN 是“{name}”（{id}）的令牌，而不是主页 {page} 的。请从 /me/accounts 取得主页的 access_token。',
      'zh-Hant':
        'FACEBOOK_PAGE_TOKEN 是「{name}」（{id}）的權杖，而不是粉絲專頁 {page} 的。請從 /me/accounts 取得粉絲專頁的 access_token。',
    },
  'nobody watches when it ends. Set the option "app" and FACEBOOK_APP_SECRET, and see that they are right.':
    '没有监测令牌何时到期。请设置选项 app 和 FACEBOOK_APP_SECRET，并确认无误。',
  'a {kind} token without an end in sight': '一个没有到期时间的 {kind} 令牌',
  'missing: {rights}. Make a token that has them.': '缺少：{rights}。请创建带有这些权限的令牌。',
  'Facebook calls https addresses only. Set EARSHOT_ORIGIN to the one under which it reaches Earshot.':
    'Facebook 只调用 https 地址。请把 EARSHOT_ORIGIN 设为它能访问到 Earshot 的地址。',
  'not told of {fields}. Subscribe the Page as the README says; the address is {address}.': {
    'zh-Hans': '收不到 {fields} 的通知。请按 README 订阅主页，地址为 {address}。',
    'zh-Hant': '收不到 {fields} 的通知。請依 README 訂閱粉絲專頁，位址為 {address}。',
  },
  'feed and mention': 'feed 和 mention',
  'Facebook answers with version {other}, since {version} has ended. Set "version" to a newer one.':
    'Facebook 以版本 {other} 回答，因为 {version} 已停用。请把 version 设为更新的版本。',
  'Facebook claims to know none of {count} messages. That is hard to believe, so nothing was erased. It is asked again.':
    'Facebook 声称 {count} 条消息全都找不到。这难以置信，因此没有清除任何内容，会再次询问。',
  '"{text}" is no time': '“{text}”不是时间',
  'all are there': '齐全',
};

/** Data: what is said of Telegram, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'An answer here would be a post of the channel. Answer in its comments.':
    '在这里回复会成为频道的帖子。请在评论中回复。',

  'The bot': '机器人',
  'The webhook': 'Webhook',
  'New messages': '新消息',
  'the bot': '机器人',
  'the webhook': 'Webhook',
  'new messages': '新消息',
  'the reply': '回复',
  '"{id}" names no Telegram message. Answer it by hand.': '“{id}”不是 Telegram 消息。请手动回复。',
  "{what}: what came is no answer of Telegram's Bot API.": '{what}：收到的不是 Telegram Bot API 的回答。',
  'The group became a supergroup. The reply goes there with the next try.':
    '群组已升级为超级群组。下次会把回复发到那里。',
  'Telegram wants us to wait {seconds} s. Earshot does.': 'Telegram 要求等待 {seconds} 秒。Earshot 会等待。',
  'Telegram is in trouble ({code}: {words}).': 'Telegram 出现故障（{code}：{words}）。',
  'the bot has a webhook, and so Telegram hands out nothing here. Stop the program it belongs to, or take a bot of your own. Then delete it with deleteWebhook.':
    '机器人设置了 Webhook，因此 Telegram 不在这里给出消息。请停止使用它的程序，或换用自己的机器人，然后用 deleteWebhook 删除。',
  'Telegram does not know this bot token. Get it from @BotFather again.':
    'Telegram 不认识这个机器人令牌。请向 @BotFather 重新获取。',
  'Telegram refuses it ({words}).': 'Telegram 拒绝了（{words}）。',
  'Telegram refuses it ({words}). Look at the message, and answer by hand.':
    'Telegram 拒绝了（{words}）。请查看消息，并手动回复。',
  'another program asks for the updates of this bot at the same time, and each takes them from the other. Stop that one, or take a bot of your own.':
    '另一个程序同时在读取这个机器人的消息，双方互相抢走。请停止它，或换用自己的机器人。',
  'a webhook is set, so nothing can be read here. Delete it with deleteWebhook.':
    '设置了 Webhook，因此无法在这里读取。请用 deleteWebhook 删除。',
  'the bot is shown all it is to hear': '机器人能看到要接收的全部内容',
  'none is set, so messages can be read': '没有设置，可以读取消息',
  'the bot can be put into groups': '机器人可以加入群组',
  'the bot cannot be put into groups. Allow it with /setjoingroups at @BotFather.':
    '机器人不能加入群组。请在 @BotFather 用 /setjoingroups 允许。',
  'not for us': '与我们无关',
  'Telegram keeps messages for a bot for 24 hours only, and nobody asked for them in that time':
    'Telegram 只为机器人保留 24 小时的消息，而这段时间里没有读取',
  'Privacy mode is on: in groups where the bot is no administrator it is shown only what names it and answers to it. Switch it off with /setprivacy at @BotFather, then take the bot out of each group and add it again; or set "hear" to "mentions".':
    '隐私模式已开启：机器人不是管理员的群组里，只能看到提及它和回复它的消息。请在 @BotFather 用 /setprivacy 关闭，然后把机器人移出每个群组再加回；或把选项 hear 设为 mentions。',
};

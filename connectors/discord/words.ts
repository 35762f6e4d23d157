/** Data: what is said of Discord, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'The thread {name} is locked. Unlock it, or answer in another place.': {
    'zh-Hans': '子区 {name} 已锁定。请解锁，或在别处回复。',
    'zh-Hant': '討論串 {name} 已鎖定。請解鎖，或在別處回覆。',
  },
  'The bot lacks the right {right} in {name}.': '机器人在 {name} 中缺少权限“{right}”。',
  'Send Messages in Threads': {
    'zh-Hans': '在子区中发送消息（Send Messages in Threads）',
    'zh-Hant': '在討論串中傳送訊息（Send Messages in Threads）',
  },
  'Send Messages': '发送消息（Send Messages）',
  'Read Message History': {
    'zh-Hans': '查看消息历史（Read Message History）',
    'zh-Hant': '讀取訊息歷史（Read Message History）',
  },

  'Discord does not accept the bot token. Make a new one on the Bot page of the developer portal.':
    'Discord 不接受机器人令牌。请在开发者门户的 Bot 页面重新生成。',
  'Discord does not accept the bot token (4004). Make a new one on the Bot page of the developer portal.':
    'Discord 不接受机器人令牌（4004）。请在开发者门户的 Bot 页面重新生成。',
  'The Message Content intent is missing (4014). Switch it on in the developer portal (Bot, Privileged Gateway Intents), or set "hear" to "mentions".':
    '缺少 Message Content 意图（4014）。请在开发者门户（Bot、Privileged Gateway Intents）中开启，或把选项 hear 设为 mentions。',
  'Discord wants us to wait {seconds} s. Earshot does, and goes on by itself.':
    'Discord 要求等待 {seconds} 秒。Earshot 会等待，然后自动继续。',
  'Discord refuses {what} ({code}): {why}': 'Discord 拒绝了 {what}（{code}）：{why}',
  'the channel is gone. There is nothing left to answer.': '频道已不存在，没有可回复的内容。',
  'the message is gone. There is nothing left to answer.': '消息已不存在，没有可回复的内容。',
  'the bot may not see this channel. Give it the right View Channel there.':
    '机器人无权查看这个频道。请在那里授予“查看频道（View Channel）”权限。',
  'this person takes no direct messages from the bot. Answer in another place.':
    '对方不接收机器人的私信。请在别处回复。',
  'the bot lacks a right in this channel. Give it View Channel, Send Messages and Read Message History there.':
    '机器人在这个频道缺少权限。请授予 View Channel、Send Messages 和 Read Message History。',
  'a field is not as it must be (for example longer than 2,000 characters). Change the text.':
    '有字段不符合要求（例如超过 2,000 个字符）。请修改文字。',
  'the thread is archived. Open it again, then retry.': {
    'zh-Hans': '子区已归档。请重新打开，然后重试。',
    'zh-Hant': '討論串已封存。請重新開啟，然後重試。',
  },
  'to reply, the bot must read the history. Give it the right Read Message History in this channel.':
    '机器人必须能读取历史消息才能回复。请在这个频道授予 Read Message History 权限。',
  'the thread is locked. Unlock it, or answer in another place.': {
    'zh-Hans': '子区已锁定。请解锁，或在别处回复。',
    'zh-Hant': '討論串已鎖定。請解鎖，或在別處回覆。',
  },
  "the server's AutoMod blocked the text. Change it, or let the bot through in AutoMod.":
    '服务器的 AutoMod 拦截了这段文字。请修改，或在 AutoMod 中放行机器人。',
  "the server's AutoMod blocked the title. Change it, or let the bot through in AutoMod.":
    '服务器的 AutoMod 拦截了标题。请修改，或在 AutoMod 中放行机器人。',
  'the text holds a link that Discord calls harmful. Take it out.': '文字中有 Discord 认定有害的链接。请去掉。',
  'direct message': '私信',
  '{names} and {count} more': '{names} 等另外 {count} 个',
  'The bot is in none of the servers it is to hear. Invite it (developer portal, OAuth2, URL Generator, scope "bot"), then try again.':
    '机器人不在要接收的任何服务器里。请邀请它（开发者门户、OAuth2、URL Generator，scope 选 bot），然后重试。',
  'The bot may not read what was said before in {names}.': '机器人无权读取 {names} 中之前的内容。',
  'What is said in {names} can be missed: give the bot the rights View Channel and Read Message History there.':
    '{names} 中的内容可能会漏掉：请在那里授予机器人 View Channel 和 Read Message History 权限。',
  'Discord takes no more messages here for {seconds} s.': 'Discord 在 {seconds} 秒内不再接收这里的消息。',
  'Discord allows no more new connections today. Earshot waits, and pulls meanwhile.':
    'Discord 今天不再允许新的连接。Earshot 会等待，其间改为定时读取。',
  'Discord refuses this connection ({code}). Earshot needs a new version.':
    'Discord 拒绝了这次连接（{code}）。需要更新 Earshot。',
  '"{id}" names no Discord message. Answer it by hand.': '“{id}”不是 Discord 消息。请手动回复。',
  'not for us': '与我们无关',
  '{open} channels can be read and caught up, but not {names}. Give the bot View Channel and Read Message History there, or choose other "channels".':
    '可以读取和补读 {open} 个频道，但 {names} 不行。请在那里授予机器人 View Channel 和 Read Message History，或选择其他频道（channels）。',
  '{open} channel can be read and caught up, but not {names}. Give the bot View Channel and Read Message History there, or choose other "channels".':
    '可以读取和补读 {open} 个频道，但 {names} 不行。请在那里授予机器人 View Channel 和 Read Message History，或选择其他频道（channels）。',
  'In {names} the bot may not answer, so replies are posted by hand there. Give it Send Messages and Send Messages in Threads.':
    '机器人在 {names} 不能回复，因此那里的回复要手动发布。请授予 Send Messages 和 Send Messages in Threads。',
  '{left} of {all} live connections are left for the next {hours} h. Earshot pulls meanwhile. See whether another program connects with this token.':
    '接下来 {hours} 小时还剩 {left}/{all} 次实时连接。其间 Earshot 改为定时读取。请查看是否有别的程序用这个令牌连接。',
  'The bot may read no channel. Give it the rights View Channel and Read Message History{where}, then try again.':
    '机器人无权读取任何频道。请授予 View Channel 和 Read Message History 权限{where}，然后重试。',
  ' in {names}': '（{names}）',
  'Message Content is switched on': 'Message Content 已开启',
  'Discord does not say whether Message Content is on': 'Discord 没有说明 Message Content 是否开启',
};

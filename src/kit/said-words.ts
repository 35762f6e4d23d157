import type { Said } from '../core/said.ts';

/** What the kit says of sources and to whoever tests one, in Chinese: see `core/said.ts`. */
export const KIT_SAID: Said = {
  'It works.': '可以使用。',
  'It works, as {handle}.': '可以使用，账号为 {handle}。',
  '{what}: {advice}': '{what}：{advice}',
  '{what} answered {status}: {advice}': '{what} 返回 {status}：{advice}',
  '{platform} ({what})': '{platform}（{what}）',
  'too many requests. Earshot waits as told and goes on by itself.': '请求过多。Earshot 按要求等待，然后自动继续。',
  'busy. Earshot waits as told and goes on by itself.': '对方繁忙。Earshot 按要求等待，然后自动继续。',
  'it is in trouble. Earshot tries again by itself.': '对方出现故障。Earshot 会自动重试。',
  'it does not accept the key. Check it, or make a new one.': '对方不接受密钥。请检查密钥，或重新创建。',
  'it wants to be paid. Check the plan or the credit.': '对方要求付费。请检查套餐或余额。',
  'it shows a block page instead of data. Check whether reading by machine is allowed there.':
    '对方显示拦截页面而不是数据。请确认那里是否允许程序读取。',
  'the key does not have the right for this. Check what it may do.': '密钥没有这项权限。请检查它的权限。',
  'it gave up waiting. Earshot tries again by itself.': '对方等待超时。Earshot 会自动重试。',
  'a redirect that leads nowhere. Check the address.': '重定向没有去处。请检查地址。',
  'it says no to this request. Check the address and the options.': '对方拒绝了请求。请检查地址和选项。',
  '{what}: the answer of {by} is not as documented: {faults}.': '{what}：{by} 的返回与文档不符：{faults}。',
  'the forum': '论坛',
  'The reply': '回复',
  'The reply: {advice}': '回复：{advice}',
  'Our account': '我们的账号',

  '{host} refused the connection.': '{host} 拒绝连接。',
  '{host} is not a known host name; check the address.': '找不到主机 {host}，请检查地址。',
  '{host} could not be looked up; check the network.': '无法解析 {host}，请检查网络。',
  '{host} cannot be reached from here.': '从这里无法连接 {host}。',
  '{host} did not answer in time.': '{host} 没有及时回答。',
  '{host} has an expired certificate.': '{host} 的证书已过期。',
  '{host} has a self-signed certificate.': '{host} 使用自签名证书。',
  '{host} has a certificate that cannot be verified.': '无法验证 {host} 的证书。',
  '{host} broke off the connection.': '{host} 中断了连接。',
  '{host} did not finish within {seconds} seconds.': '{host} 没有在 {seconds} 秒内完成。',
  'Stopped while waiting for {host}. Nobody can say whether it arrived.': '等待 {host} 时停止了，无法确定是否已送达。',
  '{url} redirects more than {hops} times. Open it in a browser and use the address it ends at.':
    '{url} 的重定向超过 {hops} 次。请在浏览器中打开它，使用最后到达的地址。',
  '{host} redirects to an address we do not open ({protocol}).': '{host} 重定向到我们不打开的地址（{protocol}）。',
  '{host} redirects to unencrypted http. Not followed, since the request carries a key.':
    '{host} 重定向到未加密的 http。请求中带有密钥，因此没有跟随。',
  'The answer from {host} is larger than {size}. It was cut off; nothing of it was read.':
    '{host} 的返回大于 {size}，已中断，没有读取。',
  '"{text}" is not an address that starts with http:// or https://.': '“{text}”不是以 http:// 或 https:// 开头的地址。',
  'The address at {host} holds a user name or password. Take it out.': '{host} 的地址中含有用户名或密码，请去掉。',
  '{host} is inside a private network, and Earshot does not read there unless whoever runs it says so: add {what} to EARSHOT_PRIVATE_HOSTS and start again.':
    '{host} 位于内部网络，除非运行者允许，Earshot 不在那里读取：请把 {what} 加入 EARSHOT_PRIVATE_HOSTS，然后重新启动。',
  'The platform asked another of our machines to wait until {time}.': '平台要求我们的另一台机器等到 {time}。',
  '{host} asked us to wait until {time}.': '{host} 要求我们等到 {time}。',

  'The options of source "{source}" ({connector}) are not right:\n{faults}':
    '来源“{source}”（{connector}）的选项不正确：\n{faults}',
  'Source "{source}" needs the environment variable {name} ({meaning}). Set it and start again.':
    '来源“{source}”需要环境变量 {name}（{meaning}）。请设置后重新启动。',
  '✖ {fault}': '✖ {fault}',
  '  → at {place}': '  → 位置：{place}',
  'Invalid input: expected {kind}, received {other}': '输入无效：应为 {kind}，实际为 {other}',
  'Invalid input: expected {value}': '输入无效：应为 {value}',
  'Invalid input': '输入无效',
  'Invalid option: expected one of {values}': '选项无效：应为 {values} 之一',
  'Invalid {kind}': '{kind} 无效',
  'Too small: expected {what} to have >={number} {unit}': '太短：{what} 至少要有 {number} 个 {unit}',
  'Too big: expected {what} to have <={number} {unit}': '太长：{what} 最多有 {number} 个 {unit}',
  'Too small: expected {what} to be >={number}': '太小：{what} 应不小于 {number}',
  'Too big: expected {what} to be <={number}': '太大：{what} 应不大于 {number}',
  'Unrecognized key: {key}': '没有这个选项：{key}',
  'Unrecognized keys: {keys}': '没有这些选项：{keys}',
  'Pictures are not kept here.': '这里不保存图片。',

  'Another process keeps {file} for more than {seconds} s. If it hangs, stop it.':
    '另一个进程占用 {file} 超过 {seconds} 秒。如果它没有响应，请停止它。',
  'The token service could not be asked: {why}': '无法询问令牌服务：{why}',
  'The token service answered {status} and gave no access token.': '令牌服务返回 {status}，没有给出访问令牌。',
  'The budget of {amount} for {month} is used up. {platform} is neither read nor answered until {day}; raise monthlyBudgetUsd to go on sooner.':
    '{month} 的预算 {amount} 已用完。{day} 之前不再读取 {platform}，也不再回复；要提前继续，请调高 monthlyBudgetUsd。',
  'The live connection to {platform} has been silent for {seconds} s. It is made anew, and what was missed is pulled.':
    '与 {platform} 的实时连接已 {seconds} 秒没有动静。会重新建立，并补读错过的内容。',
  'The live connection to {platform} could not be reached for {seconds} s. It is made anew, and what was missed is pulled.':
    '与 {platform} 的实时连接已 {seconds} 秒无法建立。会重新建立，并补读错过的内容。',

  'a delivery report of a mail server': '邮件服务器的投递报告',
  'written by a machine (Auto-Submitted)': '由机器撰写（Auto-Submitted）',
  'an automatic reply': '自动回复',
  'one whose sender wants no replies of this kind (X-Auto-Response-Suppress)':
    '发件人不希望收到此类回复（X-Auto-Response-Suppress）',
  'a note of absence': '外出通知',
  'from a mailing list or a newsletter': '来自邮件列表或简报',
  'bulk mail (Precedence: {precedence})': '群发邮件（Precedence: {precedence}）',
  'one whose sender reads no answers (no-reply)': '发件人不查看回复（no-reply）',
  'There is nobody to answer.': '没有可回复的人。',
  'Two of them would answer each other.': '两个自动回复会互相答复。',
  'It is never answered.': '从不回复。',
  'An answer would go to many, or to nobody.': '回复会发给很多人，或没有人收到。',
};

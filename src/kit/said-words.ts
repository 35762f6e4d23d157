import type { Translated } from '../core/said.ts';

/** What the kit says of sources that do not work, in Chinese: see `core/said.ts`. */
export const KIT_WORDS: Record<'zh-Hans' | 'zh-Hant', Translated> = {
  'zh-Hans': {
    'It works.': '可以使用。',
    'It works, as {handle}.': '可以使用，账号为 {handle}。',
    '{what} answered {status}: {advice}': '{what} 回答了 {status}：{advice}',
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
    '{url} redirects more than {hops} times. Open it in a browser and use the address it ends at.':
      '{url} 的重定向超过 {hops} 次。请在浏览器中打开它，使用最后到达的地址。',
    'The answer from {host} is larger than {size}. It was cut off; nothing of it was read.':
      '{host} 的回答大于 {size}，已中断，没有读取。',
    '{host} is inside a private network, and Earshot does not read there unless whoever runs it says so: add {what} to EARSHOT_PRIVATE_HOSTS and start again.':
      '{host} 位于内部网络，除非运行者允许，Earshot 不在那里读取：请把 {what} 加入 EARSHOT_PRIVATE_HOSTS，然后重新启动。',
  },
  'zh-Hant': {
    'It works.': '可以使用。',
    'It works, as {handle}.': '可以使用，帳號為 {handle}。',
    '{what} answered {status}: {advice}': '{what} 回答了 {status}：{advice}',
    'too many requests. Earshot waits as told and goes on by itself.': '請求過多。Earshot 依要求等待，然後自動繼續。',
    'busy. Earshot waits as told and goes on by itself.': '對方忙碌。Earshot 依要求等待，然後自動繼續。',
    'it is in trouble. Earshot tries again by itself.': '對方發生故障。Earshot 會自動重試。',
    'it does not accept the key. Check it, or make a new one.': '對方不接受金鑰。請檢查金鑰，或重新建立。',
    'it wants to be paid. Check the plan or the credit.': '對方要求付費。請檢查方案或餘額。',
    'it shows a block page instead of data. Check whether reading by machine is allowed there.':
      '對方顯示封鎖頁面而不是資料。請確認那裡是否允許程式讀取。',
    'the key does not have the right for this. Check what it may do.': '金鑰沒有這項權限。請檢查它的權限。',
    'it gave up waiting. Earshot tries again by itself.': '對方等待逾時。Earshot 會自動重試。',
    'a redirect that leads nowhere. Check the address.': '重新導向沒有去處。請檢查位址。',
    'it says no to this request. Check the address and the options.': '對方拒絕了請求。請檢查位址和選項。',
    '{host} refused the connection.': '{host} 拒絕連線。',
    '{host} is not a known host name; check the address.': '找不到主機 {host}，請檢查位址。',
    '{host} could not be looked up; check the network.': '無法解析 {host}，請檢查網路。',
    '{host} cannot be reached from here.': '從這裡無法連線 {host}。',
    '{host} did not answer in time.': '{host} 沒有及時回答。',
    '{host} has an expired certificate.': '{host} 的憑證已過期。',
    '{host} has a self-signed certificate.': '{host} 使用自簽憑證。',
    '{host} has a certificate that cannot be verified.': '無法驗證 {host} 的憑證。',
    '{host} broke off the connection.': '{host} 中斷了連線。',
    '{host} did not finish within {seconds} seconds.': '{host} 沒有在 {seconds} 秒內完成。',
    '{url} redirects more than {hops} times. Open it in a browser and use the address it ends at.':
      '{url} 的重新導向超過 {hops} 次。請在瀏覽器中開啟它，使用最後到達的位址。',
    'The answer from {host} is larger than {size}. It was cut off; nothing of it was read.':
      '{host} 的回答大於 {size}，已中斷，沒有讀取。',
    '{host} is inside a private network, and Earshot does not read there unless whoever runs it says so: add {what} to EARSHOT_PRIVATE_HOSTS and start again.':
      '{host} 位於內部網路，除非執行者允許，Earshot 不在那裡讀取：請把 {what} 加入 EARSHOT_PRIVATE_HOSTS，然後重新啟動。',
  },
};

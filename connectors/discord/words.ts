import type { About } from '#kit';

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'Discord',
    summary: '实时接收 Discord 服务器的频道、子区和论坛帖子，中断后补上漏掉的内容，回复绝不重复发布。',
    options: {
      servers: { label: '服务器', describe: '要接收的服务器的 ID。留空：机器人所在的全部服务器。' },
      channels: {
        label: '频道',
        describe: '要接收的频道、论坛或频道类别的 ID，包括其中的子区和帖子。留空：机器人有权读取的全部频道。',
      },
      hear: {
        label: '接收范围',
        describe:
          '“all”：所有消息，需要开启特权意图 Message Content Intent。“mentions”：只接收提到机器人的消息和私信，不需要特权意图。',
      },
      words: {
        label: '关键词',
        describe:
          '选择“all”时：只保留含有其中任一词的消息，以及提到机器人的消息；不区分大小写，中文句子中的词也能识别。留空：全部保留。',
      },
      directMessages: { label: '私信', describe: '同时接收发给机器人的私信。' },
      bots: {
        label: '其他机器人',
        describe: '同时接收其他程序和 Webhook 的消息。适用于把别处用户的发言转入 Discord 的桥接程序。',
      },
      silenceSeconds: {
        label: '静默秒数',
        describe:
          '实时连接在这么长时间（秒）内没有收到任何内容，连心跳应答也没有，就视为已断开。Discord 每 41 秒一次心跳，请保持在 60 以上。',
      },
      address: { label: 'API 地址', describe: 'API 的地址。仅在使用本地平台时修改。' },
    },
    secrets: {
      DISCORD_BOT_TOKEN: '机器人的令牌，在开发者门户的机器人页面获取',
    },
  },
  'zh-Hant': {
    name: 'Discord',
    summary: '即時接收 Discord 伺服器的頻道、討論串和論壇貼文，中斷後補上漏掉的內容，回覆絕不重複發布。',
    options: {
      servers: { label: '伺服器', describe: '要接收的伺服器的 ID。留空：機器人所在的全部伺服器。' },
      channels: {
        label: '頻道',
        describe: '要接收的頻道、論壇或頻道類別的 ID，包括其中的討論串和貼文。留空：機器人有權讀取的全部頻道。',
      },
      hear: {
        label: '接收範圍',
        describe:
          '「all」：所有訊息，需要開啟特殊權限 Message Content Intent。「mentions」：只接收提到機器人的訊息和私人訊息，不需要特殊權限。',
      },
      words: {
        label: '關鍵詞',
        describe:
          '選擇「all」時：只保留含有其中任一詞的訊息，以及提到機器人的訊息；不區分大小寫，中文句子中的詞也能識別。留空：全部保留。',
      },
      directMessages: { label: '私人訊息', describe: '同時接收傳給機器人的私人訊息。' },
      bots: {
        label: '其他機器人',
        describe: '同時接收其他程式和 Webhook 的訊息。適用於把別處使用者的發言轉入 Discord 的橋接程式。',
      },
      silenceSeconds: {
        label: '靜默秒數',
        describe:
          '即時連線在這麼長時間（秒）內沒有收到任何內容，連心跳回應也沒有，就視為已中斷。Discord 每 41 秒一次心跳，請保持在 60 以上。',
      },
      address: { label: 'API 位址', describe: 'API 的位址。僅在使用本機平台時修改。' },
    },
    secrets: {
      DISCORD_BOT_TOKEN: '機器人的權杖，在開發者入口網站的機器人頁面取得',
    },
  },
};

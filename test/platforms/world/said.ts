/**
 * What invented people say about an invented wallet: every problem type, in Simplified and Traditional Chinese and
 * English, calm and upset, long and short. `{slots}` are filled anew each time. `B` stands for the product.
 */
export type Script = 'en' | 'zh-Hans' | 'zh-Hant';
export interface Line {
  type: string;
  script: Script;
  text: string;
}

const LINES: Record<string, Record<Script, string[]>> = {
  'top-up-failed': {
    en: [
      'topped up {amount} from my {bank} card {hours} hours ago. bank says paid, B balance still zero. where is it?',
      'B top up failing again, error TU-{code}. third time today, anyone else?',
      'My top-up of {amount} has been "processing" since {hour} o’clock. I need it for rent today, please.',
      'Can’t add money to B. Card is fine everywhere else, here it just says try later.',
    ],
    'zh-Hans': [
      '充值{amount}，{bank}那边已经扣款了，B余额还是0，都过去{hours}个小时了',
      'B今天充值是不是崩了？一直提示TU-{code}，试了五次都不行',
      '充值一直转圈，最后显示失败，可是钱扣了啊！！谁来管管',
      '麻烦查一下，昨晚充的{amount}到现在没到账，急用',
    ],
    'zh-Hant': [
      '儲值{amount}顯示成功，但餘額沒有變，已經等了{hours}個小時',
      '儲值又失敗了，錯誤TU-{code}，請問系統是不是有問題？',
    ],
  },
  'transfer-failed': {
    en: [
      'Sent {amount} to my sister on {day}. It left my B account and never reached hers.',
      'withdrawal to {bank} pending for {days} days now. what is B doing with it',
      'Transfer shows "completed" but the shop says they got nothing. Reference ends in {code}.',
    ],
    'zh-Hans': [
      '转账{amount}给朋友，我这边显示成功，对方说没收到，怎么回事',
      '提现到{bank}已经{days}天了还是处理中，B能不能给个说法',
      '转错了吗？名字和账号都对，就是一直退回来',
    ],
    'zh-Hant': ['提領到{bank}已經{days}天，狀態一直是處理中', '轉帳{amount}給家人，扣款了但對方沒收到，請協助查詢'],
  },
  'account-locked': {
    en: [
      'B froze my account after I changed phones. I verified twice. {days} days and still locked out.',
      'Why is my B account restricted? No mail, no reason, nothing.',
      'Face check fails every single time, same face I had yesterday. Account under review again.',
    ],
    'zh-Hans': [
      '账号突然被冻结了，什么通知都没有，里面还有工资',
      '人脸认证过不去，试了{n}次，账户一直显示审核中',
      '换了手机之后B就被限制登录，已经{days}天了',
    ],
    'zh-Hant': ['帳戶被停用，完全不知道原因，請問要怎麼申訴？', '身分驗證送出{days}天了，還在審核，錢都動不了'],
  },
  'password-reset': {
    en: [
      'Forgot my B passcode and the reset mail never comes. Checked spam, nothing.',
      'new number, so the login code goes to the old one. how do I get back in',
      'How do I change my PIN? The menu item is gone since the update.',
    ],
    'zh-Hans': [
      '忘记支付密码了，重置短信一直收不到',
      '换号了，验证码发到旧手机，怎么登录？',
      '登录密码输错几次，现在要等多久才能再试',
    ],
    'zh-Hant': ['忘記密碼，重設信一直沒有收到', '請問要在哪裡修改支付密碼？'],
  },
  fees: {
    en: [
      'B took {fee} on a {amount} exchange. Where was that shown before I pressed OK?',
      'So card top ups cost 2% now? Since when?',
      'What does it cost to send money to {country} with B? The page says nothing clear.',
    ],
    'zh-Hans': [
      '提现手续费怎么又涨了，{amount}收我{fee}',
      '换汇汇率跟首页显示的不一样，多扣了{fee}，求解释',
      '请问用B给{country}汇款手续费多少？',
    ],
    'zh-Hant': ['手續費{fee}是怎麼算的？之前明明沒有', '請問跨境匯款到{country}要收多少手續費？'],
  },
  'funds-safety': {
    en: [
      'Is my money safe with B? Read something about wallets going under this week.',
      'Who actually holds the balance in B, a bank? Thinking about moving {amount} there.',
    ],
    'zh-Hans': ['钱放B里安全吗？最近好多平台跑路，有点慌', 'B的余额是存在银行里的吗，有没有保障？'],
    'zh-Hant': ['把錢放在B安全嗎？有沒有銀行信託？'],
  },
  'security-fraud': {
    en: [
      'SOMEONE IS IN MY B ACCOUNT. {n} transfers I did not make, {amount} gone. How do I freeze it NOW',
      'Got a login code I never asked for, then my mail was changed. Please block my B account',
      'A payment of {amount} to a shop in {country} that I have never heard of. Not me.',
    ],
    'zh-Hans': [
      '救命！B账号被盗了，刚刚转走{amount}，不是我操作的，怎么马上冻结？',
      '收到不是我请求的验证码，接着就登不进去了，是不是被盗号了',
      '账单里有一笔{amount}在{country}的消费，我人都没出过国',
    ],
    'zh-Hant': ['帳戶被盜，{n}筆轉帳都不是我本人操作，請立刻凍結', '收到奇怪的驗證碼，手機就突然沒訊號了，怕被盜用'],
  },
  'dispute-legal': {
    en: [
      'Merchant never shipped, B closed my dispute after {days} days. Next stop is the ombudsman.',
      'Fourth mail without an answer. I will file a complaint with the regulator on {day}.',
    ],
    'zh-Hans': [
      '商家不发货，B的争议{days}天就给我关了，再不处理我去12363投诉',
      '已经发了四封邮件没人回，{day}我就找律师',
    ],
    'zh-Hant': ['爭議申請{days}天沒有回覆，我會向金管會申訴'],
  },
  'app-bug': {
    en: [
      'B crashes on opening since 4.{n}. Android {n}, reinstalled twice.',
      'QR scanner shows a black screen after the update. Can’t pay in the shop.',
      'The app logs me out every time I switch to another app. Very annoying at the till.',
    ],
    'zh-Hans': [
      '更新到4.{n}之后一打开就闪退，安卓{n}',
      '扫码界面黑屏，付不了款，尴尬死了',
      '账单页面加载不出来，一直空白',
    ],
    'zh-Hant': ['更新之後一直閃退，重裝也沒用', '掃碼畫面全黑，沒辦法付款'],
  },
  'contact-support': {
    en: [
      'How do I reach a human at B? The chat bot sends me in circles.',
      'Waited {hours} hours in the B chat. Is there a phone number?',
    ],
    'zh-Hans': ['B的人工客服在哪里？机器人一直绕圈子', '客服排队{hours}个小时了，有没有电话'],
    'zh-Hant': ['請問真人客服要怎麼聯絡？', '客服電話打了一個早上都沒人接'],
  },
  praise: {
    en: [
      'Credit where due: B refunded me within {hours} hours. Thank you!',
      'B in {country} worked everywhere, even on the market. Impressed.',
    ],
    'zh-Hans': ['B这次处理很快，{hours}小时就解决了，点个赞', '出国用B付款真方便，汇率也不错'],
    'zh-Hant': ['客服很親切，問題一下就解決了，謝謝B'],
  },
  other: {
    en: [
      'Does B work in {country}? Moving there next month.',
      'Anybody using B for their small shop? How is it?',
      'Is B hiring in {country}?',
    ],
    'zh-Hans': ['B在{country}能用吗？下个月要去', '开小店用B收款的朋友，体验怎么样？'],
    'zh-Hant': ['請問B在{country}可以用嗎？'],
  },
  'scam-spam': {
    en: [
      '🎁 B GIVEAWAY 🎁 connect your wallet and enter your 12 words to claim 500 USDT b-gift.invalid',
      'Lost money with B? My friend recovered everything through agent_{n} on Telegram, write to him',
    ],
    'zh-Hans': ['B内部渠道，充1000送300，加微信okp{code}', '资金被冻结可代办解封，成功再收费，加V：jf{code}'],
    'zh-Hant': ['B官方活動，輸入助記詞即可領500U'],
  },
};

export const SAID: readonly Line[] = Object.entries(LINES).flatMap(([type, scripts]) =>
  Object.entries(scripts).flatMap(([script, texts]) => texts.map((text) => ({ type, script: script as Script, text }))),
);

/** What look-alikes write under somebody who asks for help. */
export const BAIT: Record<'en' | 'zh', readonly string[]> = {
  en: [
    'Hello dear, this is B Support. Please send us your registered phone and the code you receive so we can release your funds.',
    'We are sorry for this. Contact our recovery team on WhatsApp +00 555 010{n} with your recovery phrase.',
    'Kindly DM us your card number and CVV to verify your account.',
  ],
  zh: [
    '您好，我是B官方客服，请私信提供手机号和验证码，马上为您处理到账',
    '亲，您的账户异常，请加客服QQ 10000{n}，提供支付密码核实身份',
    '我上次也这样，找这个人帮我追回来的：解冻专员V jf{n}',
  ],
};

/** What people write under a reply that helped, or did not. */
export const THANKS: Record<'en' | 'zh', readonly string[]> = {
  en: [
    'That worked, thank you!',
    'Thanks, money is there now.',
    'Still nothing. But thanks for answering.',
    'ok, did that',
  ],
  zh: ['好了，谢谢！', '收到了，感谢', '还是不行啊，不过谢谢回复', '好的，我试试'],
};

/** Titles of posts that need one. */
export const TITLES: Record<Script, readonly string[]> = {
  en: ['B: is this normal?', 'Need help with B', 'Anyone else with this on B?', 'Question about B'],
  'zh-Hans': ['B出问题了，求助', '有人用B遇到过这个吗', '请教一个B的问题'],
  'zh-Hant': ['B請益', '有人遇過這個問題嗎（B）'],
};

const SLOTS: Record<string, readonly string[]> = {
  amount: ['50', '120', '300', '800', '1,500', '2000', '66.6'],
  bank: ['Maple Bank', 'First Harbour', 'Northwind Bank'],
  hours: ['2', '3', '5', '7', '24'],
  hour: ['8', '9', '11', '14'],
  days: ['2', '3', '4', '6', '9'],
  day: ['Monday', 'Tuesday', 'Friday'],
  code: ['503', '417', '090', '221', '774'],
  fee: ['3.20', '1.5%', '12', '0.99'],
  country: ['Japan', 'Canada', 'Portugal', 'Malaysia'],
  n: ['2', '3', '4', '5', '7', '12'],
};
const CHINESE: Record<string, readonly string[]> = {
  bank: ['招行', '建行', '工行', '中信'],
  day: ['周一', '周三', '周五'],
  country: ['日本', '加拿大', '葡萄牙', '马来西亚'],
};

/** One of a list. `random` gives numbers from 0 to 1. */
export function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** The line with its slots filled. */
export function fill(text: string, product: string, random: () => number): string {
  const chinese = /\p{Script=Han}/u.test(text);
  return text
    .replace(/(?<![A-Za-z])B(?![A-Za-z])/g, product)
    .replace(/\{(\w+)\}/g, (_, slot: string) => pick((chinese && CHINESE[slot]) || SLOTS[slot] || ['?'], random));
}

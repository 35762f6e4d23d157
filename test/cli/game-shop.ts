/** An invented game shop: another brand's problem types, and posts about them. */
const TYPE = (id: string, zh: string, examples: string[], more: string) =>
  `  - id: ${id}
    title: { en: ${id.replace('-', ' ')}, zh-Hans: ${zh}, zh-Hant: ${zh} }
    meaning: Posts about ${id.replace('-', ' ')}
    examples: ${JSON.stringify(examples)}
    ${more}
`;
const plain = 'priority: normal\n    lane: general\n    protected: false';
const guarded = 'priority: high\n    lane: security\n    protected: true';

export const PROBLEM_TYPES = `types:
${TYPE('download-stuck', '下载卡住', ['the download hangs at half'], plain)}
${TYPE('key-rejected', '激活码无效', ['my key was used already'], plain)}
${TYPE('refund-wish', '想要退货', ['I want my money back for this game'], plain)}
${TYPE('stolen-library', '游戏库被盗', ['somebody emptied my library'], guarded)}
${TYPE('other', '其他', ['when is the next sale'], plain)}`;

const PIECES: Record<string, { what: string[]; how: string[] }> = {
  'download-stuck': {
    what: ['the download', 'my installer', 'the patch', '下载'],
    how: ['hangs at 40 percent', 'is stuck again', 'never finishes', '一直卡住'],
  },
  'key-rejected': {
    what: ['my activation key', 'the code on the box', 'this serial', '激活码'],
    how: ['is rejected', 'was used already it says', 'does not activate', '显示无效'],
  },
  'refund-wish': {
    what: ['this game', 'the season pass', 'that expansion', '这款游戏'],
    how: ['is boring, money back please', 'must be refunded', 'goes back, refund me', '我要退货退款'],
  },
  'stolen-library': {
    what: ['my library', 'my whole account', 'every skin I own', '我的游戏库'],
    how: ['was stolen by a hacker', 'got emptied by a thief', 'is gone, somebody logged in', '被盗了'],
  },
  other: {
    what: ['the next sale', 'the soundtrack', 'the trailer', '新预告片'],
    how: ['comes when?', 'looks nice', 'is on the radio', '什么时候出'],
  },
};
const ENDS = ['', ' since noon', ' on my laptop', ' 真的', ' pls help', ' as always', ' today'];

/** Posts with their type; `swapped` gives those of two types the label of the other. */
export function posts(swapped?: [string, string]): { text: string; label: string }[] {
  const other = (label: string) => {
    if (label === swapped?.[0]) return swapped[1];
    return label === swapped?.[1] ? swapped[0] : label;
  };
  return Object.entries(PIECES).flatMap(([label, { what, how }]) =>
    what.flatMap((one) =>
      how.flatMap((is) => ENDS.map((end) => ({ text: `${one} ${is}${end}`, label: other(label) }))),
    ),
  );
}

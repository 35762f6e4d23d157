import type { Said } from '../../core/said.ts';

/** What is said of a source while it is heard, in Chinese: see `core/said.ts`. */
export const COLLECT_SAID: Said = {
  'So many mentions wait to be sorted that reading rests. It goes on by itself, from where it stopped.':
    '等待分类的提及太多，读取暂停，之后会从停下的地方自动继续。',
  'Source "{source}" gave no answer within {seconds} s. It is tried again.':
    '来源“{source}”在 {seconds} 秒内没有回答，会再试。',
  'The live connection of source "{source}" was closed. It is opened again.':
    '来源“{source}”的实时连接已断开，会重新建立。',
  'What was read could not be stored ({why}). It is read again.': '读到的内容未能保存（{why}），会重新读取。',
  'Connector "{connector}" answered with something that is no page.': '连接器“{connector}”返回的内容不是一页结果。',
  'Connector "{connector}" says there is more, but does not move on. It was stopped, or it would never end.':
    '连接器“{connector}”说还有内容，却没有前进。已停止，否则永远不会结束。',
  'deleted at the source': '已在来源处删除',
  'not an item at all': '不是一条内容',
  'has no id': '没有编号',
  'has no text': '没有文字',
  'has no author': '没有作者',
  'does not say whether we may answer': '没有说明能否回复',
};

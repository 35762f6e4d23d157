import type { Said } from '../../core/said.ts';

/** What is said of a reply that did not go out, or of which nobody knows, in Chinese: see `core/said.ts`. */
export const POST_SAID: Said = {
  'The message was deleted at its source.': '消息已在来源处删除。',
  'It cannot be answered from here any more: {why}': '已无法从这里回复：{why}',
  'Source "{source}" cannot post replies.': '来源“{source}”不能发布回复。',
  'The template {template} was changed after {approver} approved. Choose a template again.':
    '{approver} 批准之后，模板 {template} 有了改动。请重新选择模板。',
  'A new message came into the conversation after {approver} approved. Read it, then approve again.':
    '{approver} 批准之后，对话中有了新消息。请先阅读，再重新批准。',
  'The author edited the message after {approver} approved. Read it, then approve again.':
    '{approver} 批准之后，作者编辑了消息。请先阅读，再重新批准。',
  'The message, the account we post as or the conversation changed after {approver} approved. Read it, then approve again.':
    '{approver} 批准之后，消息、发布账号或对话有了变化。请先阅读，再重新批准。',
  'Read it, then approve again.': '请先阅读，再重新批准。',
  'Source "{source}" is not open, so the reply waits. Switch it on, or take the approval back.':
    '来源“{source}”没有开启，回复在等待。请开启来源，或撤回批准。',
  'These records are a copy, made {time} UTC. The reply may have gone out since.':
    '这些记录是 {time}（UTC）制作的副本，回复可能在那之后已经发出。',
  'These records were put back from a copy, or another database server took over. The reply may have gone out before.':
    '这些记录是从副本恢复的，或由另一台数据库服务器接管，回复可能在那之前已经发出。',
  'This machine slept before the reply was sent.': '这台机器在发送回复之前休眠了。',
  'The store could not be reached just before the reply was sent.': '发送回复之前无法连接数据库。',
  'The answer came late. {reason}': '回答来得太晚。{reason}',
  'It was tried before, and cannot be looked for now: {why}': '之前试过一次，现在无法查找：{why}',
  'No answer came within {seconds} seconds.': '{seconds} 秒内没有回答。',
  'The platform took the reply, but its answer does not say which one it is.': '平台收下了回复，但没有说明是哪一条。',
  'The look-up took too long.': '查找用时过长。',
  'The look-up found something that is no reply.': '查找到的内容不是回复。',
  'Earshot sends it again with the same key, which cannot post it twice. If that does not help, please look whether it is there.':
    'Earshot 会用同一个键再发送一次，不会重复发布。如果仍然不行，请查看回复是否已在那里。',
  'Earshot looks for it at the source. If it does not turn up, please look yourself.':
    'Earshot 会到来源处查找。如果找不到，请您自己查看。',
  'This source cannot be asked: please look whether the reply is there, and say so.':
    '无法向这个来源查询：请查看回复是否已在那里，并标明结果。',
  'It is not known whether it is out. Sent again with the same key: {reason}':
    '不清楚是否已发出。已用同一个键再次发送：{reason}',
  'No answer came, and the reply did not turn up at the source. It may still be there: please look, and say so.':
    '没有收到回答，在来源处也没有找到回复。它仍可能在那里：请查看，并标明结果。',
  'No clear answer came, not even to a second try with the same key. Please look whether the reply is there, and say so.':
    '没有得到明确的回答，用同一个键再试也没有。请查看回复是否已在那里，并标明结果。',
  '{person} looked at the source: it was not posted. Try again, or edit it first.':
    '{person} 查看了来源：没有发布。请重试，或先编辑。',
  'Taken back by {person}.': '已由 {person} 撤回。',
  '{person} took back what was said of it. Look at the source.': '{person} 撤回了之前标明的结果。请到来源处查看。',
  'This source cannot be answered by program.': '此来源不能由程序回复。',
  'The time for this call is up.': '这次请求已超时。',
  'Earshot was stopped while this reply was being sent.': '发送这条回复时 Earshot 被停止了。',
};

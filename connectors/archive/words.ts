/** Data: what is said of Files, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'Imported from a file: open the page and post there': '从文件导入：请打开页面，在那里发布',
  'Imported from a file without a link': '从文件导入，没有链接',

  '"{path}" is a {kind} archive. Unpack it and import the file inside.':
    '“{path}”是 {kind} 压缩包。请解压后导入其中的文件。',
  '"{path}" cannot be unpacked ({damage}). Get the file again.': '“{path}”无法解压（{damage}）。请重新获取文件。',
  'nothing inside': '里面没有内容',
  '"{path}" is a folder. Name one file in it.': '“{path}”是文件夹。请指定其中的一个文件。',
  '"{path}" is no ordinary file. Save its content to a file first.': '“{path}”不是普通文件。请先把内容存为文件。',
  '"{path}" is empty.': '“{path}”是空的。',
  '"{path}" does not exist. Check the path; it counts from the folder that Earshot runs in.':
    '“{path}”不存在。请检查路径，它从 Earshot 运行的文件夹算起。',
  '"{path}" does not exist: a part of its path is a file.': '“{path}”不存在：路径中有一段是文件。',
  '"{path}" may not be read by this user. Change its permissions (chmod u+r) or its owner.':
    '当前用户无权读取“{path}”。请更改权限（chmod u+r）或所有者。',
  '"{path}" may not be read by this user. Change its permissions or its owner.':
    '当前用户无权读取“{path}”。请更改权限或所有者。',
  '"{path}" is no path: it is too long.': '“{path}”不是路径：太长。',
  '"{path}" could not be read: {why}. Try again.': '无法读取“{path}”：{why}。请重试。',
  '"{path}" is read as {encoding}, which its bytes look like. If the text looks wrong, set the option encoding.':
    '按 {encoding} 读取“{path}”，从内容看应是这种编码。如果文字不对，请设置选项 encoding。',
  '"{path}" has a first line that names no columns: {why}.': '“{path}”的第一行不是列名：{why}。',
  'a quote opens and never closes': '引号没有闭合',
  'longer than 10 MB, or a quote that never closes': '超过 10 MB，或引号没有闭合',
  'not readable as CSV ({why})': '无法按 CSV 读取（{why}）',
  '"{path}" is no Discord chat export: no list of "messages" begins in its first 64 KB.':
    '“{path}”不是 Discord 聊天导出：前 64 KB 中没有 messages 列表。',
  '"{path}" is of no kind that Earshot knows by its content or name. Say what it is in the option format.':
    '从内容和名称都看不出“{path}”是什么格式。请在选项 format 中说明。',
  '"{path}" is no JSON list: it does not start with "[".': '“{path}”不是 JSON 列表：没有以“[”开头。',
  'No such encoding. Try utf-8, gb18030, big5 or utf-16le.': '没有这种编码。可以试 utf-8、gb18030、big5 或 utf-16le。',
  '"{path}" has changed since the last time and is read from its start.': '“{path}”自上次以来有变动，从头读取。',
  '"{path}" breaks off: its packed data is cut short or damaged ({damage}). What came before is imported; get the file again for the rest.':
    '“{path}”中途断开：压缩数据不完整或已损坏（{damage}）。之前的内容已导入；其余请重新获取文件。',
  '"{path}" has bytes that are no {encoding} (first near line {line}); they show as �. If more looks wrong, set the option encoding, for example to gb18030 or big5.':
    '“{path}”中有不属于 {encoding} 的字节（最早在第 {line} 行附近），显示为 �。如果还有别的不对，请设置选项 encoding，例如 gb18030 或 big5。',
  'line {n}': '第 {n} 行',
  'record {n}': '第 {n} 条记录',
  'message {n}': '第 {n} 条消息',
  '{where}: {values} values for {columns} columns': '{where}：{columns} 列却有 {values} 个值',
  '{where}: no text in it': '{where}：没有文字',
  '{where}: no Discord message ({field} is missing or of another kind)':
    '{where}：不是 Discord 消息（{field} 缺失或类型不对）',
  '{where}: longer than 10 MB': '{where}：超过 10 MB',
  '{where}: longer than 25 MB': '{where}：超过 25 MB',
  '{where}: the file ends in the middle of it': '{where}：文件在中间结束',
  '{where}: no sound JSON ({why})': '{where}：JSON 有错（{why}）',
  '{where}: no JSON object': '{where}：不是 JSON 对象',
  '{where}: the file ends in the middle of the list': '{where}：文件在列表中间结束',
  '{where}: no readable e-mail ({why})': '{where}：无法读取的邮件（{why}）',
  '{where}: no Reddit post or comment ({field} is missing or of another kind)':
    '{where}：不是 Reddit 帖子或评论（{field} 缺失或类型不对）',
  '{where}: deleted or removed at Reddit': '{where}：已在 Reddit 删除或移除',
  '"{path}" has {what}. Set columns.text to one of its columns: {columns}.':
    '“{path}”{what}。请把 columns.text 设为其中一列：{columns}。',
  'no column that holds text': '没有含文字的列',
  'no column "{column}"': '没有名为“{column}”的列',
  '"{path}" is read to its end: {found} mentions, {left} records left out, {skipped} skipped{faults}.':
    '“{path}”已读完：{found} 条提及，{left} 条记录未取用，{skipped} 条跳过{faults}。',
  ', {count} unreadable characters': '，{count} 个字符无法识别',
};

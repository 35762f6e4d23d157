/** Discord's embeds, buttons, lists and forms, plainly. Everything is set as text: what people write is never markup. */
export function element(name, className = '', text = '') {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

const plain = (text = '') =>
  text
    .replaceAll('**', '')
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/<t:(\d+):R>/g, (_, s) => new Date(s * 1000).toLocaleTimeString());

/** A message of the bot. `press` is told the id of a button, or of a list with what was chosen. */
export function card({ content, embeds = [], components = [] }, press) {
  const box = element('div', 'card');
  if (content) box.append(element('p', 'text', plain(content)));
  for (const { author, title, url, description, fields = [], footer, color } of embeds) {
    const part = element('section');
    if (color) part.style.borderInlineStartColor = `#${color.toString(16).padStart(6, '0')}`;
    if (author) part.append(element('p', 'note', author.name));
    if (title) part.append(element('h3', '', title));
    if (description) part.append(element('p', 'text', plain(description)));
    for (const { name, value } of fields) part.append(element('h4', '', name), element('p', 'text', plain(value)));
    if (footer) part.append(element('p', 'note', footer.text));
    if (url) {
      const link = Object.assign(element('a', '', 'Open the post'), { href: `open?url=${encodeURIComponent(url)}` });
      part.append(link);
    }
    box.append(part);
  }
  for (const row of components) box.append(rowOf(row, press));
  return box;
}

function rowOf({ components }, press) {
  const row = element('div', 'row');
  for (const one of components) {
    if (one.type === 2) {
      const button = element('button', `style-${one.style}`, one.label);
      button.type = 'button';
      button.onclick = () => press(one.custom_id);
      row.append(button);
    } else if (one.type === 3) {
      const select = element('select');
      select.append(element('option', '', one.placeholder ?? 'Choose …'));
      for (const { label, value } of one.options) select.append(Object.assign(element('option', '', label), { value }));
      select.onchange = () => select.selectedIndex > 0 && press(one.custom_id, [select.value]);
      row.append(select);
    }
  }
  return row;
}

/** A form. `submit` is told what stands in its fields. */
export function formOf({ title, components }, submit) {
  const form = element('form', 'card');
  form.append(element('h3', '', title));
  const inputs = components.map(({ label, description, component }) => {
    const line = element('label', 'wide', label);
    const input = element('textarea');
    input.rows = component.style === 2 ? 5 : 1;
    input.value = component.value ?? '';
    if (component.max_length) input.maxLength = component.max_length;
    line.append(input);
    form.append(line);
    if (description) form.append(element('p', 'note', description));
    return [component.custom_id, input];
  });
  form.append(element('button', '', 'Send'));
  form.onsubmit = (event) => {
    event.preventDefault();
    submit(Object.fromEntries(inputs.map(([id, input]) => [id, input.value])));
  };
  return form;
}

/** Discord's limits for messages with embeds and components, and for forms. https://docs.discord.com/developers/components/reference */
import * as z from 'zod';

// biome-ignore lint/suspicious/noExplicitAny: bodies come from the program under test
export type Body = Record<string, any>;

const CustomId = z.string().min(1).max(100);
const Button = z.object({
  type: z.literal(2),
  custom_id: CustomId,
  label: z.string().min(1).max(80),
  style: z.int().min(1).max(4),
});
const Option = z.object({ label: z.string().min(1).max(100), value: z.string().min(1).max(100) });
const Select = z.object({ type: z.literal(3), custom_id: CustomId, options: z.array(Option).min(1).max(25) });
const Row = z.object({
  type: z.literal(1),
  components: z.union([z.array(Button).min(1).max(5), z.array(Select).length(1)]),
});

const Field = z.object({ name: z.string().min(1).max(256), value: z.string().min(1).max(1024) });
const Embed = z.object({
  title: z.string().min(1).max(256).optional(),
  description: z.string().min(1).max(4096).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  fields: z.array(Field).max(25).optional(),
  author: z.object({ name: z.string().min(1).max(256) }).optional(),
  footer: z.object({ text: z.string().min(1).max(2048) }).optional(),
});
const Message = z
  .object({
    content: z.string().min(1).max(2000).optional(),
    embeds: z.array(Embed).max(10).optional(),
    components: z.array(Row).max(5).optional(),
    nonce: z.string().max(25).optional(),
    // Stricter than Discord: whatever the bot says, nobody is pinged by it.
    allowed_mentions: z
      .strictObject({ parse: z.array(z.never()), replied_user: z.literal(false).optional() })
      .optional(),
    flags: z.int().optional(),
  })
  .refine(({ embeds = [] }) => lengthOf(embeds) <= 6000, 'embeds hold more than 6000 characters')
  .refine(({ content, allowed_mentions }) => !content || allowed_mentions, 'a text without allowed_mentions pings')
  .refine(({ components = [] }) => {
    const ids = components.flatMap((row) => row.components.map(({ custom_id }) => custom_id));
    return new Set(ids).size === ids.length;
  }, 'a custom_id is used twice');

const TextInput = z
  .object({
    type: z.literal(4),
    custom_id: CustomId,
    style: z.union([z.literal(1), z.literal(2)]),
    max_length: z.int().min(1).max(4000).optional(),
    value: z.string().max(4000).optional(),
    placeholder: z.string().max(100).optional(),
  })
  .refine(({ value = '', max_length = 4000 }) => value.length <= max_length, 'longer than its own max_length');
const Label = z.object({
  type: z.literal(18),
  label: z.string().min(1).max(45),
  description: z.string().max(100).optional(),
  component: TextInput,
});
const Modal = z.object({
  custom_id: CustomId,
  title: z.string().min(1).max(45),
  components: z.array(Label).min(1).max(5),
});

function lengthOf(embeds: z.output<typeof Embed>[]): number {
  const texts = embeds.flatMap(({ title, description, author, footer, fields = [] }) => [
    title,
    description,
    author?.name,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

export function wrongInMessage(body: unknown): string | undefined {
  return wrong(Message, body);
}

export function wrongInModal(body: unknown): string | undefined {
  return wrong(Modal, body);
}

function wrong(shape: z.ZodType, body: unknown): string | undefined {
  const { error } = shape.safeParse(body);
  return error && z.prettifyError(error);
}

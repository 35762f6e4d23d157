/** Pictures that people send along, as far as we keep them ourselves. What they promise is kept by `src/attachments`. */
import type { Attachment, MentionId } from './nouns.ts';

/** A file as it came, from whoever sent it: nothing about it is believed but its bytes. */
export interface GivenFile {
  /** The mention it belongs to, by the platform's id. It is erased with that mention. */
  nativeId: string;
  bytes: Uint8Array;
  /** What the sender calls it. Shown as a description, never used as a name of a file. */
  name?: string;
}

/** Why a file is not kept, as a sentence for its sender. */
export interface NotKept {
  refused: string;
}

/** What a connector may do with files. */
export interface KeepAttachments {
  /**
   * Keeps a picture (PNG, JPEG or WebP, by content) and gives the attachment to put into the mention. It is rewritten:
   * what was hidden in it (place, device, a second file behind the picture) is gone. Give it before the mention is
   * handed over; the same file for the same mention again is kept once. What is no such picture is refused, not thrown.
   *
   * @throws ConnectorError `unavailable` when the file cannot be written now; the mention should be read again later
   */
  keep(file: GivenFile): Promise<Attachment | NotKept>;
}

/** A kept file, to be shown. */
export interface KeptFile {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Every file that we keep. */
export interface Attachments {
  /** @throws ConnectorError `unavailable`, see `KeepAttachments` */
  keep(connector: string, file: GivenFile): Promise<Attachment | NotKept>;
  /** Undefined where there is none, or none that this machine can see. */
  read(mention: MentionId, file: string): Promise<KeptFile | undefined>;
  /** Takes all files of these mentions away. */
  forget(mentions: readonly MentionId[]): Promise<void>;
  /**
   * Takes files away that belong to nothing: a mention that was never stored, or one that was erased while this stopped.
   *
   * @param isHeld which of these mentions are held
   * @param olderThanMs files younger than this may belong to a mention that is about to be stored
   * @returns of how many mentions
   */
  sweep(isHeld: (mentions: readonly MentionId[]) => Promise<Set<MentionId>>, olderThanMs: number): Promise<number>;
}

/** The name of a kept file: made of its content, with the ending that its kind has. */
export const KEPT_NAME = /^[0-9a-hjkmnp-tv-z]{16}\.(?:png|jpg|webp)$/;

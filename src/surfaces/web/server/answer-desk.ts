import type { Actor } from '../../../core/rights.ts';
import type { AnswerInfo, AnswerTry, AnswerVersion, ProposeAsked } from '../answer-api.ts';

/**
 * The standing answers, as people propose, approve and withdraw them. Methods that name one throw Refused `unknown-answer`;
 * each that changes something returns the list as it is afterwards.
 */
export interface AnswerDesk {
  list(): Promise<AnswerInfo[]>;
  /** A text that nobody proposed yet, as members would read it, and what stands against it. Changes nothing. */
  tryOut(asked: ProposeAsked): Promise<AnswerTry>;
  /** A text beside the one in force, for somebody to approve. @throws Refused `invalid-answer` */
  propose(asked: ProposeAsked, by: Actor): Promise<AnswerInfo[]>;
  discard(asked: { id: string }, by: Actor): Promise<AnswerInfo[]>;
  /**
   * Members may read it: the proposed text where there is one, else the one in force.
   * @throws Refused `check-failed`; Conflict when it is not the text that was read
   */
  approve(asked: { id: string; version: string }, by: Actor): Promise<AnswerInfo[]>;
  withdraw(asked: { id: string }, by: Actor): Promise<AnswerInfo[]>;
  /** Somebody compared it with the product today. */
  checked(asked: { id: string }, by: Actor): Promise<AnswerInfo[]>;
  /** The text that came along; one written here is removed. It waits for approval again. */
  back(asked: { id: string }, by: Actor): Promise<AnswerInfo[]>;
  /** Each change that is kept, newest first. */
  history(asked: { id: string }): Promise<AnswerVersion[]>;
}

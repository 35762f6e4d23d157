/** A master reply answers an incident that is open, or says later that it is solved. */
export type MasterReplyKind = 'answer' | 'solved';

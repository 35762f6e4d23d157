export { openScamDesk, type ScamDesk, type ScamParts } from './desk.ts';

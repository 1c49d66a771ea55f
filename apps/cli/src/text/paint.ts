import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Colours a text, where colours are wanted. */
export type Paint = (format: Format, text: string) => string;

export const plain: Paint = (_, text) => text;
export const coloured: Paint = (format, text) => styleText(format, text);

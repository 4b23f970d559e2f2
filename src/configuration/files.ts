// Which file stands where.

export const mainPath = (folder: string): string => `${folder}/config.yaml`;
export const itemsFolder = (folder: string): string => `${folder}/items.d`;

/** The id of the partnership that stands in a file: renaming it in the file keeps its baseline. */
export const idOfFile = (fileName: string): string => `item-${fileName}`;

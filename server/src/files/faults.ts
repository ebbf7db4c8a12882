/** Says what went wrong with a file, or with where the output goes. */

/** In words for the most common faults; else what the error says itself. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || message || String(error);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EBUSY: 'in use by another program',
  ELOOP: 'the links lead in a circle',
  ENAMETOOLONG: 'the path is longer than the system allows',
  EISDIR: 'a folder, not a file',
  EIO: 'the disk or the device reports an error',
  ENOSPC: 'no space left on device',
  EDQUOT: 'no space left for this user',
  EFBIG: 'the file would become too large',
  ERR_STRING_TOO_LONG: 'too large to be read at once; split it into parts',
  ERR_FS_FILE_TOO_LARGE: 'too large to be read at once; split it into parts',
};

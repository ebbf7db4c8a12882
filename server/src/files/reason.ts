/** Why a file cannot be read or written, in words for its user. */

/** What went wrong, in words for the most common faults of a file. */
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
  ERR_STRING_TOO_LONG: 'too large to be read at once; split it into parts',
  ERR_FS_FILE_TOO_LARGE: 'too large to be read at once; split it into parts',
};

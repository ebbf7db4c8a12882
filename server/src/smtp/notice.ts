/** Tells Exchange's notice that a message waits, or has waited too long, from an answer that says why. */

/** What such a notice begins with: `400 4.4.7 Message delayed`, `550 5.4.317 Message expired, cannot connect to remote server`. */
export const noticePattern = /^\s*[45]\d\d [45]\.(?:4\.7(?!\d)|\d\.\d{1,3} message (?:delayed|expired))/i;

/** Files of users, which may be larger than memory. */
package seqmark.tasks.file;

// CPty: a program under a pseudo-terminal, for tests. C, because between fork and exec only async-signal-safe calls
// are allowed, and Swift may allocate anywhere.
#ifndef CPTY_H
#define CPTY_H

#include <sys/types.h>

// Starts `path` as the leader of a new session on a new terminal of this size. `argv` and `envp` are NULL-terminated
// and made before; `directory` may be NULL. Gives the master's descriptor and the process, or -errno.
int cpty_spawn(const char *path, char *const argv[], char *const envp[], const char *directory, int rows, int columns,
               pid_t *process);

// Tells the kernel the new size; the program gets SIGWINCH. 0 or -errno.
int cpty_resize(int master, int rows, int columns);

// Bits for tests of a restored terminal: 1 echo, 2 line mode (ICANON), 4 signals (ISIG), 8 output processing; or -errno.
int cpty_modes(int master);

// A descriptor that is readable once the process has ended (pidfd_open), to be closed by whoever asked; or -errno.
int cpty_ending(pid_t process);

#endif

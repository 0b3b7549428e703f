#define _GNU_SOURCE 1
#include "CPty.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

int cpty_spawn(const char *path, char *const argv[], char *const envp[], const char *directory, int rows, int columns,
               pid_t *process) {
  struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  int master, slave;
  if (openpty(&master, &slave, NULL, NULL, &size) != 0) return -errno;
  // A program started by another test at this moment must not keep this terminal open.
  fcntl(master, F_SETFD, FD_CLOEXEC);
  fcntl(slave, F_SETFD, FD_CLOEXEC);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t child = fork();
  if (child == 0) {
    for (int signal_number = 1; signal_number < 32; signal_number++) signal(signal_number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    dup2(slave, 0);
    dup2(slave, 1);
    dup2(slave, 2);
    if (directory != NULL && chdir(directory) != 0) _exit(126);
    execve(path, argv, envp);
    _exit(127);
  }
  int failure = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(slave);
  if (child < 0) {
    close(master);
    return -failure;
  }
  *process = child;
  return master;
}

int cpty_resize(int master, int rows, int columns) {
  struct winsize size = {(unsigned short)rows, (unsigned short)columns, 0, 0};
  return ioctl(master, TIOCSWINSZ, &size) == 0 ? 0 : -errno;
}

int cpty_modes(int master) {
  struct termios modes;
  if (tcgetattr(master, &modes) != 0) return -errno;
  return ((modes.c_lflag & ECHO) ? 1 : 0) | ((modes.c_lflag & ICANON) ? 2 : 0) | ((modes.c_lflag & ISIG) ? 4 : 0)
      | ((modes.c_oflag & OPOST) ? 8 : 0);
}

int cpty_ending(pid_t process) {
  int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
  return descriptor < 0 ? -errno : descriptor;
}

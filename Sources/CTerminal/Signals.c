// Signals: handlers only record and write one byte to a pipe that the wait polls; everything else happens in the loop.
// The exception is a fatal signal: its handler gives the terminal back with write and tcsetattr, both async-signal-safe
// (endwin is not), and lets the fault happen again with the system's own action. The handler of Swift's runtime is left out
// on purpose: it would ask a question over the shell's prompt, and its dump holds stack bytes: names, numbers, illnesses.

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

// Recorded signals first, fatal ones after them.
static const int recorded[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
enum { RECORDED = sizeof recorded / sizeof *recorded, FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction recorded_before[RECORDED], fatal_before[FATAL];
static int ends[2] = {-1, -1};
static pid_t owner;
static atomic_int has_resized, has_stop, has_continued, hangup_signal, is_woken, has_byte, holds_terminal;
static const char *restore;
static size_t restore_length;
static struct termios cooked;
static bool is_installed;
// A stack overflow has no stack left for its handler.
static char alternate_stack[64 * 1024];

static void write_byte(void) {
  int saved = errno;
  ssize_t n = write(ends[1], "!", 1);
  (void)n;   // a full pipe wakes as well
  atomic_store(&has_byte, 1);   // after the write: who sees it set finds the byte
  errno = saved;
}

void ct_wake(void) {
  atomic_store(&is_woken, 1);
  write_byte();
}

static void record(int signal) {
  switch (signal) {
    case SIGWINCH: atomic_store(&has_resized, 1); break;
    case SIGTSTP: atomic_store(&has_stop, 1); break;
    case SIGCONT: atomic_store(&has_continued, 1); break;
    default: atomic_store(&hangup_signal, signal); break;
  }
  write_byte();
}

static void on_fatal(int signal, siginfo_t *info, void *context) {
  (void)context;
  // A child between fork and exec shares the handler, not the terminal.
  if (getpid() == owner && atomic_exchange(&holds_terminal, 0) != 0) {
    ssize_t n = write(CT_OUT, restore, restore_length);
    (void)n;
    tcsetattr(CT_IN, TCSANOW, &cooked);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(signal, &action, NULL);
  // A real fault happens again on return; one that was sent, and a trap whose instruction is over, does not.
  if (info->si_code <= 0 || signal == SIGABRT || signal == SIGTRAP) raise(signal);
}

static void handle(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(signal, &action, NULL);
}

bool ct_signals_remember(void) {
  if (ends[0] < 0 && pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  for (int i = 0; i < RECORDED; i++) sigaction(recorded[i], NULL, &recorded_before[i]);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], NULL, &fatal_before[i]);
  // Before newterm: where curses finds SIGTSTP taken it leaves it alone, else it would ignore the signal during each
  // update, which loses a stop and costs two system calls a key.
  handle(SIGTSTP, record);
  return true;
}

void ct_signals_install(const char *bytes, size_t length, const struct termios *modes) {
  owner = getpid();
  restore = bytes;
  restore_length = length;
  cooked = *modes;
  atomic_store(&holds_terminal, 1);
  for (int i = 0; i < RECORDED; i++) {
    // Whoever started us with nohup wants the hangup ignored.
    if (recorded[i] == SIGHUP && recorded_before[i].sa_handler == SIG_IGN) continue;
    handle(recorded[i], record);
  }
  stack_t stack;
  if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE) != 0) {
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate_stack;
    stack.ss_size = sizeof alternate_stack;
    sigaltstack(&stack, NULL);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fatal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &action, NULL);
  is_installed = true;
}

// Puts back what was there before. The pipe stays: a wake may come at any time, from any thread.
void ct_signals_remove(void) {
  atomic_store(&holds_terminal, 0);
  for (int i = 0; i < RECORDED; i++) sigaction(recorded[i], &recorded_before[i], NULL);
  if (is_installed) {
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
  }
  is_installed = false;
}

void ct_signals_restored(void) { atomic_store(&holds_terminal, 0); }
void ct_signals_taken(void) { atomic_store(&holds_terminal, 1); }
int ct_signals_pipe(void) { return ends[0]; }
bool ct_signals_is_woken(void) { return atomic_load(&is_woken) != 0; }
bool ct_signals_take_wake(void) { return atomic_exchange(&is_woken, 0) != 0; }

static void stop_here(void) {
  ct_screen_leave();
  handle(SIGTSTP, SIG_DFL);
  kill(getpid(), SIGTSTP);
  // Here again after SIGCONT (or at once where nobody could continue us: the kernel then ignores the stop).
  handle(SIGTSTP, record);
  atomic_store(&has_continued, 0);
  ct_screen_enter();
}

bool ct_signals_next(ct_event *event) {
  if (atomic_exchange(&has_byte, 0) != 0) {
    char bytes[64];
    while (read(ends[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes) {}
  }
  int hangup = atomic_exchange(&hangup_signal, 0);
  if (hangup != 0) {
    *event = (ct_event){CT_EVENT_HANGUP, (uint32_t)hangup};
    return true;
  }
  if (atomic_exchange(&has_stop, 0) != 0) {
    stop_here();
    atomic_store(&has_resized, 1);   // the window may have changed meanwhile, without a signal to us
    *event = (ct_event){CT_EVENT_RESUMED, 0};
    return true;
  }
  if (atomic_exchange(&has_continued, 0) != 0) {
    // Stopped by SIGSTOP, of which we knew nothing: the shell has changed the modes and written over the screen.
    ct_screen_leave();
    ct_screen_enter();
    atomic_store(&has_resized, 1);
    *event = (ct_event){CT_EVENT_RESUMED, 0};
    return true;
  }
  if (atomic_exchange(&has_resized, 0) != 0 && ct_screen_follow_size()) {
    *event = (ct_event){CT_EVENT_RESIZED, 0};
    return true;
  }
  return false;
}

// What the four .c files of CTerminal share. Not seen by Swift.
#ifndef CT_INTERNAL_H
#define CT_INTERNAL_H

#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1

#include <stdatomic.h>
#include <stdbool.h>
#include <termios.h>

#include "include/CTerminal.h"

enum { CT_IN = 0, CT_OUT = 1 };

// Screen.c
bool ct_screen_follow_size(void);   // asks the kernel; true where the size changed and curses follows
void ct_screen_leave(void);         // the shell's screen and modes, for a stop
void ct_screen_enter(void);         // ours again, everything drawn anew

// Input.c
bool ct_input_open(void);           // the key table and curses' input modes; after newterm

// Signals.c
bool ct_signals_remember(void);     // the pipe, and the handlers as they were before curses put in its own
void ct_signals_install(const char *restore, size_t length, const struct termios *cooked);
void ct_signals_remove(void);
void ct_signals_restored(void);     // the terminal is given back: a fatal signal must not write to it
void ct_signals_taken(void);        // it is ours again
int ct_signals_pipe(void);          // readable when a signal or a wake came; drained by ct_signals_next
bool ct_signals_next(ct_event *event);  // a signal's event, if one is due
bool ct_signals_is_woken(void);
bool ct_signals_take_wake(void);

#endif

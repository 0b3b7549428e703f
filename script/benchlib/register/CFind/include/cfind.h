// How many lines of a column hold a text: `memmem` from match to match, which Swift does not see.
#ifndef CFIND_H
#define CFIND_H
#include <stddef.h>
long lines_with(const void *column, size_t bytes, const void *text, size_t length);
#endif

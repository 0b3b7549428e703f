#define _GNU_SOURCE
#include "cfind.h"
#include <string.h>

long lines_with(const void *column, size_t bytes, const void *text, size_t length) {
  const char *place = column, *end = place + bytes;
  long count = 0;
  while ((place = memmem(place, (size_t)(end - place), text, length))) {
    count++;
    place = memchr(place, '\n', (size_t)(end - place));
    if (!place) break;
    place++;
  }
  return count;
}
